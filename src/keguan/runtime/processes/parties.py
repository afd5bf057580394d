"""Who is meant by a party of a step: a person, or a role at a unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from keguan.language.model.actors import PartyKind
from keguan.language.model.form import value_code
from keguan.runtime.org import queries as org
from keguan.runtime.processes import conditions, forms

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.language.model.actors import Party
    from keguan.runtime.org.queries import Seat, StaffCard
    from keguan.runtime.processes.standing import Standing

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Holder:
    """A person, or a role's holders at a unit (None: anywhere). A role without any holder may be meant too."""

    staff_id: int | None = None
    role: str = ""
    seat_id: int | None = None


def holders(standing: Standing, party: Party, barred: frozenset[int]) -> tuple[Holder, ...]:
    """Who acts for the party in this case, without those who are barred; always somebody.

    Where nobody is left: the role further up, then anywhere, then the head of the case's unit or the nearest one above
    that may act; and when there is none of these either, the role itself, until somebody is appointed to it.
    """
    if party.kind is not PartyKind.ROLE:
        staff_id = _person(standing, party)
        if staff_id is not None and staff_id not in barred and person(standing, staff_id) is not None:
            return (Holder(staff_id),)
        return (stand_in(standing, barred),)
    role = party.role or ""
    found = seat(standing, role, barred)
    if not found.holders:
        return (stand_in(standing, barred, role),)
    if not barred:
        standing.happened.lookups["holders", role, found.unit_id] = found.holders
    if party.everyone:
        return tuple(Holder(staff_id) for staff_id in sorted(found.holders))
    return (Holder(None, role, found.unit_id),)


def people(standing: Standing, party: Party) -> frozenset[int]:
    """Everybody who is meant by a party: all of a role's holders at the nearest unit."""
    if party.kind is PartyKind.ROLE:
        return seat(standing, party.role or "").holders
    staff_id = _person(standing, party)
    return frozenset() if staff_id is None or person(standing, staff_id) is None else frozenset({staff_id})


def stand_in(standing: Standing, barred: frozenset[int], role: str = "") -> Holder:
    """Who acts when a party has nobody: the head of the case's unit or of the nearest one above that may act."""
    staff_id = head(standing, barred)
    return Holder(None, role) if staff_id is None else Holder(staff_id)


def seat(standing: Standing, role: str, barred: frozenset[int] = frozenset()) -> Seat:
    """The nearest seat of a role, from the case's unit upwards and then anywhere, of those who are not barred."""
    unit_id = standing.case.unit_id
    return shared(standing, ("seat", role, unit_id, barred), lambda: org.seat(role, unit_id, barred))


def holders_at(standing: Standing, role: str, seat_id: int | None) -> frozenset[int]:
    """Who holds a role at its seat now."""
    return shared(standing, ("holders", role, seat_id), lambda: org.holders_at(role, seat_id))


def head(standing: Standing, barred: frozenset[int] = frozenset()) -> int | None:
    """The head of the case's unit or of the nearest one above who is not barred."""
    unit_id = standing.case.unit_id
    return shared(standing, ("head", unit_id, barred), lambda: org.head_of(unit_id, barred))


def person(standing: Standing, staff_id: int) -> StaffCard | None:
    """The person with this id, asked once; None when there is none or the account is closed."""
    card = shared(standing, ("person", staff_id), lambda: org.staff_by_id(staff_id))
    return card if card is not None and card.is_active else None


def cached(standing: Standing, key: object, ask: Callable[[], T]) -> T:
    """What was looked up once about a case is not looked up again while it is held."""
    if key not in standing.cache:
        standing.cache[key] = ask()
    found: T = standing.cache[key]
    return found


def shared(standing: Standing, key: object, ask: Callable[[], T]) -> T:
    """What was looked up once about the company is not looked up again by any case of the same action."""
    known = standing.happened.lookups
    if key not in known:
        known[key] = ask()
    found: T = known[key]
    return found


def _person(standing: Standing, party: Party) -> int | None:
    case = standing.case
    match party.kind:
        case PartyKind.INITIATOR:
            return case.started_by_id if case.started_by_id is not None else case.owner_id
        case PartyKind.OWNER:
            return case.owner_id
        case PartyKind.UNIT_HEAD:
            return head(standing)
        case PartyKind.FIELD:
            return _named(standing, party)
        case _:
            done = standing.last_done(party.step or "")
            acted = [share for share in standing.shares_of(done) if share.acted_by_id] if done is not None else []
            return max(acted, key=lambda share: (share.acted_at, share.pk)).acted_by_id if acted else None


def _named(standing: Standing, party: Party) -> int | None:
    """Whom a field of the record or of one of the case's forms names; None when it names nobody."""
    code = party.field or ""
    if party.form is None:
        found = conditions.row(standing).get(code)
    else:
        found = forms.values(standing).get(value_code(party.form, code))
    return found if isinstance(found, int) else None
