"""The job that goes over many records for one row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keguan.runtime.duties.rounds import JOB, work
from keguan.runtime.jobs.actions import Progress, job

if TYPE_CHECKING:
    from collections.abc import Mapping


@job(JOB)
def make(arguments: Mapping[str, Any], progress: Progress) -> str:
    """Make what is owed by a row, and call off what is not any more."""
    return work(arguments["duty"], arguments["row"], progress.step, lambda: progress.cancelled)
