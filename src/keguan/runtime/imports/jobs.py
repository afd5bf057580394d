"""The jobs of imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keguan.runtime.imports import working
from keguan.runtime.imports.actions.start import RUN_JOB
from keguan.runtime.imports.actions.trial import TRIAL_JOB
from keguan.runtime.imports.actions.undo import UNDO_JOB
from keguan.runtime.imports.undo import working as undoing
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


@job(UNDO_JOB)
def undo(arguments: Mapping[str, Any], progress: Progress) -> str:
    """Take an import back."""
    return undoing.work(int(arguments["undoing_id"]), progress)
