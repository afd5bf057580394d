"""The jobs of retention."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keguan.runtime.jobs.actions import job
from keguan.runtime.retention import working
from keguan.runtime.retention.actions.witness import CARRY_OUT_JOB

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.runtime.jobs.actions import Progress


@job(CARRY_OUT_JOB)
def carry_out(arguments: Mapping[str, Any], progress: Progress) -> str:
    """Carry out what is left of a witnessed batch."""
    return working.carry_out(int(arguments["batch_id"]), progress)
