"""What people decide about proposed consequences, by the actions that pages call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.consequence import Measure
from keguan.language.testing.staged.events import Decided
from keguan.rehearsal.missing import Missing
from keguan.rehearsal.proposed import proposals
from keguan.runtime.consequences.actions import ApproveConsequence, ObjectToConsequence, RejectConsequence
from keguan.runtime.consequences.queries import read_amount

if TYPE_CHECKING:
    from keguan.language.testing.staged.events import Verdict
    from keguan.rehearsal.scene import Scene
    from keguan.rehearsal.stored import Row


def decide(event: Verdict, scene: Scene) -> None:
    """Do it. Raises ``Refused``, ``Missing`` and ``Problem``."""
    viewer, found = scene.viewer(event.said.by), _proposal(event, scene)
    about, version = found["id"], found["version"]
    if event.kind is Decided.OBJECT:
        ObjectToConsequence(viewer=viewer, proposal_id=about, version=version, reason=event.opinion).run()
    elif event.kind is Decided.TURN_DOWN:
        RejectConsequence(viewer=viewer, proposal_id=about, version=version, opinion=event.opinion).run()
    else:
        ApproveConsequence(
            viewer=viewer,
            proposal_id=about,
            version=version,
            amount=read_amount(Measure(found["measure"]), event.amount) if event.amount else None,
            staff_id=None if event.chosen is None else scene.company.id(event.chosen),
            opinion=event.opinion,
        ).run()


def _proposal(event: Verdict, scene: Scene) -> Row:
    """The one that is meant: of several the newest that waits to be decided, or else the newest. Raises ``Missing``."""
    found = proposals(event, scene)
    waiting = [each for each in found if each["state"] == "proposed"]
    if found:
        return (waiting or found)[-1]
    say = scene.words.say
    raise Missing(say("这样的奖惩", "such a consequence"), say("一项也没有", "none"))
