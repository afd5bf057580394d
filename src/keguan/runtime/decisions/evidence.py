"""What shows that decisions and figures are kept current: sums over the run log of this month."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from keguan.runtime import clock
from keguan.runtime.decisions.models import Run
from keguan.runtime.policies.queries import Evidence, register_evidence

if TYPE_CHECKING:
    from keguan.language.model.model import Control, Model
    from keguan.language.source import Span

_RUNS = 5_000
"""So many of the newest runs are summed up; beyond them a figure is "at least"."""


def register() -> None:
    """Speak for decisions, scorecards and facts."""
    register_evidence("decision", _decision)
    register_evidence("scorecard", _decision)
    register_evidence("fact", _fact)


def _decision(model: Model, control: Control) -> tuple[Evidence, ...]:
    declared = model.decisions.get(control.code)
    if declared is None:
        return ()
    runs, capped = _of_this_month(declared.record_type)
    decided = sum(examined for examined, _decisions in runs)
    moved = sum(decisions.get(control.code, 0) for _examined, decisions in runs)
    figures = {"decided": f"{decided:,}", "moved": f"{moved:,}"}
    if capped:
        return (Evidence(_("本月 %(decided)s 次以上判定，%(moved)s 次改变结果") % figures, decided, capped=True),)
    return (Evidence(_("本月 %(decided)s 次判定，%(moved)s 次改变结果") % figures, decided),)


def _fact(model: Model, control: Control) -> tuple[Evidence, ...]:
    codes = (fact.record_type for facts in model.facts.values() for fact in facts if _within(fact.span, control.span))
    record_type = next(codes, None)
    newest = None if record_type is None else Run.objects.filter(record_type=record_type).order_by("-at").first()
    if newest is None:
        return ()
    moment = f"{clock.local(newest.at):%Y-%m-%d %H:%M}"
    return (Evidence(_("最近一次计算于 %(moment)s") % {"moment": moment}, newest.examined),)


def _within(inner: Span, outer: Span) -> bool:
    return inner.file == outer.file and outer.line <= inner.line <= outer.end_line


def _of_this_month(record_type: str) -> tuple[list[tuple[int, dict[str, int]]], bool]:
    first = datetime.combine(clock.today().replace(day=1), time(), ZoneInfo(settings.TIME_ZONE))
    runs = Run.objects.filter(record_type=record_type, at__gte=first).order_by("-at")
    found = list(runs.values_list("examined", "decisions")[: _RUNS + 1])
    return found[:_RUNS], len(found) > _RUNS
