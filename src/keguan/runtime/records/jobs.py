"""The jobs of records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keguan.runtime.jobs.actions import job
from keguan.runtime.records.actions.bulk_edit import BULK_JOB
from keguan.runtime.records.actions.scans import SCAN_JOB
from keguan.runtime.records.bulk import working
from keguan.runtime.records.suspects import scanning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.runtime.jobs.actions import Progress


@job(SCAN_JOB)
def scan(arguments: Mapping[str, Any], progress: Progress) -> str:
    """Search a type for pairs that may be one."""
    return scanning.scan(int(arguments["scan_id"]), progress)


@job(BULK_JOB)
def bulk_edit(arguments: Mapping[str, Any], progress: Progress) -> str:
    """Change many records."""
    return working.work(int(arguments["edit_id"]), progress)
