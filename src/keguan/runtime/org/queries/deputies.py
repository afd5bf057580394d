"""Reading who stands in for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from keguan.runtime import clock
from keguan.runtime.org.models import Deputy

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class DeputyCard:
    """``deputy`` acts for ``staff`` from a day, until a day (both inclusive; None: until it is ended)."""

    id: int
    staff_id: int
    staff_name: str
    deputy_id: int
    deputy_name: str
    since: date
    until: date | None
    reason: str


def stands_in_for(staff_id: int, on: date | None = None) -> frozenset[int]:
    """Those for whom this person acts on a day (today): directly, and through one who is away as well.

    One query where there are none, one more for each link of the chain.
    """
    return _followed(staff_id, "deputy_id", "staff_id", in_force(on or clock.today()))


def deputies_of(staff_id: int, on: date | None = None) -> frozenset[int]:
    """Those, with open accounts, who act for this person on a day (today), as ``stands_in_for`` counts them."""
    return _followed(staff_id, "staff_id", "deputy_id", in_force(on or clock.today()).filter(deputy__is_active=True))


def deputyships(staff_id: int | None = None, deputy_id: int | None = None) -> tuple[DeputyCard, ...]:
    """Those that are not over yet, of a person, by a deputy or all of them; the soonest first. One query."""
    found = Deputy.objects.filter(Q(until=None) | Q(until__gte=clock.today())).select_related("staff", "deputy")
    if staff_id is not None:
        found = found.filter(staff_id=staff_id)
    if deputy_id is not None:
        found = found.filter(deputy_id=deputy_id)
    return tuple(
        DeputyCard(
            each.pk,
            each.staff_id,
            each.staff.name,
            each.deputy_id,
            each.deputy.name,
            each.since,
            each.until,
            each.reason,
        )
        for each in found.order_by("since", "id")
    )


def in_force(since: date, until: date | None = None) -> QuerySet[Deputy]:
    """Those in force on any day of a time; ``until`` None: on the one day. Not those without effect."""
    return Deputy.objects.filter(barred=False).filter(
        Q(since__lte=until or since) & (Q(until=None) | Q(until__gte=since))
    )


def _followed(staff_id: int, near: str, far: str, rows: QuerySet[Deputy]) -> frozenset[int]:
    found: set[int] = set()
    asked = {staff_id}
    while asked:
        met = set(rows.filter(**{f"{near}__in": asked}).values_list(far, flat=True))
        asked = met - found - {staff_id}
        found |= asked
    return frozenset(found)
