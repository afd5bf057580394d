"""What a trial says of figures: totals before and after, facts that would differ, quotas that would cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext

from keguan.runtime.access.formatting import formatted

if TYPE_CHECKING:
    from keguan.language.model.model import ClauseRef
    from keguan.runtime.decisions.queries import QuotaNamed, QuotaRoom, SimulatedFact, SimulatedQuota, Total

NAMED = 30
"""So many of those whom a quota touches are named on the page."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A total before and after, what it changes by, and how many records have a value."""

    label: str
    before: str
    after: str
    change: str
    count_before: int
    count_after: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that would differ; ``sum`` None where it is no number, or where its total is withheld."""

    label: str
    records: int
    differs: int
    sum: Sum | None
    withheld: bool


@dataclass(frozen=True, slots=True)
class Touched:
    """A record that a quota touches."""

    title: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Room:
    """How many of one group have an outcome by the table, the ceiling, and how many keep it."""

    group: str
    outcome: str
    have: int
    most: str
    keep: int

    @property
    def cut(self) -> bool:
        """Whether some lose or gain the outcome by the quota."""
        return self.have != self.keep


@dataclass(frozen=True, slots=True)
class Quota:
    """What a quota cuts. ``unlisted`` groups are not among the ``rooms``."""

    label: str
    clause: ClauseRef
    cut: int
    cut_before: int | None
    grouped: bool
    rooms: tuple[Room, ...]
    unlisted: int
    people: tuple[Touched, ...]


def total(found: Total, language: str) -> Sum:
    """One total."""
    before, after, change = (
        formatted(found.kind, found.scale, value, language)
        for value in (found.before, found.after, found.after - found.before)
    )
    sign = "+" if found.after > found.before else ""
    return Sum(found.label.text(language), before, after, sign + change, found.count_before, found.count_after)


def fact(found: SimulatedFact, language: str) -> Fact:
    """One fact."""
    told = None if found.total is None else total(found.total, language)
    return Fact(found.label.text(language), found.records, found.differs, told, found.withheld)


def quota(found: SimulatedQuota, language: str) -> Quota:
    """One quota."""
    rooms = tuple(map(_room, found.rooms))
    return Quota(
        label=found.label.text(language),
        clause=found.clause,
        cut=found.cut,
        cut_before=found.cut_before,
        grouped=any(room.group for room in rooms),
        rooms=rooms,
        unlisted=found.groups - len({room.group for room in rooms}),
        people=tuple(_touched(each, found) for each in found.named[:NAMED]),
    )


def _room(found: QuotaRoom) -> Room:
    most = gettext("不限") if found.most is None else f"{found.most:,}"
    least = "" if found.least is None else gettext("至少 %(count)s") % {"count": f"{found.least:,}"}
    limits = gettext("、").join(each for each in (most if found.most is not None or not least else "", least) if each)
    return Room(found.group, found.outcome, found.have, limits, found.keep)


def _touched(found: QuotaNamed, quota: SimulatedQuota) -> Touched:
    after = gettext("待定") if found.flow.waits else found.flow.after
    return Touched(
        found.title.text or f"#{found.id}",
        reverse("records:record", args=[quota.record_type, found.id]),
        f"{found.flow.before} → {after}{_why(found, quota)}",
    )


def _why(found: QuotaNamed, quota: SimulatedQuota) -> str:
    """How much room there is for how many; nothing where the viewer may not know which group it is."""
    rooms = [each for each in quota.rooms if (each.group, each.outcome) == (found.flow.group, found.flow.before)]
    if len(rooms) != 1 or rooms[0].most is None or rooms[0].have <= rooms[0].most:
        return ""
    facts = {"group": found.flow.group, "have": f"{rooms[0].have:,}", "most": f"{rooms[0].most:,}"}
    if found.flow.group:
        return gettext("（%(group)s：够格 %(have)s 份，名额 %(most)s 份）") % facts
    return gettext("（够格 %(have)s 份，名额 %(most)s 份）") % facts
