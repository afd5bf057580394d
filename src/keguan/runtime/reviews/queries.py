"""What may be asked about access reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from keguan.runtime.access.rights import may
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies
from keguan.runtime.reviews.actions import answers
from keguan.runtime.reviews.assigning import REVIEWS
from keguan.runtime.reviews.models import Campaign, Item, ItemState, Unanswered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from django.db.models import QuerySet

    from keguan.language.model.model import Role
    from keguan.runtime.access.viewer import Viewer

__all__ = [
    "CampaignCard",
    "ItemCard",
    "ItemState",
    "Page",
    "Unanswered",
    "campaign",
    "campaigns",
    "items",
    "mine",
    "waiting_for",
]

MOST = 100
"""Items on one page."""

LISTED = 50
"""Campaigns in the list."""

LOOKING = (REVIEWS, "audit")
"""Whoever has one of these operations sees every review and its result."""


@dataclass(frozen=True, slots=True)
class CampaignCard:
    """One review with how far it is."""

    id: int
    title: str
    units: tuple[str, ...]
    roles: tuple[str, ...]  # labels
    due: date
    unanswered: Unanswered
    started_by_name: str
    started_at: datetime
    closed_at: datetime | None
    over: bool  # its day is over
    counts: Mapping[str, int]  # by ItemState

    @property
    def total(self) -> int:
        """All items."""
        return sum(self.counts.values())

    @property
    def answered(self) -> int:
        """Items that somebody, or the day, has answered."""
        return self.total - self.counts.get(ItemState.WAITING, 0)


@dataclass(frozen=True, slots=True)
class ItemCard:
    """One appointment under review; ``given`` is what the role gave when the review started, None when unknown."""

    id: int
    staff_id: int
    name: str
    role: str
    label: str
    given: Role | None
    unit_name: str
    since: date
    until: date | None
    signed_in_at: datetime | None
    reviewer: str
    escalated: bool
    state: ItemState
    answered_by_name: str
    answered_at: datetime | None
    reason: str
    mine: bool  # the viewer may answer it


@dataclass(frozen=True, slots=True)
class Page:
    """Items in the order of the review; ``after`` continues the list, None at its end."""

    cards: tuple[ItemCard, ...]
    after: int | None


def campaigns(viewer: Viewer) -> tuple[CampaignCard, ...]:
    """The reviews, the newest first: all of them, or those with something for the viewer. Three queries."""
    rows = Campaign.objects.order_by("-id")
    if not _looks(viewer):
        own = Item.objects.filter(reviewer_id=viewer.staff_id or 0).values("campaign_id")
        rows = rows.filter(pk__in=own)
    return _cards(list(rows[:LISTED]), viewer.language)


def campaign(viewer: Viewer, campaign_id: int) -> CampaignCard:
    """One review. Raises ``Refused`` (``reviews.not_found``)."""
    row = Campaign.objects.filter(pk=campaign_id).first()
    known = _looks(viewer) or Item.objects.filter(campaign=campaign_id, reviewer_id=viewer.staff_id or 0).exists()
    if row is None or not known:
        raise Refused("reviews.not_found", _("没有这次复核，或者没有要您复核的任命。"))
    return _cards([row], viewer.language)[0]


def items(viewer: Viewer, campaign_id: int, state: ItemState | None = None, after: int = 0) -> Page:
    """The items of a review that the viewer may see: all, or those put to them. Raises ``Refused`` as ``campaign``."""
    campaign(viewer, campaign_id)
    rows = Item.objects.filter(campaign=campaign_id, pk__gt=after)
    if not _looks(viewer):
        rows = rows.filter(reviewer_id=viewer.staff_id or 0)
    if state is not None:
        rows = rows.filter(state=state)
    found = list(rows.select_related("campaign").order_by("id")[: MOST + 1])
    shown = found[:MOST]
    return Page(_items(viewer, shown), shown[-1].pk if len(found) > MOST else None)


def mine(viewer: Viewer) -> tuple[ItemCard, ...]:
    """What waits for the viewer's answer, of all reviews; at most a page. Four queries."""
    rows = _mine(viewer).select_related("campaign").order_by("campaign__due", "id")
    return _items(viewer, list(rows[:MOST]))


def waiting_for(viewer: Viewer) -> int:
    """How many items wait for the viewer, at most a page of them. One query."""
    return len(_mine(viewer).values_list("id", flat=True)[:MOST])


def _mine(viewer: Viewer) -> QuerySet[Item]:
    whose = Q(reviewer_id=viewer.staff_id or 0)
    if may(viewer, REVIEWS):
        whose |= Q(reviewer_id=None)
    waiting = Item.objects.filter(whose, state=ItemState.WAITING, campaign__closed_at=None)
    return waiting.exclude(staff_id=viewer.staff_id or 0)


def _looks(viewer: Viewer) -> bool:
    return any(may(viewer, operation) for operation in LOOKING)


def _cards(rows: list[Campaign], language: str) -> tuple[CampaignCard, ...]:
    counted = (
        Item.objects.filter(campaign__in=rows).values("campaign_id", "state").annotate(times=Count("id")).order_by()
    )
    counts: dict[int, dict[str, int]] = {}
    for row in counted:
        counts.setdefault(row["campaign_id"], {})[row["state"]] = row["times"]
    units = {unit.id: unit.name for unit in org.units()}
    roles = policies.current().model.roles
    return tuple(
        CampaignCard(
            row.pk,
            row.title,
            tuple(units.get(each, f"#{each}") for each in row.units),
            tuple(roles[each].label.text(language) if each in roles else each for each in row.roles),
            row.due,
            Unanswered(row.unanswered),
            row.started_by_name,
            row.started_at,
            row.closed_at,
            row.swept_at is not None,
            counts.get(row.pk, {}),
        )
        for row in rows
    )


def _items(viewer: Viewer, rows: Iterable[Item]) -> tuple[ItemCard, ...]:
    found = list(rows)
    names = org.learn_names({row.staff_id for row in found} | {row.reviewer_id for row in found if row.reviewer_id})
    units = {unit.id: unit.name for unit in org.units()}
    given = policies.several({row.campaign.publication_id for row in found})
    cards = []
    for row in found:
        role = given[row.campaign.publication_id].model.roles.get(row.role)
        cards.append(
            ItemCard(
                row.pk,
                row.staff_id,
                names.get(row.staff_id, f"#{row.staff_id}"),
                row.role,
                row.role if role is None else role.label.text(viewer.language),
                role,
                units.get(row.unit_id, ""),
                row.since,
                row.until,
                row.signed_in_at,
                "" if row.reviewer_id is None else names.get(row.reviewer_id, ""),
                row.escalated,
                ItemState(row.state),
                row.answered_by_name,
                row.answered_at,
                row.reason,
                row.state == ItemState.WAITING and row.campaign.closed_at is None and answers(viewer, row),
            )
        )
    return tuple(cards)
