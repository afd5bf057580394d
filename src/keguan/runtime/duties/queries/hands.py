"""Whose duties a viewer does: their own, those of their roles at their seats, and those of people they stand in for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.org import queries as org

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.duties.models import Duty


@dataclass(frozen=True, slots=True)
class Hands:
    """``people`` are the viewer and those they stand in for; ``seats`` are (role, unit) held by any of them, None: the
    role anywhere. ``whose`` says for each seat by whom.
    """

    staff_id: int
    people: tuple[int, ...]
    whose: dict[tuple[str, int | None], int]

    @property
    def absent(self) -> tuple[int, ...]:
        """Those they stand in for."""
        return tuple(each for each in self.people if each != self.staff_id)

    @property
    def seats(self) -> tuple[tuple[str, int | None], ...]:
        """The seats, in a fixed order."""
        return tuple(sorted(self.whose, key=lambda seat: (seat[0], seat[1] or 0)))

    def stead(self, duty: Duty) -> int | None:
        """For whom the viewer would do a duty; None when it is theirs, or not known to be anybody's."""
        if duty.staff_id in self.people:
            return None if duty.staff_id == self.staff_id else duty.staff_id
        by = self.whose.get((duty.role, duty.seat_id))
        return None if by == self.staff_id else by


def hands(viewer: Viewer) -> Hands | None:
    """The viewer's hands; None for whoever is no member of staff. Three queries, one less without an appointment."""
    if viewer.staff_id is None:
        return None
    absent = org.stands_in_for(viewer.staff_id) - {viewer.staff_id}
    if absent:
        held = org.appointments_of_all()
        cards = [card for each in absent for card in held.get(each, ())] + list(held.get(viewer.staff_id, ()))
    else:
        cards = list(org.appointments_of(viewer.staff_id))
    whose: dict[tuple[str, int | None], int] = {}
    for card in cards:  # the viewer's own come last, and win
        whose[card.role, card.unit_id] = card.staff_id
        whose[card.role, None] = card.staff_id
    return Hands(viewer.staff_id, (viewer.staff_id, *sorted(absent)), whose)
