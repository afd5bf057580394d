"""What belongs to nobody who is here: records, duties, cases and units of closed accounts, and accounts without use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from keguan.runtime import clock
from keguan.runtime.departures.held import CAP, LISTED, Owned
from keguan.runtime.duties.models import Duty, DutyState
from keguan.runtime.org.models import Appointment, Staff, Unit
from keguan.runtime.org.sessions.models import Session
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.models import CaseState, Share, ShareKind, ShareState
from keguan.runtime.records.classes import rows_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

IDLE_DAYS = 90
"""An account that nobody signed in to for so long is not used."""


@dataclass(frozen=True, slots=True)
class Account:
    """An open account."""

    staff_id: int
    name: str
    username: str
    unit_name: str
    signed_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class Accounts:
    """At most ``LISTED`` of them, and how many there are (at most ``CAP`` + 1)."""

    shown: tuple[Account, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Orphans:
    """What a scan found. Counts stop at ``CAP`` + 1."""

    closed_owner: tuple[Owned, ...]  # records of people whose account is closed
    postless_owner: tuple[Owned, ...]  # records of people with an account and no role
    duties: int  # open duties of closed accounts, or of nobody
    cases: int  # steps of open cases in the hands of closed accounts
    units: tuple[str, ...]  # names of units headed by closed accounts
    without_role: Accounts
    unused: Accounts
    sessions: int  # live sessions of closed accounts and of people without a role

    @property
    def nothing(self) -> bool:
        """Whether all is in order."""
        found = (self.closed_owner, self.postless_owner, self.duties, self.cases, self.units, self.sessions)
        return not any(found) and not self.without_role.count and not self.unused.count


def orphans() -> Orphans:
    """Look through everything. Nine queries, and two for each record type, each along an index and none beyond the
    cap.
    """
    now, day = clock.now(), clock.today()
    running = Appointment.objects.filter(
        Q(until=None) | Q(until__gte=day), staff=OuterRef("pk"), since__lte=day, barred=False
    )
    closed = Staff.objects.filter(is_active=False)
    postless = Staff.objects.filter(~Exists(running), is_active=True)
    since = now - timedelta(days=IDLE_DAYS)
    idle = Staff.objects.filter(
        Q(signed_in_at__lt=since) | Q(signed_in_at=None, added_at__lt=since), is_active=True
    ).order_by("signed_in_at", "id")
    open_duties = Duty.objects.filter(state=DutyState.OPEN)
    nobodys = open_duties.filter(staff_id=None, role="")
    shares = Share.objects.filter(state__in=[ShareState.OPEN, ShareState.WAITING], case__state=CaseState.OPEN)
    live = Session.objects.filter(ended_at=None)
    closed_ids, postless_ids = _ids(closed), _ids(postless)
    return Orphans(
        closed_owner=_records(closed_ids),
        postless_owner=_records(postless_ids),
        duties=_capped(open_duties.filter(staff_id__in=closed_ids)) + _capped(nobodys),
        cases=_capped(shares.filter(staff_id__in=closed_ids).exclude(kind=ShareKind.COPY)),
        units=tuple(Unit.objects.filter(head__is_active=False).order_by("path").values_list("name", flat=True)),
        without_role=_accounts(postless.order_by("unit__path", "name", "id")),
        unused=_accounts(idle),
        sessions=_capped(live.filter(staff_id__in=[*closed_ids, *postless_ids])),
    )


def _ids(people: QuerySet[Staff]) -> list[int]:
    """Their ids; a company has some thousands of people in all its years, and lists of them suit every engine."""
    return list(people.order_by().values_list("id", flat=True))


def _records(owners: list[int]) -> tuple[Owned, ...]:
    policy = policies.in_force_on(clock.today())
    found = []
    if policy is None or not owners:
        return ()
    for code in policy.model.record_types:
        count = _capped(rows_of(policy.model, code).filter(owner_id__in=owners))
        if count:
            found.append(Owned(code, min(count, CAP), count > CAP))
    return tuple(found)


def _accounts(people: QuerySet[Staff]) -> Accounts:
    rows = people.values_list("id", "name", "username", "unit__name", "signed_in_at")
    return Accounts(tuple(Account(*row) for row in rows[:LISTED]), _capped(people))


def _capped(rows: QuerySet[Any]) -> int:
    return len(rows.order_by().values_list("id", flat=True)[: CAP + 1])
