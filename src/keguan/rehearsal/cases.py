"""What people do to cases, by the actions that pages call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.testing.staged.events import Move
from keguan.language.testing.staged.scenario import RecordRef
from keguan.rehearsal import passing
from keguan.rehearsal.missing import Missing
from keguan.rehearsal.stored import rows
from keguan.runtime.processes import actions as does

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from keguan.language.testing.staged.events import CaseMove
    from keguan.language.testing.staged.scenario import FormValue
    from keguan.rehearsal.scene import Doable, Scene
    from keguan.rehearsal.stored import Row
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.records.validation import Typed

_ADDED = ("before", "beside", "after")


def move(event: CaseMove, scene: Scene) -> None:
    """Do it. Raises ``Refused``, ``Missing`` and ``Problem``."""
    _Doing(event, scene).action().run()


class _Doing:
    """One move with what it is about."""

    def __init__(self, event: CaseMove, scene: Scene) -> None:
        self._event, self._scene = event, scene
        self._viewer: Viewer = scene.viewer(event.said.by)

    def action(self) -> Doable:
        """The action. Raises ``Missing`` and ``Problem``."""
        if self._event.kind is Move.START:
            return self._start()
        step = self._event.step
        case = self._scene.case(self._event.case, step.step if step else None)
        on_case = _ON_CASE.get(self._event.kind)
        if on_case is not None:
            return on_case(self, case)
        task = self._scene.task(case, step.step if step else "")
        return _ON_TASK[self._event.kind](self, case, task)

    def _start(self) -> Doable:
        ref = self._event.case
        if ref.process is None or ref.record is None:
            raise KeyError(self._event.kind)
        return does.StartCase(
            viewer=self._viewer,
            process=ref.process,
            record_id=self._scene.record(ref.record).id,
            values=self._typed(),
            checked=dict(self._event.checked),
            opinion=self._event.opinion,
            complete=self._event.complete,
            outcome=self._event.outcome,
        )

    def complete(self, case: Row, task: Row) -> Doable:
        event = self._event
        return does.CompleteStep(
            viewer=self._viewer,
            task_id=task["id"],
            version=case["version"],
            outcome=event.outcome,
            values=self._typed(),
            checked=dict(event.checked),
            opinion=event.opinion,
        )

    def save(self, case: Row, task: Row) -> Doable:
        """暂存."""
        return does.SaveForm(viewer=self._viewer, values=self._typed(), **self._at(case, task))

    def claim(self, case: Row, task: Row) -> Doable:
        return does.ClaimShare(viewer=self._viewer, task_id=task["id"], version=case["version"])

    def release(self, case: Row, task: Row) -> Doable:
        return does.ReleaseShare(viewer=self._viewer, task_id=task["id"], version=case["version"])

    def hand_on(self, case: Row, task: Row) -> Doable:
        (staff_id,) = self._to()[:1]
        where, opinion = self._at(case, task), self._event.opinion
        return does.HandOn(viewer=self._viewer, staff_id=staff_id, opinion=opinion, **where)

    def consult(self, case: Row, task: Row) -> Doable:
        where, opinion = self._at(case, task), self._event.opinion
        return does.Consult(viewer=self._viewer, staff_ids=self._to(), opinion=opinion, **where)

    def answer(self, case: Row, task: Row) -> Doable:
        return does.AnswerConsult(viewer=self._viewer, opinion=self._event.opinion, **self._at(case, task))

    def recall_consult(self, case: Row, task: Row) -> Doable:
        return does.RecallConsult(viewer=self._viewer, **self._at(case, task))

    def add_signer(self, case: Row, task: Row) -> Doable:
        event = self._event
        return does.AddSigner(
            viewer=self._viewer,
            staff_ids=self._to(),
            where=event.where.value,
            opinion=event.opinion,
            **self._at(case, task),
        )

    def remove_signer(self, case: Row, task: Row) -> Doable:
        """Of the one who was added. Raises ``Missing`` when nobody of that name was."""
        (staff_id,) = self._to()[:1]
        added = [
            share
            for share in rows("processes.Share", task_id=task["id"], staff_id=staff_id)
            if share["kind"] in _ADDED and share["state"] in ("open", "waiting")
        ]
        if not added:
            say, name = self._scene.words.say, self._event.to[0]
            raise Missing(say(f"给{name}加的签", f"{name} among those added"), say("没有", "nobody"))
        return does.RemoveSigner(viewer=self._viewer, share_id=added[-1]["id"], **self._at(case, task))

    def return_(self, case: Row, task: Row) -> Doable:
        to, opinion = self._event.target, self._event.opinion
        step, at = to.step if to else "", self._at(case, task)
        return does.ReturnTo(viewer=self._viewer, step=step, opinion=opinion, straight=False, **at)

    def recall(self, case: Row) -> Doable:
        return does.Recall(viewer=self._viewer, case_id=case["id"], version=case["version"])

    def urge(self, case: Row) -> Doable:
        return does.Urge(viewer=self._viewer, case_id=case["id"], opinion=self._event.opinion)

    def copy(self, case: Row) -> Doable:
        opinion = self._event.opinion
        return does.CopyTo(viewer=self._viewer, case_id=case["id"], staff_ids=self._to(), opinion=opinion)

    def comment(self, case: Row) -> Doable:
        return does.Comment(viewer=self._viewer, case_id=case["id"], opinion=self._event.opinion)

    def pause(self, case: Row) -> Doable:
        event = self._event
        return does.PauseCase(viewer=self._viewer, reason=event.reason, opinion=event.opinion, **self._on(case))

    def resume(self, case: Row) -> Doable:
        return does.ResumeCase(viewer=self._viewer, **self._on(case))

    def extend(self, case: Row) -> Doable:
        event = self._event
        if event.until is None:
            raise KeyError(event.kind)
        return does.ChangeDeadline(
            viewer=self._viewer,
            due_at=passing.moment(event.until),
            opinion=event.opinion,
            task_id=self._scene.task(case, event.step.step)["id"] if event.step else None,
            case_id=case["id"],
            version=case["version"],
        )

    def withdraw(self, case: Row) -> Doable:
        opinion, case_id = self._event.opinion, case["id"]
        return does.WithdrawCase(viewer=self._viewer, opinion=opinion, case_id=case_id, version=case["version"])

    def terminate(self, case: Row) -> Doable:
        return does.TerminateCase(viewer=self._viewer, opinion=self._event.opinion, **self._on(case))

    def reopen(self, case: Row) -> Doable:
        event = self._event
        step = event.step.step if event.step else ""
        return does.ReopenCase(viewer=self._viewer, step=step, opinion=event.opinion, **self._on(case))

    def merge(self, case: Row) -> Doable:
        event = self._event
        if event.into is None:
            raise KeyError(event.kind)
        into = self._scene.case(event.into)["id"]
        return does.MergeCase(viewer=self._viewer, into_case_id=into, opinion=event.opinion, **self._on(case))

    def _at(self, case: Row, task: Row) -> dict[str, int]:
        return {"task_id": task["id"], "version": case["version"]}

    def _on(self, case: Row) -> dict[str, int]:
        return {"case_id": case["id"], "version": case["version"]}

    def _to(self) -> tuple[int, ...]:
        return tuple(self._scene.company.id(name) for name in self._event.to)

    def _typed(self) -> dict[str, Typed]:
        return typed(self._event.values, self._scene)


def typed(values: Mapping[str, FormValue], scene: Scene) -> dict[str, Typed]:
    """What is filled in, as people type it: a record by its id. Raises ``Problem``."""
    return {
        code: str(scene.record(value).id) if isinstance(value, RecordRef) else value for code, value in values.items()
    }


_ON_TASK: dict[Move, Callable[[_Doing, Row, Row], Doable]] = {
    Move.COMPLETE: _Doing.complete,
    Move.SAVE: _Doing.save,
    Move.CLAIM: _Doing.claim,
    Move.RELEASE: _Doing.release,
    Move.TRANSFER: _Doing.hand_on,
    Move.CONSULT: _Doing.consult,
    Move.ANSWER: _Doing.answer,
    Move.RECALL_CONSULT: _Doing.recall_consult,
    Move.ADD_SIGNER: _Doing.add_signer,
    Move.REMOVE_SIGNER: _Doing.remove_signer,
    Move.RETURN: _Doing.return_,
}
_ON_CASE: dict[Move, Callable[[_Doing, Row], Doable]] = {
    Move.RECALL: _Doing.recall,
    Move.URGE: _Doing.urge,
    Move.COPY: _Doing.copy,
    Move.COMMENT: _Doing.comment,
    Move.PAUSE: _Doing.pause,
    Move.RESUME: _Doing.resume,
    Move.EXTEND: _Doing.extend,
    Move.WITHDRAW: _Doing.withdraw,
    Move.TERMINATE: _Doing.terminate,
    Move.REOPEN: _Doing.reopen,
    Move.MERGE: _Doing.merge,
}
