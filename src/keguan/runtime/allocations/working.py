"""Doing what a run waits for, as a job: working it out, or handing it over. May be killed at any line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.allocations.drafting import draft
from keguan.runtime.allocations.handing import HandOverRun
from keguan.runtime.allocations.models import Run, RunState
from keguan.runtime.jobs.actions import Cancelled
from keguan.runtime.policies.queries import pinned

if TYPE_CHECKING:
    from keguan.runtime.jobs.actions import Progress


def work_out(run_id: int, progress: Progress) -> str:
    """Work a run out; the summary. A run that was called off meanwhile is withdrawn. Raises ``Cancelled``."""
    with pinned():
        try:
            draft(run_id, progress)
        except Cancelled:
            Run.objects.filter(pk=run_id, state=RunState.DRAFTING).update(state=RunState.WITHDRAWN)
            raise
    run = Run.objects.get(pk=run_id)
    figures = {"pooled": f"{run.pooled:,}", "given": f"{run.given:,}"}
    return _("可分 %(pooled)s 份，拟分出 %(given)s 份，等人确认。") % figures


def hand_over(run_id: int, progress: Progress) -> str:
    """Hand over what is left of a confirmed run; the summary. It cannot be called off half-way."""
    while True:
        with pinned():
            step = HandOverRun(run_id=run_id).run()
        run = Run.objects.get(pk=run_id)
        progress.step(run.handed + run.spared, run.given)
        if not step.recipients:
            break
    figures = {"handed": f"{run.handed:,}", "spared": f"{run.spared:,}"}
    return _("分出 %(handed)s 份，另有 %(spared)s 份已经不在原处，没有分。") % figures
