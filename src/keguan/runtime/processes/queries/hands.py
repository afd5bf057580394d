"""What a viewer has in hand: their own shares, those of their roles, and those of the people they stand in for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.org import queries as org
from keguan.runtime.processes.models import Share, ShareKind, ShareState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from keguan.runtime.access.viewer import Viewer

ACTING = tuple(kind for kind in ShareKind if kind != ShareKind.COPY)
"""Kinds of shares on which somebody has to act."""


@dataclass(frozen=True, slots=True)
class Hands:
    """A person, whom they stand in for, and the seats (role and unit) that each of them holds."""

    staff_id: int
    absent: frozenset[int]
    seats: dict[int, frozenset[tuple[str, int]]]

    @property
    def people(self) -> frozenset[int]:
        """The person and those they stand in for."""
        return self.absent | {self.staff_id}

    def personal(self) -> list[QuerySet[Share]]:
        """The open shares of these people, of each by itself."""
        return [
            Share.objects.filter(staff_id=who, state=ShareState.OPEN, kind__in=ACTING) for who in sorted(self.people)
        ]

    def claimable(self) -> list[QuerySet[Share]]:
        """The open shares of roles that they hold which nobody has taken yet, of each seat by itself."""
        held = frozenset[tuple[str, int]]().union(*self.seats.values())
        seats: set[tuple[str, int | None]] = {*held, *((role, None) for role, _unit in held)}
        return [
            Share.objects.filter(role=role, seat_id=unit, staff_id=None, state=ShareState.OPEN, kind__in=ACTING)
            for role, unit in sorted(seats, key=lambda seat: (seat[0], seat[1] or 0))
        ]

    def stead(self, share: Share) -> int | None:
        """For whom the person acts on a share; None where it is their own."""
        if share.staff_id is not None:
            return None if share.staff_id == self.staff_id else share.staff_id
        holders = [who for who in self.people if self._holds(who, share) and who not in share.barred]
        return None if self.staff_id in holders or not holders else min(holders)

    def may(self, share: Share) -> bool:
        """Whether the person may act on one of these shares: who has to keep away from the case does not."""
        if self.staff_id in share.barred:
            return False
        if share.staff_id is not None:
            return True
        return any(self._holds(who, share) and who not in share.barred for who in self.people)

    def _holds(self, who: int, share: Share) -> bool:
        return any(role == share.role and share.seat_id in (None, unit_id) for role, unit_id in self.seats.get(who, ()))


def hands(viewer: Viewer) -> Hands | None:
    """The viewer's hands; None for the system. Two queries, and one for each link of a chain of deputies."""
    if viewer.staff_id is None:
        return None
    absent = org.stands_in_for(viewer.staff_id)
    return Hands(viewer.staff_id, absent, org.posts_of({viewer.staff_id, *absent}))


def allowed(found: Iterable[Share], own: Hands) -> list[Share]:
    """The shares on which the person may act."""
    return [share for share in found if own.may(share)]
