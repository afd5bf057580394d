"""The jobs of allocations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keguan.runtime.allocations import working
from keguan.runtime.allocations.actions.runs import DRAFT_JOB, HAND_OVER_JOB
from keguan.runtime.jobs.actions import job

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.runtime.jobs.actions import Progress


@job(DRAFT_JOB)
def work_out(arguments: Mapping[str, Any], progress: Progress) -> str:
    """Work a run out."""
    return working.work_out(int(arguments["run_id"]), progress)


@job(HAND_OVER_JOB)
def hand_over(arguments: Mapping[str, Any], progress: Progress) -> str:
    """Hand over what is left of a confirmed run."""
    return working.hand_over(int(arguments["run_id"]), progress)
