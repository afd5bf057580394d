"""The job of departures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keguan.runtime.departures import handing_over
from keguan.runtime.jobs.actions import job

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.runtime.jobs.actions import Progress


@job(handing_over.HAND_OVER_JOB)
def hand_over(arguments: Mapping[str, Any], progress: Progress) -> str:
    """Give to a successor what is left of what somebody had in hand."""
    return handing_over.work(int(arguments["handing_id"]), progress)
