"""What a viewer may do to a case now, and for what they may not, why.

Whether a move may be made is asked of the action itself, which is never run: so a button never promises what the action
then refuses, but for what is still to be chosen or written with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes import actions
from keguan.runtime.processes.choosing import holding
from keguan.runtime.processes.managing import manages
from keguan.runtime.processes.models import Case, CaseState, ShareKind, ShareState, TaskState
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.paths import steps_behind
from keguan.runtime.processes.seating import candidates, may_act, share_for
from keguan.runtime.processes.standing import PENDING, SIGNING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.ledger.actions import Action
    from keguan.runtime.processes.models import Share, Task
    from keguan.runtime.processes.standing import Standing

_WORDS = "……………………"
"""Stands for words that are still to be written."""

_REPEATS = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to make a move: a way out of a step, a step to go back to, a share to take back, another case."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Button:
    """A move. ``task_id`` is the step on which it is made (None: on the case), ``reason`` why the viewer may not make
    it (empty: they may), ``choices`` what is to be chosen with it.
    """

    kind: str
    label: str
    task_id: int | None = None
    reason: str = ""
    choices: tuple[Choice, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether the viewer may make the move."""
        return not self.reason


def own_tasks(viewer: Viewer, standing: Standing) -> tuple[Task, ...]:
    """The open steps on which the viewer may act now, oldest first."""
    if standing.case.state != CaseState.OPEN:
        return ()
    return tuple(task for task in standing.alive if _refused(viewer, standing, task) is None)


def buttons(viewer: Viewer, standing: Standing, mine: Sequence[Task]) -> tuple[Button, ...]:
    """Every move that the viewer may make, and those that they might expect, with the reason why not."""
    if viewer.staff_id is None:
        return ()
    if standing.case.state != CaseState.OPEN:
        return tuple(_of_closed(viewer, standing))
    found: list[Button] = []
    for task in standing.alive:
        if task.state == TaskState.OPEN:
            found += _of_task(viewer, standing, task, own=task in mine)
    return (*found, *_of_case(viewer, standing, mine))


def _of_task(viewer: Viewer, standing: Standing, task: Task, *, own: bool) -> Iterator[Button]:
    step, shares = standing.step(task), standing.shares_of(task)
    asked = any(share.kind == ShareKind.CONSULT and may_act(standing, share, viewer) is None for share in shares)
    if asked:
        yield _button(MoveKind.ANSWER, task)
    if own:
        labels = [outcome.label for outcome in step.outcomes if outcome.label and not outcome.otherwise]
        by_form = step.form is not None and standing.model.blocks.forms[step.form].outcome is not None
        yield _button(MoveKind.COMPLETE, task, choices=() if by_form else tuple(Choice(each, each) for each in labels))
        if step.form is not None:
            yield _button(MoveKind.SAVE, task)
        yield from _of_own(viewer, standing, task)
    elif not asked:
        refused = _refused(viewer, standing, task)
        yield _button(MoveKind.COMPLETE, task, "" if refused is None else refused.message)
    added = _added(viewer, standing, task)
    if added:
        yield _button(MoveKind.REMOVE_SIGNER, task, choices=added)


def _of_own(viewer: Viewer, standing: Standing, task: Task) -> Iterator[Button]:
    open_ = [
        share
        for share in standing.shares_of(task)
        if share.kind in SIGNING and share.state == ShareState.OPEN and share.role
    ]
    if any(share.staff_id is None and viewer.staff_id in candidates(standing, share) for share in open_):
        yield _button(MoveKind.CLAIM, task)
    if any(share.staff_id == viewer.staff_id for share in open_):
        yield _button(MoveKind.RELEASE, task)
    back = _steps(standing, viewer, steps_behind(standing, task))
    yield _button(MoveKind.RETURN, task, "" if back else _("这一步之前没有办过的步骤，不能退回。"), back)
    for kind in (MoveKind.TRANSFER, MoveKind.CONSULT, MoveKind.ADD_SIGNER):
        yield _button(kind, task)


def _of_case(viewer: Viewer, standing: Standing, mine: Sequence[Task]) -> Iterator[Button]:
    case_id, version = standing.case.pk, standing.case.version
    yield _button(MoveKind.COMMENT)
    probes: list[tuple[MoveKind, Action[actions.Moved]]] = [
        (MoveKind.COPY, actions.CopyTo(viewer=viewer, case_id=case_id, staff_ids=())),
        (MoveKind.URGE, actions.Urge(viewer=viewer, case_id=case_id)),
        (MoveKind.RECALL, actions.Recall(viewer=viewer, case_id=case_id, version=version)),
        (MoveKind.WITHDRAW, actions.WithdrawCase(viewer=viewer, case_id=case_id, version=version, opinion=_WORDS)),
        (MoveKind.TERMINATE, actions.TerminateCase(viewer=viewer, case_id=case_id, version=version, opinion=_WORDS)),
        (
            MoveKind.EXTEND,
            actions.ChangeDeadline(
                viewer=viewer, case_id=case_id, version=version, opinion=_WORDS, due_at=standing.now
            ),
        ),
    ]
    reasons = standing.process.pause.reasons
    if standing.case.paused_at is not None:
        probes.append((MoveKind.RESUME, actions.ResumeCase(viewer=viewer, case_id=case_id, version=version)))
    elif reasons:
        pause = actions.PauseCase(viewer=viewer, case_id=case_id, version=version, reason=reasons[0])
        probes.append((MoveKind.PAUSE, pause))
    for kind, action in probes:
        choices = tuple(Choice(each, each) for each in reasons) if kind is MoveKind.PAUSE else ()
        yield _button(kind, reason=_probed(action, standing), choices=choices)
    yield _merge(viewer, standing, mine)


def _of_closed(viewer: Viewer, standing: Standing) -> Iterator[Button]:
    case = standing.case
    yield _button(MoveKind.COMMENT)
    first = standing.process.steps[0].code
    done = [each.code for each in standing.process.steps if each.code == first or standing.last_done(each.code)]
    probe = actions.ReopenCase(
        viewer=viewer, case_id=case.pk, version=case.version, step=standing.process.steps[0].code, opinion=_WORDS
    )
    yield _button(MoveKind.REOPEN, reason=_probed(probe, standing), choices=_steps(standing, viewer, done))


def _merge(viewer: Viewer, standing: Standing, mine: Sequence[Task]) -> Button:
    """Into another open case of the process over the same record: that is what a repeat is."""
    case = standing.case
    if not mine and viewer.staff_id not in holding(standing) and not manages(standing, viewer):
        return _button(MoveKind.MERGE, reason=_("只有正在办理这个案件的人或部门负责人可以并案。"))
    others = Case.objects.filter(
        record_type=case.record_type, record_id=case.record_id, process=case.process, state=CaseState.OPEN
    ).exclude(pk=case.pk)
    found = others.order_by("id").values_list("id", "number")[:_REPEATS]
    choices = tuple(Choice(str(other), number or f"#{other}") for other, number in found)
    return _button(MoveKind.MERGE, choices=choices)


def _button(kind: MoveKind, task: Task | None = None, reason: str = "", choices: tuple[Choice, ...] = ()) -> Button:
    return Button(kind.value, str(kind.label), None if task is None else task.pk, reason, choices)


def _probed(action: Action[actions.Moved], standing: Standing) -> str:
    """Why the action would be refused; empty where it would not, or only for what is still to be chosen or written.

    It looks at this very case instead of reading and locking it again.
    """
    action.__dict__["held"] = standing
    try:
        action.check()
    except Refused as refused:
        return "" if refused.fields else refused.message
    return ""


def _refused(viewer: Viewer, standing: Standing, task: Task) -> Refused | None:
    try:
        share_for(standing, task, viewer)
    except Refused as refused:
        return refused
    return None


def _steps(standing: Standing, viewer: Viewer, codes: Sequence[str]) -> tuple[Choice, ...]:
    return tuple(Choice(code, standing.process.step(code).label.text(viewer.language)) for code in codes)


def _added(viewer: Viewer, standing: Standing, task: Task) -> tuple[Choice, ...]:
    """The shares of those whom the viewer has added to the step and who have not acted."""
    shares = standing.shares_of(task)
    pending = {share.pk for share in shares if share.state in PENDING}
    own = {share.pk for share in shares if viewer.staff_id in (share.staff_id, share.acted_by_id)} & pending
    kinds = (ShareKind.BEFORE, ShareKind.BESIDE, ShareKind.AFTER)
    added: list[Share] = [each for each in shares if each.kind in kinds and each.asked_by_id in own]
    return tuple(Choice(str(each.pk), str(each.staff_id or "")) for each in added if each.pk in pending)
