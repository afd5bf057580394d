"""Who handles what belongs to a unit: the holders of a role nearest to it, and its head."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

from keguan.runtime.org.models import Unit
from keguan.runtime.org.queries.appointments import held
from keguan.runtime.org.queries.units import path_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from keguan.runtime.org.models import Appointment


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a role sits for a unit's matter: the unit whose holders handle it (None: anywhere), and who they are."""

    unit_id: int | None
    holders: frozenset[int]


def seat(role: str, unit_id: int | None, without: Iterable[int] = (), on: date | None = None) -> Seat:
    """The nearest unit at or above ``unit_id`` for which somebody with an open account holds the role on a day (today).

    Where nobody does there, or no unit is named, everybody who holds the role anywhere; that may be nobody. People in
    ``without`` do not count. At most three queries.
    """
    posts = _posts(role, on).exclude(staff_id__in=set(without))
    line = _line(unit_id)
    by_unit: dict[int, set[int]] = {}
    if line:
        near = posts.filter(Q(unit_id__in=line) | Q(unit_id=None, staff__unit_id__in=line))
        for staff_id, own, unit in near.values_list("staff_id", "staff__unit_id", "unit_id"):
            by_unit.setdefault(unit or own, set()).add(staff_id)
    for each in line:
        if each in by_unit:
            return Seat(each, frozenset(by_unit[each]))
    return Seat(None, frozenset(posts.values_list("staff_id", flat=True)))


def holders_at(role: str, unit_id: int | None, on: date | None = None) -> frozenset[int]:
    """The people with open accounts who hold the role for exactly this unit (None: anywhere). One query."""
    posts = _posts(role, on)
    if unit_id is not None:
        posts = posts.filter(Q(unit_id=unit_id) | Q(unit_id=None, staff__unit_id=unit_id))
    return frozenset(posts.values_list("staff_id", flat=True))


def posts_of(staff_ids: Iterable[int], on: date | None = None) -> dict[int, frozenset[tuple[str, int]]]:
    """The seats of these people on a day (today), by person: each a role and the unit it is held for. One query."""
    rows = held(on).filter(staff_id__in=set(staff_ids))
    found: dict[int, set[tuple[str, int]]] = {}
    for staff_id, role, own, unit in rows.values_list("staff_id", "role", "staff__unit_id", "unit_id"):
        found.setdefault(staff_id, set()).add((role, unit or own))
    return {staff_id: frozenset(seats) for staff_id, seats in found.items()}


def head_of(unit_id: int | None, without: Iterable[int] = ()) -> int | None:
    """The head of the unit, or of the nearest unit above it whose head has an open account and is not in ``without``.

    None where there is none. At most two queries.
    """
    barred = set(without)
    return next((head for head in heads_over(unit_id) if head not in barred), None)


def heads_over(unit_id: int | None) -> tuple[int, ...]:
    """The heads, with open accounts, of the unit and of those above it, nearest first. At most two queries."""
    line = _line(unit_id)
    named = dict(Unit.objects.filter(pk__in=line, head__is_active=True).values_list("id", "head_id"))
    return tuple(dict.fromkeys(named[each] for each in line if each in named))


def heads() -> dict[int, int]:
    """The heads that are named, by unit, open account or not. One query."""
    return dict(Unit.objects.exclude(head=None).values_list("id", "head_id"))


def headed_by(staff_id: int | None) -> frozenset[int]:
    """The ids of the units that somebody heads, with those below them; empty for whoever heads none. Two queries, one
    for whoever heads none, none for the system.
    """
    if staff_id is None:
        return frozenset()
    paths = list(Unit.objects.filter(head_id=staff_id).values_list("path", flat=True))
    if not paths:
        return frozenset()
    below = reduce(or_, (Q(path__startswith=path) for path in paths))
    return frozenset(Unit.objects.filter(below).values_list("id", flat=True))


def _posts(role: str, on: date | None) -> QuerySet[Appointment]:
    """The role's appointments of people with open accounts."""
    return held(on).filter(role=role, staff__is_active=True)


def _line(unit_id: int | None) -> tuple[int, ...]:
    """The unit and those above it, nearest first; empty for none and for an unknown one."""
    steps = "" if unit_id is None else path_of(unit_id).strip("/-")
    return tuple(int(step) for step in reversed(steps.split("/"))) if steps else ()
