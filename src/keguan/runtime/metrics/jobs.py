"""When figures are worked out: on a new day, after a publication, and when somebody asks."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from keguan.language.model.metric import period_of
from keguan.runtime import clock
from keguan.runtime.decisions.queries import due as decisions_due
from keguan.runtime.jobs.actions import enqueue, job
from keguan.runtime.jobs.queries import unfinished
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.metrics.computing import work_out
from keguan.runtime.metrics.declared import declared_figures
from keguan.runtime.metrics.models import WHOLE, Run, Value
from keguan.runtime.policies.queries import current, in_force_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.metric import Figure, Metric
    from keguan.runtime.jobs.actions import Progress
    from keguan.runtime.policies.events import Published
    from keguan.runtime.policies.queries import Current

    Task = tuple[Metric, Figure, tuple[date, date]]

COMPUTE_JOB = "metrics.compute"


def catch_up() -> None:
    """Put the job in the queue where something is left to do today; cheap otherwise. Called every minute by the worker.

    Figures read facts and outcomes as they are stored, so those of the new day come first.
    """
    policy = in_force_on(clock.today())
    if policy is None or not policy.model.blocks.metrics or decisions_due():
        return
    if left(policy) and not unfinished(COMPUTE_JOB):
        enqueue(COMPUTE_JOB, {})


def published(event: Published) -> None:
    """A publication that is in force at once has its figures worked out."""
    policy = current()
    if policy.publication_id in event.publication_ids and policy.model.blocks.metrics:
        enqueue(COMPUTE_JOB, {})


@job(COMPUTE_JOB)
def compute(arguments: Mapping[str, Any], progress: Progress) -> str:
    """Work out what is left to do, a figure at a time: what was done before a death is not done again.

    With ``since`` (a moment) everything that was last worked out before it is left to do; with ``figure`` and ``start``
    only this figure for the period that began on that day.
    """
    policy = current()
    since = datetime.fromisoformat(arguments["since"]) if "since" in arguments else None
    if "figure" in arguments:
        tasks = _one(policy, str(arguments["figure"]), date.fromisoformat(arguments["start"]), since)
    else:
        tasks = left(policy, since)
    for done, (metric, figure, period) in enumerate(tasks):
        progress.step(done, len(tasks))
        progress.say(_("正在计算“%(figure)s”") % {"figure": figure.label.zh})
        work_out(policy, metric, figure, period, lambda: progress.cancelled, str(arguments.get("by", SYSTEM.name)))
    progress.step(len(tasks), len(tasks))
    return _("算出 %(count)s 项指标。") % {"count": len(tasks)}


def left(policy: Current, since: datetime | None = None) -> list[Task]:
    """The figures and periods that are not worked out yet for this day by this policy (``since``: not since then):
    those that run, and those that are over and not closed. Two queries.
    """
    today = clock.today()
    runs = Run.objects.filter(day=today, publication_id=policy.publication_id)
    if since is not None:
        runs = runs.filter(at__gte=since)
    done = set(runs.values_list("figure", "period_start"))
    declared = declared_figures(policy.model)
    waiting = Value.objects.filter(closed=False, group=WHOLE, period_end__lt=today, figure__in=declared)
    found = [
        (*declared[figure], (start, end))
        for figure, start, end in waiting.order_by("period_end").values_list("figure", "period_start", "period_end")
    ]
    for metric, figure in declared.values():
        period = period_of(figure.period, today)
        if (figure.code, period[0]) not in done:
            found.append((metric, figure, period))
    return found


def _one(policy: Current, code: str, start: date, since: datetime | None) -> list[Task]:
    """One figure for the period that a day falls into; nothing when that is done, or the figure is declared no more."""
    found = declared_figures(policy.model).get(code)
    if found is None:
        return []
    period = period_of(found[1].period, start)
    done = Run.objects.filter(figure=code, period_start=period[0], publication_id=policy.publication_id)
    if since is not None and done.filter(at__gte=since).exists():
        return []
    return [(*found, period)]
