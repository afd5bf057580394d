"""The job of exports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keguan.runtime.exports import working
from keguan.runtime.exports.actions.begin import MAKE_JOB
from keguan.runtime.jobs.actions import job

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.runtime.jobs.actions import Progress


@job(MAKE_JOB)
def make(arguments: Mapping[str, Any], progress: Progress) -> str:
    """Make the file, if it is not there yet."""
    return working.make(int(arguments["export_id"]), progress)
