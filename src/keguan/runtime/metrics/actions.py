"""Asking for figures to be worked out again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.jobs.actions import enqueue
from keguan.runtime.jobs.queries import unfinished
from keguan.runtime.ledger.actions import Action, Record, Refused
from keguan.runtime.metrics.declared import declared_figures
from keguan.runtime.metrics.jobs import COMPUTE_JOB
from keguan.runtime.metrics.models import WHOLE, Value
from keguan.runtime.policies.queries import current

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


@dataclass(frozen=True, kw_only=True)
class RecomputeFigures(Action[int]):
    """Work out every figure of the running periods anew, or one figure for a period that was over: then what comes to
    something else is written down beside what it was. The job's id is given back.

    Raises ``Refused``: ``metrics.busy`` while figures are being worked out, ``metrics.not_found`` for a figure and a
    period of which nothing is kept.
    """

    figure: str | None = None
    start: date | None = None
    name: ClassVar[str] = "metrics.recompute"
    operation: ClassVar[str | None] = "publish"

    def check(self) -> None:
        """Refuse what is being done already, and what there is not."""
        if unfinished(COMPUTE_JOB):
            raise Refused("metrics.busy", _("指标正在计算，请稍等片刻再看。"))
        if self.figure is None:
            return
        kept = self.start is not None and Value.objects.filter(figure=self.figure, period_start=self.start, group=WHOLE)
        if self.figure not in declared_figures(current().model) or not kept:
            raise Refused("metrics.not_found", _("没有这个指标，或它在这一期没有数。"))

    def do(self) -> int:
        """Put the job in the queue."""
        arguments: dict[str, Any] = {"since": clock.now().isoformat()}
        if self.figure is not None and self.start is not None:
            arguments |= {"figure": self.figure, "start": self.start.isoformat(), "by": self.actor.name}
        return enqueue(COMPUTE_JOB, arguments, self.actor.staff_id)

    def log(self, result: int) -> Iterable[Record]:
        """Which figure, and of which period."""
        data = {} if self.figure is None else {"period": "" if self.start is None else self.start.isoformat()}
        return [Record(self.name, "figure", self.figure or "", data=data)]
