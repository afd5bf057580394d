"""A change tried on the live records, as its page shows it: a picture, who would move where, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from keguan.runtime.records.queries import MOST_IDS, Filter, ListQuery, Operator
from keguan.web.policies.flow import Flow, Movement, flow
from keguan.web.records.criteria import address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.model.model import ClauseRef, Decision
    from keguan.runtime.decisions.queries import Explained, Named, SimulatedDecision, SimulatedFlow

SHOWN = 30
"""So many of those who would move are named on the page; the lists behind the figures have more."""

DIRECTIONS: dict[str, Promise] = {
    "up": _("上升"),
    "down": _("下降"),
    "same": _("不变"),
    "gained": _("由无到有"),
    "lost": _("由有到无"),
    "none": _("一直没有"),
}
"""How a number moves, where the outcome is one."""


@dataclass(frozen=True, slots=True)
class Line:
    """So many who would move in one way; ``url`` lists the first of them, empty when none was named."""

    text: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Person:
    """A record that would move: its outcomes and the reasons of both versions, as far as the viewer may see."""

    title: str
    url: str
    before: str
    after: str
    reason: str
    reason_now: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What happens to one decision. ``picture`` is None where the outcome is a number; ``unnamed`` move as well and are
    not on the list; ``rule_only`` keep their outcome and have it from another row.
    """

    label: str
    clause: ClauseRef | None
    total: int
    moved: int
    rule_only: int
    picture: Flow | None
    lines: tuple[Line, ...]
    people: tuple[Person, ...]
    unnamed: int


def tried(found: SimulatedDecision, language: str) -> Tried:
    """One decision of a change that was tried."""
    nothing = gettext("（无）")
    decision = found.now or found.was
    named: dict[tuple[str, str], list[int]] = {}
    for each in found.named:
        named.setdefault((_outcome(each.before, nothing), _outcome(each.after, nothing)), []).append(each.id)
    flows = [Movement(_text(each.before, nothing), _text(each.after, nothing), each.count) for each in found.flows]
    numeric = any(each.direction not in {"", "same"} for each in found.flows)
    lines = tuple(_line(each, found.record_type, named, nothing) for each in found.flows if each.moved)
    people = tuple(_person(each, found.record_type, nothing) for each in found.named[:SHOWN])
    return Tried(
        label=found.label.text(language),
        clause=None if decision is None else decision.clause,
        total=found.total,
        moved=found.moved,
        rule_only=found.rule_only,
        picture=None if numeric or decision is None else flow(flows, _order(decision, nothing)),
        lines=lines,
        people=people,
        unnamed=found.moved - len(people),
    )


def _line(each: SimulatedFlow, record_type: str, named: dict[tuple[str, str], list[int]], nothing: str) -> Line:
    if each.direction and each.before is None and each.after is None:
        return Line(str(DIRECTIONS[each.direction]), each.moved, "")
    before, after = _text(each.before, nothing), _text(each.after, nothing)
    return Line(f"{before} → {after}", each.moved, _list(record_type, named.get((before, after), [])))


def _person(each: Named, record_type: str, nothing: str) -> Person:
    return Person(
        title=each.title.text or f"#{each.id}",
        url=reverse("records:record", args=[record_type, each.id]),
        before=_outcome(each.before, nothing),
        after=_outcome(each.after, nothing),
        reason="" if each.after is None else each.after.sentence,
        reason_now="" if each.before is None else each.before.sentence,
    )


def _list(record_type: str, ids: Sequence[int]) -> str:
    """The list of the first of those who would move; empty when none was named."""
    if not ids:
        return ""
    first = Filter("@id", Operator.IS, tuple(map(str, ids[:MOST_IDS])))
    return reverse("records:list", args=[record_type]) + address(ListQuery(filters=(first,)))


def _outcome(explained: Explained | None, nothing: str) -> str:
    return nothing if explained is None or not explained.outcome else explained.outcome[0][1].text or nothing


def _text(outcome: object, nothing: str) -> str:
    return nothing if outcome is None else str(outcome)


def _order(decision: Decision, nothing: str) -> tuple[str, ...]:
    """The first output's values in the order of the rules that give them."""
    found: list[str] = []
    for rule in decision.rules:
        value = getattr(rule.results[0], "value", None)
        found.append(nothing if value is None else str(value))
    return tuple(dict.fromkeys(found))
