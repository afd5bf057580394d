"""Saying that a duty need not be done: by those above, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from keguan.runtime import clock
from keguan.runtime.duties.actions.held import DutyAction, over
from keguan.runtime.duties.events import DutyLetOff
from keguan.runtime.duties.models import Duty, DutyState
from keguan.runtime.duties.parties import Seating, answerable
from keguan.runtime.duties.telling import cancelled, exempted
from keguan.runtime.notifications import actions as notifications

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.ledger.actions import Record
    from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class ExemptDuty(DutyAction[None]):
    """Exempt from a duty: it counts as one that did not have to be done. Late stays late."""

    name: ClassVar[str] = "duties.exempt"
    reason: str

    def check(self) -> None:
        """Refuse whoever does not stand above, and a missing reason."""
        self._above(self.reason)

    def do(self) -> None:
        """Close it, and tell those who owed it."""
        people = answerable(self._duty, Seating())
        _close(self, DutyState.EXEMPTED, self.reason)
        notifications.tell(exempted(self._duty, people, self.viewer.name))

    def log(self, result: None) -> Iterable[Record]:
        """Which, and why."""
        yield self._entry(self.name, reason=self.reason.strip())

    def announce(self, result: None) -> Iterable[Event]:
        """That nothing follows from it any more."""
        yield DutyLetOff(self.duty_id, self._duty.duty)


@dataclass(frozen=True, kw_only=True)
class CancelDuty(DutyAction[None]):
    """Call a duty off: it was made by mistake, or what it is about is over. The system does not make it again."""

    name: ClassVar[str] = "duties.cancel"
    reason: str

    def check(self) -> None:
        """Refuse whoever does not stand above, and a missing reason."""
        self._above(self.reason)

    def do(self) -> None:
        """Close it, and tell those who owed it."""
        people = answerable(self._duty, Seating())
        _close(self, DutyState.CANCELLED, self.reason)
        notifications.tell(cancelled(self._duty, people))

    def log(self, result: None) -> Iterable[Record]:
        """Which, and why."""
        yield self._entry(self.name, reason=self.reason.strip())

    def announce(self, result: None) -> Iterable[Event]:
        """That nothing follows from it any more."""
        yield DutyLetOff(self.duty_id, self._duty.duty)


def _close(action: DutyAction[None], state: DutyState, reason: str) -> None:
    viewer = action.viewer
    # the command line has no person: 0 tells its doing from what the system called off by itself, and may take back
    by = viewer.staff_id if viewer.staff_id is not None else 0
    closed = Duty.objects.filter(pk=action.duty_id, state=DutyState.OPEN).update(
        state=state,
        next_at=None,
        note=reason.strip()[:500],
        done_at=clock.now(),
        done_by_id=by,
        done_by_name=viewer.name,
    )
    if not closed:
        raise over(Duty.objects.get(pk=action.duty_id))
