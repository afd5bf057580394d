"""Somebody leaves, does not leave after all, or comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.access.actions import SHORTEST_REASON, ViewerAction
from keguan.runtime.departures.closing import close
from keguan.runtime.departures.models import Departure, DepartureState
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.org import queries as org
from keguan.runtime.org.models import Staff
from keguan.runtime.org.separating import one_at_a_time

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.utils.functional import Promise

    from keguan.runtime.ledger.events import Event

LONGEST_REASON = 200
"""Characters that a reason may have."""


@dataclass(frozen=True, kw_only=True)
class Leave(ViewerAction[int]):
    """Have a person leave on a day (today), and return the departure's id.

    On that day their account closes, with everything that hangs on it: today at once, else within its first minute.
    """

    name: ClassVar[str] = "departures.leave"
    operation: ClassVar[str | None] = "offboard"
    staff_id: int
    on: date | None = None
    reason: str
    _events: list[Event] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def day(self) -> date:
        """The day."""
        return self.on or clock.today()

    def check(self) -> None:
        """Refuse oneself, an unknown person, the past, a missing reason, and whoever leaves or has left already."""
        person = org.staff_by_id(self.staff_id)
        if person is None:
            raise Refused("departures.no_staff", _("没有这个人员。"))
        if self.staff_id == self.viewer.staff_id:
            raise Refused("departures.oneself", _("不能给自己办离职，请由另一位管理员办理。"))
        require_reason(self.reason)
        if self.day < clock.today():
            raise _wrong("departures.past", "on", _("离职日不能早于今天。已经离开的人，请选今天，账号立即停用。"))
        one_at_a_time()
        standing = _standing(self.staff_id)
        if standing is not None:
            sentence = _("%(name)s已经在%(on)s办理离职，不用再办。") % {"name": person.name, "on": standing.on}
            raise Refused("departures.already", sentence)

    def do(self) -> int:
        """Write it down, and close the account when the day has come."""
        departure = Departure.objects.create(
            staff_id=self.staff_id,
            on=self.day,
            reason=self.reason.strip(),
            planned_by_id=self.viewer.staff_id,
            planned_by_name=self.viewer.name,
            planned_at=clock.now(),
        )
        if self.day == clock.today():
            self._events.extend(close(departure))
        return departure.pk

    def log(self, result: int) -> Iterable[Record]:
        """Who leaves when and why, and what ended with it."""
        departure = Departure.objects.get(pk=result)
        data = {"departure": result, "on": self.day, "reason": self.reason.strip(), "closed": departure.closed}
        return [Record(self.name, "staff", self.staff_id, data=data)]

    def announce(self, result: int) -> Iterable[Event]:
        """That they have left, when the account is closed."""
        del result
        return self._events


@dataclass(frozen=True, kw_only=True)
class CancelLeave(ViewerAction[None]):
    """They do not leave after all: only before the day."""

    name: ClassVar[str] = "departures.cancel"
    operation: ClassVar[str | None] = "offboard"
    departure_id: int
    reason: str

    def check(self) -> None:
        """Refuse a missing reason, and one that is over."""
        require_reason(self.reason)
        one_at_a_time()
        if not Departure.objects.filter(pk=self.departure_id, state=DepartureState.PLANNED).exists():
            raise Refused("departures.not_planned", _("没有这次离职，或者它已经生效；已离职的人可以复职。"))

    def do(self) -> None:
        """Note it."""
        _end(self, DepartureState.CANCELLED)

    def log(self, result: None) -> Iterable[Record]:
        """Who stays."""
        return [_entry(self)]


@dataclass(frozen=True, kw_only=True)
class Reinstate(ViewerAction[None]):
    """Take a person back: the account opens again, with no role, no token, no deputy and none of their records.

    What they are to hold is given to them anew.
    """

    name: ClassVar[str] = "departures.reinstate"
    operation: ClassVar[str | None] = "offboard"
    departure_id: int
    reason: str

    def check(self) -> None:
        """Refuse a missing reason, oneself, and one who has not left."""
        require_reason(self.reason)
        one_at_a_time()
        found = Departure.objects.filter(pk=self.departure_id, state=DepartureState.LEFT).first()
        if found is None:
            raise Refused("departures.not_left", _("没有这次离职，或者这个人并没有离职。"))

    def do(self) -> None:
        """Open the account."""
        departure = _end(self, DepartureState.REINSTATED)
        rows = Staff.objects.filter(pk=departure.staff_id)
        rows.update(is_active=True, failed_attempts=0, locked_until=None)

    def log(self, result: None) -> Iterable[Record]:
        """Who is back."""
        return [_entry(self)]


def require_reason(reason: str) -> None:
    """Raise ``Refused`` for a reason too short or too long."""
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        sentence = _("请写明事由，%(least)s到%(most)s个字。") % {"least": SHORTEST_REASON, "most": LONGEST_REASON}
        raise _wrong("departures.reason", "reason", sentence)


def _standing(staff_id: int) -> Departure | None:
    """The departure of somebody who leaves or has left."""
    states = [DepartureState.PLANNED, DepartureState.LEFT]
    return Departure.objects.filter(staff_id=staff_id, state__in=states).first()


def _end(action: CancelLeave | Reinstate, state: DepartureState) -> Departure:
    departure = Departure.objects.get(pk=action.departure_id)
    departure.state, departure.ended_by_name = state, action.viewer.name
    departure.ended_at, departure.ended_reason = clock.now(), action.reason.strip()
    departure.save(update_fields=["state", "ended_by_name", "ended_at", "ended_reason"])
    return departure


def _entry(action: CancelLeave | Reinstate) -> Record:
    staff_id = Departure.objects.values_list("staff_id", flat=True).get(pk=action.departure_id)
    data = {"departure": action.departure_id, "reason": action.reason.strip()}
    return Record(action.name, "staff", staff_id, data=data)


def _wrong(code: str, field_name: str, sentence: str | Promise) -> Refused:
    return Refused(code, sentence, {field_name: sentence})
