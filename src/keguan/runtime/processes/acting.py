"""What every move of a person on a case has in common: what happened is logged and announced."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.calendars.queries import pinned
from keguan.runtime.processes.standing import Happened, announced

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keguan.runtime.ledger.actions import Record
    from keguan.runtime.ledger.events import Event
    from keguan.runtime.processes.models import Task
    from keguan.runtime.processes.standing import Standing

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of a move: where the case stands, its next version, and the steps that began."""

    case_id: int
    state: str
    version: int
    opened: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CaseAction(ViewerAction[T]):
    """A move by a person. ``check`` and ``do`` say by ``follow`` which case they hold; the moves that were written down
    on it (``standing.moved``) are what the ledger says.
    """

    _happened: list[Happened] = field(default_factory=list, init=False, repr=False, compare=False)

    def follow(self, standing: Standing) -> Standing:
        """Log and announce what happens to this case, and to those that move along with it."""
        if standing.happened not in self._happened:
            self._happened.append(standing.happened)
        return standing

    def run(self) -> T:
        """Do it by one calendar: that of the request, or one looked up once."""
        with pinned():
            return super().run()

    def log(self, result: T) -> Iterable[Record]:
        """One entry for every move, in order."""
        del result
        return [record for happened in self._happened for record in happened.records]

    def announce(self, result: T) -> Iterable[Event]:
        """Tell people what they are to be told, then what happened."""
        del result
        return [event for happened in self._happened for event in announced(happened)]


def outcome_of_move(standing: Standing, begun: Sequence[Task] = ()) -> Moved:
    """What came of it, after the move was written down."""
    case = standing.case
    return Moved(case.pk, case.state, case.version, tuple(task.step for task in begun))
