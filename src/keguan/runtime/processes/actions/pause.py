"""暂停计时 and 恢复计时: the clocks stand while somebody outside is waited for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes import timing
from keguan.runtime.processes.acting import Moved, outcome_of_move
from keguan.runtime.processes.actions.holding import WholeMove
from keguan.runtime.processes.choosing import concerned, wrong
from keguan.runtime.processes.managing import manages
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.seating import share_for
from keguan.runtime.processes.standing import moved
from keguan.runtime.processes.telling import tell

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.standing import Standing


@dataclass(frozen=True, kw_only=True)
class PauseCase(WholeMove):
    """Let the clocks stand, for one of the reasons that the process allows."""

    name: ClassVar[str] = "cases.pause"
    reason: str
    opinion: str = ""

    def check(self) -> None:
        """Refuse whoever does not handle the case, another reason, and clocks that stand already."""
        standing = self.held
        _refuse_others(standing, self.viewer)
        reasons = standing.process.pause.reasons
        if self.reason not in reasons:
            sentence = _("制度没有允许这个流程暂停计时。")
            if reasons:
                sentence = _("制度允许的暂停事由只有：%(reasons)s。") % {"reasons": "、".join(reasons)}
            raise wrong("cases.pause_reason", "reason", sentence)
        if standing.case.paused_at is not None:
            raise Refused("cases.paused", _("案件已经暂停计时，不用再暂停。"))

    def do(self) -> Moved:
        """The clocks stand from now on; everybody concerned is told."""
        standing = self.held
        pause = timing.stop(standing, self.reason, self.viewer)
        words = self.opinion.strip()
        moved(standing, MoveKind.PAUSE, self.viewer, opinion=words, data={"reason": self.reason})
        tell(standing, concerned(standing, self.viewer.staff_id), "cases.paused", f"paused:{pause.pk}")
        return outcome_of_move(standing)


@dataclass(frozen=True, kw_only=True)
class ResumeCase(WholeMove):
    """Let the clocks run again: everything is due later by the time that they stood."""

    name: ClassVar[str] = "cases.resume"

    def check(self) -> None:
        """Refuse whoever does not handle the case, clocks that run, and a pause that the policy itself makes."""
        standing = self.held
        _refuse_others(standing, self.viewer)
        pause = timing.running_pause(standing)
        if pause is None:
            raise Refused("cases.not_paused", gettext_lazy("案件没有暂停计时，不用恢复。"))
        if pause.by_id is None:
            raise Refused("cases.paused_by_policy", gettext_lazy("这是制度规定的暂停，条件过去后自动恢复。"))

    def do(self) -> Moved:
        """They run; unless the policy lets them stand now."""
        standing = self.held
        pause = timing.running_pause(standing)
        timing.resume(standing)
        moved(standing, MoveKind.RESUME, self.viewer, data={"reason": "" if pause is None else pause.reason})
        key = f"resumed:{0 if pause is None else pause.pk}"
        tell(standing, concerned(standing, self.viewer.staff_id), "cases.resumed", key)
        timing.settle(standing)
        return outcome_of_move(standing)


def _refuse_others(standing: Standing, viewer: Viewer) -> None:
    """Whoever handles a step now, or manages cases."""
    refusal: Refused | None = None
    for task in standing.alive:
        try:
            share_for(standing, task, viewer)
        except Refused as refused:
            refusal = refused
        else:
            return
    if not manages(standing, viewer):
        raise refusal or Refused("cases.task_over", gettext_lazy("这一步已经办完，不用再办。"))
