"""The job that follows a new key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keguan.runtime.jobs.actions import job
from keguan.runtime.keys import rotating
from keguan.runtime.keys.actions import FOLLOW_JOB

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.runtime.jobs.actions import Progress


@job(FOLLOW_JOB)
def follow(arguments: Mapping[str, Any], progress: Progress) -> str:
    """Bring everything under the newest key."""
    return rotating.follow(str(arguments["purpose"]), progress)
