"""The job that reckons open deadlines again when the calendar has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from keguan.runtime.calendars.span import span_of
from keguan.runtime.jobs.actions import Progress, job
from keguan.runtime.processes.recounting import JOB, work

if TYPE_CHECKING:
    from collections.abc import Mapping


@job(JOB)
def reckon(arguments: Mapping[str, Any], progress: Progress) -> str:
    """Bring the deadlines of open cases to the calendar as it is."""
    count = work(arguments["version"], span_of(arguments), progress.step, lambda: progress.cancelled)
    return _("案件期限按日历重算：%(count)s 个有变动。") % {"count": count}
