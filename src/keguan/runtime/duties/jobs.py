"""The jobs of duties: going over many records for one row, and reckoning again by a changed calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from keguan.runtime.calendars.span import span_of
from keguan.runtime.duties import reckoning
from keguan.runtime.duties.rounds import JOB, work
from keguan.runtime.jobs.actions import Progress, job

if TYPE_CHECKING:
    from collections.abc import Mapping


@job(JOB)
def make(arguments: Mapping[str, Any], progress: Progress) -> str:
    """Make what is owed by a row, and call off what is not any more."""
    return work(arguments["duty"], arguments["row"], progress.step, lambda: progress.cancelled)


@job(reckoning.JOB)
def reckon(arguments: Mapping[str, Any], progress: Progress) -> str:
    """Bring what is due to the calendar as it is."""
    count = reckoning.work(arguments["version"], span_of(arguments), progress.step, lambda: progress.cancelled)
    return _("待办期限按日历重算：%(count)s 项有变动。") % {"count": count}
