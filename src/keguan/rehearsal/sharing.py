"""Records are shared out, claimed from pools and given back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.rehearsal.stored import row
from keguan.runtime.allocations import working
from keguan.runtime.allocations.actions import BeginRun, ClaimRecord, ConfirmRun, ReturnRecord
from keguan.runtime.jobs.actions import Progress

if TYPE_CHECKING:
    from keguan.language.testing.staged.shared_out import PoolMove, SharedOut
    from keguan.rehearsal.scene import Scene


def share_out(event: SharedOut, scene: Scene) -> None:
    """Have it worked out, and handed over. Raises ``Refused``."""
    viewer = scene.viewer(event.said.by)
    run = BeginRun(viewer=viewer, allocation=event.allocation, wake=False).run()
    working.work_out(run, Progress(row("allocations.Run", run)["job_id"]))
    if event.confirmed:
        job = ConfirmRun(viewer=viewer, run_id=run, wake=False).run()
        working.hand_over(run, Progress(job))


def move(event: PoolMove, scene: Scene) -> None:
    """Take the record, or give it back. Raises ``Refused`` and ``Problem``."""
    viewer, record = scene.viewer(event.said.by), scene.record(event.record)
    if event.returned:
        ReturnRecord(viewer=viewer, pool=event.pool, id=record.id, reason=event.reason).run()
    else:
        ClaimRecord(viewer=viewer, pool=event.pool, id=record.id).run()
