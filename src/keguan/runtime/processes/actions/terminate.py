"""终止: a case is ended from above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from keguan.runtime.processes import advancing
from keguan.runtime.processes.acting import Moved, outcome_of_move
from keguan.runtime.processes.actions.holding import WholeMove
from keguan.runtime.processes.choosing import concerned, said
from keguan.runtime.processes.managing import require_managing
from keguan.runtime.processes.models import CaseState
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.standing import moved
from keguan.runtime.processes.telling import tell


@dataclass(frozen=True, kw_only=True)
class TerminateCase(WholeMove):
    """End a case that is not to go on, with the reason: by whoever manages cases."""

    name: ClassVar[str] = "cases.terminate"
    opinion: str

    def check(self) -> None:
        """Refuse others, and no reason."""
        require_managing(self.held, self.viewer)
        said(self.opinion)

    def do(self) -> Moved:
        """It is over; everybody concerned is told."""
        standing = self.held
        people = concerned(standing, self.viewer.staff_id)
        advancing.close(standing, CaseState.TERMINATED)
        moved(standing, MoveKind.TERMINATE, self.viewer, opinion=self.opinion.strip())
        tell(standing, people, "cases.terminated", f"terminated:{standing.case.round}")
        return outcome_of_move(standing)
