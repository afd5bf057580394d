"""委派 and 答复: others are asked for their opinion; the step stays with whoever asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes import signing
from keguan.runtime.processes.acting import Moved, outcome_of_move
from keguan.runtime.processes.actions.holding import TaskMove
from keguan.runtime.processes.choosing import chosen, refuse_handling, said, several, wrong
from keguan.runtime.processes.models import Share, ShareKind, ShareState
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.parties import Holder
from keguan.runtime.processes.seating import add_share, candidates, in_whose_stead, may_act, open_turns
from keguan.runtime.processes.standing import PENDING, moved
from keguan.runtime.processes.telling import tell

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.models import Task
    from keguan.runtime.processes.standing import Standing


@dataclass(frozen=True, kw_only=True)
class Consult(TaskMove):
    """Ask one or several people for their opinion. One's own share waits until all have answered; they decide nothing.

    Whoever the case is about may be asked too: a statement is not handling.
    """

    name: ClassVar[str] = "cases.consult"
    staff_ids: tuple[int, ...]
    opinion: str

    def check(self) -> None:
        """Refuse no question, nobody, oneself, the step's handlers, and whoever left or may not see the class."""
        standing, task = self.held
        share = self.share
        said(self.opinion, 1)
        for staff_id in several(self.staff_ids, self.viewer.staff_id):
            refuse_handling(standing, task, chosen(standing, staff_id), but=share)

    def do(self) -> Moved:
        """Their shares are open, the asker's waits."""
        standing, task = self.held
        share = self.take()
        asked = [
            add_share(standing, task, ShareKind.CONSULT, Holder(staff_id), asked_by=share)
            for staff_id in dict.fromkeys(self.staff_ids)
        ]
        share.state = ShareState.WAITING
        share.save(update_fields=["state"])
        data = {"share": share.pk, "asked": [each.pk for each in asked], "people": [each.staff_id for each in asked]}
        to = asked[0].staff_id if len(asked) == 1 else None
        words = self.opinion.strip()
        moved(standing, MoveKind.CONSULT, self.viewer, task, opinion=words, to=to, data=data, for_id=self.stead)
        return outcome_of_move(standing)


@dataclass(frozen=True, kw_only=True)
class AnswerConsult(TaskMove):
    """Give the opinion that one was asked for; with the last answer the step is the asker's again."""

    name: ClassVar[str] = "cases.answer"
    opinion: str

    def check(self) -> None:
        """Refuse whoever was not asked, and an empty answer."""
        _asked(*self.held, self.viewer)
        said(self.opinion, 1)

    def do(self) -> Moved:
        """The answer is signed; the asker is told."""
        standing, task = self.held
        share = _asked(standing, task, self.viewer)
        stead = in_whose_stead(standing, share, self.viewer)
        share.state, share.opinion, share.for_id = ShareState.DONE, self.opinion.strip(), stead
        share.acted_by_id, share.acted_by_name = self.viewer.staff_id, self.viewer.name
        share.acted_at = standing.now
        digest = signing.values_digest(standing, task)
        share.signature = signing.sign(standing, share, digest)
        share.save(
            update_fields=["state", "opinion", "for_id", "acted_by_id", "acted_by_name", "acted_at", "signature"]
        )
        if share.asked_by is not None:
            asker = candidates(standing, share.asked_by)
            tell(standing, asker - {self.viewer.staff_id}, "cases.answered", f"answer:{share.pk}", task)
        opened = open_turns(standing, task)
        data = {"share": share.pk, "back": [each.pk for each in opened], signing.DIGEST: digest}
        moved(standing, MoveKind.ANSWER, self.viewer, task, opinion=share.opinion, data=data, for_id=stead)
        return outcome_of_move(standing)


@dataclass(frozen=True, kw_only=True)
class RecallConsult(TaskMove):
    """Take the questions back that have not been answered: the step is one's own again at once."""

    name: ClassVar[str] = "cases.recall"

    def check(self) -> None:
        """Refuse whoever has asked nobody."""
        if not self._open(self.held[0], self.held[1]):
            raise Refused("cases.asked_nobody", gettext_lazy("您没有还在等答复的委派，不用收回。"))

    def do(self) -> Moved:
        """Those who were asked need not answer, and are told."""
        standing, task = self.held
        asked = self._open(standing, task)
        for share in asked:
            share.state = ShareState.REMOVED
            share.save(update_fields=["state"])
            key = f"unasked:{share.pk}"
            tell(standing, candidates(standing, share), "cases.recalled", key, task)
        open_turns(standing, task)
        data = {"asked": [share.pk for share in asked]}
        moved(standing, MoveKind.RECALL, self.viewer, task, data=data)
        return outcome_of_move(standing)

    def _open(self, standing: Standing, task: Task) -> list[Share]:
        """The viewer's questions without an answer."""
        shares = standing.shares_of(task)
        own = {each.pk for each in shares if each.state in PENDING and _is(standing, each, self.viewer)}
        return [
            each
            for each in shares
            if each.kind == ShareKind.CONSULT and each.state in PENDING and each.asked_by_id in own
        ]


def _asked(standing: Standing, task: Task, viewer: Viewer) -> Share:
    """The viewer's open question. Raises ``Refused`` (``cases.not_asked``)."""
    for share in standing.shares_of(task):
        if share.kind == ShareKind.CONSULT and may_act(standing, share, viewer) is None:
            return share
    raise wrong("cases.not_asked", "opinion", _("这一步没有等您答复的委派，可能已经收回或办完。"))


def _is(standing: Standing, share: Share, viewer: Viewer) -> bool:
    """Whether the share is the viewer's, or that of somebody whom they stand in for, whatever its state."""
    return viewer.staff_id in candidates(standing, share) or in_whose_stead(standing, share, viewer) is not None
