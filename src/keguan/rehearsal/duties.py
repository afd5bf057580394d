"""What people do to what they owe, by the actions that pages call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.testing.staged.events import DutyAct
from keguan.rehearsal.cases import typed
from keguan.rehearsal.missing import Missing
from keguan.runtime.duties import actions as does

if TYPE_CHECKING:
    from keguan.language.testing.staged.events import DutyMove
    from keguan.rehearsal.scene import Doable, Scene
    from keguan.rehearsal.stored import Row


def act(event: DutyMove, scene: Scene) -> None:
    """Do it. Raises ``Refused``, ``Missing`` and ``Problem``."""
    _action(event, scene, _duty(event, scene)["id"]).run()


def _duty(event: DutyMove, scene: Scene) -> Row:
    """The duty that is meant: of several the one that is open and due first. Raises ``Missing``."""
    found = scene.duties(event.duty)
    standing = sorted(
        (duty for duty in found if duty["state"] == "open"), key=lambda duty: (duty["due_at"], duty["id"])
    )
    if standing or found:
        return (standing or found)[0]
    say, label = scene.words.say, event.duty.label
    raise Missing(say(f"待办“{label}”", f"a duty “{label}”"), say("一项也没有", "none"))


def _action(event: DutyMove, scene: Scene, duty_id: int) -> Doable:
    viewer = scene.viewer(event.said.by)
    match event.kind:
        case DutyAct.EXEMPT:
            return does.ExemptDuty(viewer=viewer, duty_id=duty_id, reason=event.reason)
        case DutyAct.CANCEL:
            return does.CancelDuty(viewer=viewer, duty_id=duty_id, reason=event.reason)
        case DutyAct.CLAIM:
            return does.ClaimDuty(viewer=viewer, duty_id=duty_id)
        case DutyAct.RELEASE:
            return does.ReleaseDuty(viewer=viewer, duty_id=duty_id)
        case DutyAct.HAND_OVER:
            to = scene.company.id(event.to or "")
            return does.HandOverDuty(viewer=viewer, duty_id=duty_id, staff_id=to, note=event.reason)
        case DutyAct.DISCHARGE:
            values = {code.rpartition(".")[2]: value for code, value in typed(event.values, scene).items()}
            return does.DischargeDuty(
                viewer=viewer,
                duty_id=duty_id,
                values=values,
                checked=dict(event.checked),
                evidence_id=None if event.proof is None else scene.record(event.proof).id,
                note=event.reason,
            )
