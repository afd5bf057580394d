"""The jobs of imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keguan.runtime.imports import working
from keguan.runtime.imports.actions.start import RUN_JOB
from keguan.runtime.imports.actions.trial import TRIAL_JOB
from keguan.runtime.jobs.actions import job

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.runtime.jobs.actions import Progress


@job(RUN_JOB)
def run(arguments: Mapping[str, Any], progress: Progress) -> str:
    """Bring in what is not in yet."""
    return working.run(int(arguments["import_id"]), progress)


@job(TRIAL_JOB)
def try_out(arguments: Mapping[str, Any], progress: Progress) -> str:
    """Judge every row without writing."""
    return working.try_out(int(arguments["import_id"]), progress)
