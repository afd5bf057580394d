"""Who owes a duty: the persons and roles that its row names, found for the place of the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.model.actors import PartyKind
from keguan.runtime.org import queries as org

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from keguan.language.model.actors import Party
    from keguan.runtime.access.viewer import Place
    from keguan.runtime.duties.models import Duty

    Persons = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who can discharge a duty: a person, or whoever holds a role at its seat (None: anywhere)."""

    staff_id: int | None = None
    role: str = ""
    seat_id: int | None = None


class Seating:
    """Looks people up, each question once: for one sweep, one batch or one request."""

    def __init__(self) -> None:
        self._seats: dict[tuple[str, int | None], org.Seat] = {}
        self._heads: dict[tuple[int | None, int | None], int | None] = {}
        self._holders: dict[tuple[str, int | None], frozenset[int]] = {}
        self._deputies: dict[int, frozenset[int]] = {}
        self._open: dict[int, bool] = {}
        self._names: dict[int, str] = {}

    def seat(self, role: str, unit_id: int | None) -> org.Seat:
        """The nearest seat of a role at or above a unit."""
        if (role, unit_id) not in self._seats:
            self._seats[role, unit_id] = org.seat(role, unit_id)
        return self._seats[role, unit_id]

    def head(self, unit_id: int | None, but: int | None = None) -> int | None:
        """The head of a unit, or of the nearest one above it; not ``but``."""
        if (unit_id, but) not in self._heads:
            self._heads[unit_id, but] = org.head_of(unit_id, () if but is None else (but,))
        return self._heads[unit_id, but]

    def works(self, staff_id: int) -> bool:
        """Whether the person has an open account."""
        if staff_id not in self._open:
            card = org.staff_by_id(staff_id)
            self._open[staff_id] = card is not None and card.is_active
        return self._open[staff_id]

    def names(self, people: Iterable[int]) -> list[str]:
        """What people are called, in order."""
        listed = set(people)
        if listed - self._names.keys():
            self._names |= org.names(listed - self._names.keys())
        return sorted(self._names.get(each, "") for each in listed)

    def at(self, role: str, seat_id: int | None) -> frozenset[int]:
        """Who holds a role at a seat."""
        if (role, seat_id) not in self._holders:
            self._holders[role, seat_id] = org.holders_at(role, seat_id)
        return self._holders[role, seat_id]

    def deputies(self, staff_id: int) -> frozenset[int]:
        """Who stands in for a person."""
        if staff_id not in self._deputies:
            self._deputies[staff_id] = org.deputies_of(staff_id)
        return self._deputies[staff_id]

    def holders(self, parties: Sequence[Party], place: Place, persons: Persons) -> tuple[Holder, ...]:
        """The parties of a row for a record at this place, the first named first; always somebody.

        ``persons`` are what stands in the record's 人员 fields. Who has left is replaced by the head of the unit, and
        so is a role that nobody holds; where there is no head either the role itself waits for somebody.
        """
        found = [self._holder(party, place, persons) for party in parties]
        known = tuple(dict.fromkeys(each for each in found if each is not None))
        return known or (self._instead("", place),)

    def people(self, party: Party, place: Place, persons: Persons) -> frozenset[int]:
        """Everybody who is meant by a party, with open accounts."""
        holder = self._holder(party, place, persons)
        return frozenset() if holder is None else self.members(holder)

    def members(self, holder: Holder) -> frozenset[int]:
        """The persons behind a holder, with open accounts."""
        if holder.staff_id is not None:
            return frozenset({holder.staff_id}) if self.works(holder.staff_id) else frozenset()
        return self.at(holder.role, holder.seat_id) if holder.role else frozenset()

    def _holder(self, party: Party, place: Place, persons: Persons) -> Holder | None:
        if party.kind is PartyKind.ROLE:
            role = party.role or ""
            seat = self.seat(role, place.unit_id)
            return Holder(None, role, seat.unit_id) if seat.holders else self._instead(role, place)
        if party.kind is PartyKind.FIELD:
            staff_id = persons.get(party.field or "")
        else:
            staff_id = place.owner_id if party.kind is PartyKind.OWNER else self.head(place.unit_id)
        if staff_id is not None and self.works(staff_id):
            return Holder(staff_id)
        return None if party.kind is PartyKind.FIELD and staff_id is None else self._instead("", place)

    def _instead(self, role: str, place: Place) -> Holder:
        """The head of the record's unit stands in for whoever is not there."""
        head = self.head(place.unit_id)
        return Holder(head) if head is not None else Holder(None, role)


def holders_of(duty: Duty) -> tuple[Holder, ...]:
    """Who can discharge a duty as it stands. One query where its row names more than a person and a role."""
    found = []
    if duty.staff_id is not None:
        found.append(Holder(duty.staff_id))
    if duty.claimed:
        return tuple(found)
    if duty.role:
        found.append(Holder(None, duty.role, duty.seat_id))
    return (*found, *(Holder(each.staff_id, each.role, each.seat_id) for each in duty.further.all()))


def answerable(duty: Duty, seating: Seating) -> frozenset[int]:
    """Everybody who can discharge a duty themselves, deputies left out."""
    return frozenset[int]().union(*(seating.members(holder) for holder in holders_of(duty)))
