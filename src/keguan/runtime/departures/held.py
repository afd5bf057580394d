"""What one person still has in hand: records, duties, cases, roles that nobody else holds, units, drafts and keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from keguan.runtime import clock
from keguan.runtime.duties.models import Duty, DutyState
from keguan.runtime.org.models import Appointment, Deputy, Unit
from keguan.runtime.policies import queries as policies
from keguan.runtime.policies.models import Draft
from keguan.runtime.policies.steps import OPEN as OPEN_DRAFTS
from keguan.runtime.processes.models import CaseState, Share, ShareKind, ShareState
from keguan.runtime.records.classes import rows_of
from keguan.runtime.tokens.models import ApiToken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from django.db.models import QuerySet

CAP = 1_000
"""Nothing is counted beyond this."""

LISTED = 20
"""So many duties and cases are named."""


@dataclass(frozen=True, slots=True)
class Owned:
    """How many records of one type somebody owns; ``capped``: there are more."""

    record_type: str
    count: int
    capped: bool


@dataclass(frozen=True, slots=True)
class DutyHeld:
    """An open duty."""

    id: int
    task: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class CaseHeld:
    """A step of an open case that is in their hands."""

    case_id: int
    number: str
    process: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Held:
    """Everything that somebody has in hand; lists are cut at ``LISTED``, counts at ``CAP``."""

    records: tuple[Owned, ...]
    duties: tuple[DutyHeld, ...]
    duty_count: int
    cases: tuple[CaseHeld, ...]
    case_count: int
    only_holder_of: tuple[str, ...]  # codes of roles
    heads: tuple[str, ...]  # names of units
    drafts: tuple[str, ...]  # titles
    acts_for: tuple[str, ...]  # names of those whose deputy they are
    tokens: tuple[str, ...]  # names of live tokens

    @property
    def nothing(self) -> bool:
        """Whether everything has been handed over."""
        return not any(
            (self.records, self.duty_count, self.case_count, self.only_holder_of, self.heads, self.drafts)
        ) and not any((self.acts_for, self.tokens))


def held_by(staff_id: int) -> Held:
    """What somebody has in hand now. Eight queries, and one for each record type."""
    duties, shares = duties_of(staff_id), cases_of(staff_id)
    return Held(
        records=_records(staff_id),
        duties=tuple(DutyHeld(*row) for row in duties.values_list("id", "task", "due_at")[:LISTED]),
        duty_count=_capped(duties),
        cases=tuple(
            CaseHeld(*row) for row in shares.values_list("case_id", "case__number", "case__process", "due_at")[:LISTED]
        ),
        case_count=_capped(shares),
        only_holder_of=sole_roles(staff_id),
        heads=tuple(Unit.objects.filter(head_id=staff_id).order_by("path").values_list("name", flat=True)),
        drafts=tuple(
            Draft.objects.filter(author_id=staff_id, state__in=[state.value for state in OPEN_DRAFTS])
            .order_by("id")
            .values_list("title", flat=True)[:LISTED]
        ),
        acts_for=tuple(
            Deputy.objects.filter(Q(until=None) | Q(until__gte=clock.today()), deputy_id=staff_id)
            .order_by("id")
            .values_list("staff__name", flat=True)
        ),
        tokens=tuple(
            ApiToken.objects.filter(staff=staff_id, revoked_at=None, expires_at__gt=clock.now())
            .order_by("id")
            .values_list("name", flat=True)
        ),
    )


def duties_of(staff_id: int) -> QuerySet[Duty]:
    """The open duties that are theirs alone, by due moment."""
    return Duty.objects.filter(state=DutyState.OPEN, staff_id=staff_id).order_by("due_at", "id")


def cases_of(staff_id: int) -> QuerySet[Share]:
    """Their parts in steps of open cases, those among them whose turn is still to come, by due moment."""
    mine = Share.objects.filter(staff_id=staff_id, state__in=[ShareState.OPEN, ShareState.WAITING])
    return mine.filter(case__state=CaseState.OPEN).exclude(kind=ShareKind.COPY).order_by("due_at", "id")


def owned(staff_id: int) -> Iterator[tuple[str, list[int]]]:
    """The ids of everything that somebody owns, by record type, without the types of which they own nothing."""
    policy = policies.in_force_on(clock.today())
    if policy is None:
        return
    for code in policy.model.record_types:
        rows = rows_of(policy.model, code).filter(owner_id=staff_id)
        ids = list(rows.order_by("id").values_list("id", flat=True))
        if ids:
            yield code, ids


def owned_ids(staff_id: int, record_type: str, most: int) -> tuple[int, ...]:
    """The first so many records of one type that somebody owns; none of a type that the policy does not have."""
    policy = policies.in_force_on(clock.today())
    if policy is None or record_type not in policy.model.record_types:
        return ()
    rows = rows_of(policy.model, record_type).filter(owner_id=staff_id)
    return tuple(rows.order_by("id").values_list("id", flat=True)[:most])


def sole_roles(staff_id: int, on: date | None = None) -> tuple[str, ...]:
    """The roles that nobody else with an open account holds today, and that this person holds. Two queries."""
    day = on or clock.today()
    running = Appointment.objects.filter(Q(until=None) | Q(until__gte=day), since__lte=day, barred=False)
    mine = set(running.filter(staff_id=staff_id).values_list("role", flat=True))
    others = running.filter(role__in=mine, staff__is_active=True).exclude(staff_id=staff_id)
    return tuple(sorted(mine - set(others.values_list("role", flat=True))))


def _records(staff_id: int) -> tuple[Owned, ...]:
    policy = policies.in_force_on(clock.today())
    found: list[Owned] = []
    if policy is None:
        return ()
    for code in policy.model.record_types:
        rows = rows_of(policy.model, code).filter(owner_id=staff_id)
        count = _capped(rows)
        if count:
            found.append(Owned(code, min(count, CAP), count > CAP))
    return tuple(found)


def _capped(rows: QuerySet[Any]) -> int:
    return len(rows.order_by().values_list("id", flat=True)[: CAP + 1])
