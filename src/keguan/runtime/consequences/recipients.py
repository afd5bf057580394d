"""On whom a consequence falls, and who decides on it; never the same person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.model.actors import PartyKind
from keguan.language.model.consequence import RecipientKind
from keguan.runtime.access.viewer import Place
from keguan.runtime.org import queries as org

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from keguan.language.model.actors import Party
    from keguan.language.model.consequence import ConsequenceRow
    from keguan.runtime.consequences.happenings import Happening
    from keguan.runtime.consequences.models import Proposal
    from keguan.runtime.duties.parties import Seating

    HoldersAt = Callable[[str, int | None], frozenset[int]]
    Persons = Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Recipient:
    """The people on whom it may fall (one: on them), or the record itself."""

    people: tuple[int, ...] = ()
    subject: bool = False

    @property
    def staff_id(self) -> int | None:
        """The one person, where it is clear who."""
        return self.people[0] if len(self.people) == 1 else None


@dataclass(frozen=True, slots=True)
class Approver:
    """A person, or whoever holds a role at its seat (None: anywhere)."""

    staff_id: int | None = None
    role: str = ""
    seat_id: int | None = None


def recipient_of(
    row: ConsequenceRow, happening: Happening, place: Place, persons: Persons, seating: Seating
) -> Recipient:
    """On whom a row falls; nobody at all where there is nobody any more."""
    if row.recipient is RecipientKind.SUBJECT:
        return Recipient(subject=True)
    if row.recipient is RecipientKind.RESPONSIBLE:
        people = happening.people
        if not people and place.owner_id is not None:
            people = frozenset({place.owner_id})  # a record's condition: its owner answers for it
    else:
        people = seating.people(row.party, place, persons) if row.party is not None else frozenset()
    return Recipient(tuple(sorted(people)))


def approver_of(party: Party, recipient: Recipient, place: Place, persons: Persons) -> Approver:
    """Who decides: nobody on whom it falls. Where only they hold the role, it goes up, and then to the nearest head."""
    mine = recipient.people
    head = org.head_of(place.unit_id, mine)
    match party.kind:
        case PartyKind.ROLE:
            seat = org.seat(party.role or "", place.unit_id, mine)
            if seat.holders:
                return Approver(role=party.role or "", seat_id=seat.unit_id)
        case PartyKind.OWNER | PartyKind.FIELD:
            named = place.owner_id if party.kind is PartyKind.OWNER else persons.get(party.field or "")
            card = None if named is None or named in mine else org.staff_by_id(named)
            if card is not None and card.is_active:
                return Approver(staff_id=card.id)
        case _:
            pass
    return Approver(staff_id=head) if head is not None else Approver(role=party.role or "")


def approvers(proposal: Proposal, at: HoldersAt = org.holders_at) -> frozenset[int]:
    """Everybody who may decide, deputies left out; never anybody on whom it falls. At most one query; ``at`` says who
    holds a role at its seat, for whoever asks about many.
    """
    if proposal.case_id is not None:
        return frozenset()
    if proposal.approver_id is not None:
        found = frozenset({proposal.approver_id})
    elif proposal.approver_role:
        found = at(proposal.approver_role, proposal.approver_seat)
    else:
        found = frozenset[int]()
    return found - concerned(proposal)


def concerned(proposal: Proposal) -> frozenset[int]:
    """Those on whom it falls or may fall."""
    return frozenset({proposal.staff_id} if proposal.staff_id is not None else proposal.candidates)
