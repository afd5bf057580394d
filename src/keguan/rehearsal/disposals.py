"""What becomes of records whose terms are over: a batch is submitted, watched, and carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.rehearsal.missing import Missing
from keguan.rehearsal.stored import row, rows
from keguan.runtime.jobs.actions import Progress
from keguan.runtime.retention import working
from keguan.runtime.retention.actions.appraise import SubmitBatch
from keguan.runtime.retention.actions.witness import WitnessBatch

if TYPE_CHECKING:
    from keguan.language.testing.staged.protected import DisposalMove
    from keguan.rehearsal.scene import Scene

_WITNESSED = "witnessed"


def move(event: DisposalMove, scene: Scene) -> None:
    """Do it; the last witness has it carried out. Raises ``Refused``, and ``Missing`` where nothing is due."""
    viewer = scene.viewer(event.said.by)
    found = rows("retention.Batch", record_type=event.record_type)
    if not found:
        say = scene.words.say
        raise Missing(say("一批到期的档案", "a batch of records that are due"), say("没有", "none"))
    batch = found[-1]["id"]
    if not event.witnessed:
        SubmitBatch(viewer=viewer, batch_id=batch, opinion=event.opinion).run()
        return
    session, password = scene.company.at_desk(event.said.by or "")
    WitnessBatch(viewer=viewer, batch_id=batch, session_id=session, password=password).run()
    after = row("retention.Batch", batch)
    if after["state"] == _WITNESSED:
        working.carry_out(batch, Progress(after["job_id"]))
