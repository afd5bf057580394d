"""A move by its kind and what was given with it → the action that makes it, for every door alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes import actions
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.records.validation import Typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.ledger.actions import Action

    Make = Callable[["Viewer", int, "MoveInputs"], Action[actions.Moved]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveInputs:
    """What came with a move; each kind takes what it needs. ``version`` is the case's as the person saw it; somebody is
    added ``where``: ``before``, ``beside`` or ``after``.
    """

    kind: str
    version: int = 0
    task_id: int | None = None
    outcome: str = ""
    values: Mapping[str, Typed] = field(default_factory=dict)
    checked: Mapping[str, bool] = field(default_factory=dict)
    opinion: str = ""
    staff_ids: tuple[int, ...] = ()
    where: str = ""
    share_id: int | None = None
    step: str = ""
    straight: bool = False
    reason: str = ""
    due_at: datetime | None = None
    beyond_total: bool = False
    by_customer: bool = False
    into_case_id: int | None = None


def move(viewer: Viewer, case_id: int, given: MoveInputs) -> actions.Moved:
    """Make the move. Raises ``Refused``: ``cases.move`` for a kind that nobody makes by hand or an input it needs."""
    make = _MOVES.get(given.kind)
    if make is None:
        raise Refused("cases.move", _("没有这种办理动作。"))
    return make(viewer, case_id, given).run()


def _task(given: MoveInputs) -> int:
    return _needed("task_id", given.task_id)


def _needed(name: str, value: int | None) -> int:
    if value is None:
        message = _("这个动作还需要这一项。")
        raise Refused("cases.move", message, {name: message})
    return value


def _complete(viewer: Viewer, _case_id: int, given: MoveInputs) -> Action[actions.Moved]:
    return actions.CompleteStep(
        viewer=viewer,
        task_id=_task(given),
        version=given.version,
        outcome=given.outcome,
        values=given.values,
        checked=given.checked,
        opinion=given.opinion,
    )


def _transfer(viewer: Viewer, _case_id: int, given: MoveInputs) -> Action[actions.Moved]:
    to = _needed("staff_ids", given.staff_ids[0] if given.staff_ids else None)
    return actions.HandOn(
        viewer=viewer, task_id=_task(given), version=given.version, staff_id=to, opinion=given.opinion
    )


def _add_signer(viewer: Viewer, _case_id: int, given: MoveInputs) -> Action[actions.Moved]:
    return actions.AddSigner(
        viewer=viewer,
        task_id=_task(given),
        version=given.version,
        staff_ids=tuple(given.staff_ids),
        where=given.where,
        opinion=given.opinion,
    )


def _remove_signer(viewer: Viewer, _case_id: int, given: MoveInputs) -> Action[actions.Moved]:
    share_id = _needed("share_id", given.share_id)
    return actions.RemoveSigner(viewer=viewer, task_id=_task(given), version=given.version, share_id=share_id)


def _extend(viewer: Viewer, case_id: int, given: MoveInputs) -> Action[actions.Moved]:
    if given.due_at is None:
        message = _("请写明新的期限。")
        raise Refused("cases.move", message, {"due_at": message})
    return actions.ChangeDeadline(
        viewer=viewer,
        case_id=case_id,
        version=given.version,
        due_at=given.due_at,
        opinion=given.opinion,
        task_id=given.task_id,
        beyond_total=given.beyond_total,
    )


def _withdraw(viewer: Viewer, case_id: int, given: MoveInputs) -> Action[actions.Moved]:
    return actions.WithdrawCase(
        viewer=viewer, case_id=case_id, version=given.version, opinion=given.opinion, by_customer=given.by_customer
    )


def _merge(viewer: Viewer, case_id: int, given: MoveInputs) -> Action[actions.Moved]:
    into = _needed("into_case_id", given.into_case_id)
    return actions.MergeCase(
        viewer=viewer, case_id=case_id, version=given.version, into_case_id=into, opinion=given.opinion
    )


def _recall(viewer: Viewer, case_id: int, given: MoveInputs) -> Action[actions.Moved]:
    """With a step: the questions that one has asked there; without: what one has completed last."""
    if given.task_id is not None:
        return actions.RecallConsult(viewer=viewer, task_id=given.task_id, version=given.version)
    return actions.Recall(viewer=viewer, case_id=case_id, version=given.version)


_MOVES: dict[str, Make] = {
    MoveKind.COMPLETE: _complete,
    MoveKind.SAVE: lambda viewer, _case, given: actions.SaveForm(
        viewer=viewer, task_id=_task(given), version=given.version, values=given.values
    ),
    MoveKind.CLAIM: lambda viewer, _case, given: actions.ClaimShare(
        viewer=viewer, task_id=_task(given), version=given.version
    ),
    MoveKind.RELEASE: lambda viewer, _case, given: actions.ReleaseShare(
        viewer=viewer, task_id=_task(given), version=given.version
    ),
    MoveKind.TRANSFER: _transfer,
    MoveKind.CONSULT: lambda viewer, _case, given: actions.Consult(
        viewer=viewer,
        task_id=_task(given),
        version=given.version,
        staff_ids=tuple(given.staff_ids),
        opinion=given.opinion,
    ),
    MoveKind.ANSWER: lambda viewer, _case, given: actions.AnswerConsult(
        viewer=viewer, task_id=_task(given), version=given.version, opinion=given.opinion
    ),
    MoveKind.ADD_SIGNER: _add_signer,
    MoveKind.REMOVE_SIGNER: _remove_signer,
    MoveKind.RETURN: lambda viewer, _case, given: actions.ReturnTo(
        viewer=viewer,
        task_id=_task(given),
        version=given.version,
        step=given.step,
        opinion=given.opinion,
        straight=given.straight,
    ),
    MoveKind.RECALL: _recall,
    MoveKind.URGE: lambda viewer, case_id, given: actions.Urge(
        viewer=viewer, case_id=case_id, version=given.version, opinion=given.opinion
    ),
    MoveKind.COPY: lambda viewer, case_id, given: actions.CopyTo(
        viewer=viewer,
        case_id=case_id,
        version=given.version,
        staff_ids=tuple(given.staff_ids),
        opinion=given.opinion,
    ),
    MoveKind.COMMENT: lambda viewer, case_id, given: actions.Comment(
        viewer=viewer,
        case_id=case_id,
        version=given.version,
        opinion=given.opinion,
        mentions=tuple(given.staff_ids),
    ),
    MoveKind.PAUSE: lambda viewer, case_id, given: actions.PauseCase(
        viewer=viewer, case_id=case_id, version=given.version, reason=given.reason, opinion=given.opinion
    ),
    MoveKind.RESUME: lambda viewer, case_id, given: actions.ResumeCase(
        viewer=viewer, case_id=case_id, version=given.version
    ),
    MoveKind.EXTEND: _extend,
    MoveKind.WITHDRAW: _withdraw,
    MoveKind.TERMINATE: lambda viewer, case_id, given: actions.TerminateCase(
        viewer=viewer, case_id=case_id, version=given.version, opinion=given.opinion
    ),
    MoveKind.REOPEN: lambda viewer, case_id, given: actions.ReopenCase(
        viewer=viewer, case_id=case_id, version=given.version, step=given.step, opinion=given.opinion
    ),
    MoveKind.MERGE: _merge,
}
"""How each kind of move that a person makes is made."""
