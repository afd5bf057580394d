"""The figures over all cases of a span: how many, how they stand to their time, how often something was done again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Avg, Count

from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.models import Task
from keguan.runtime.processes.queries.statistics.selecting import Figure, cases_of, condition

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.models import Case
    from keguan.runtime.processes.queries.statistics.selecting import Selection

_COUNTED = (
    Figure.CLOSED, Figure.OPEN, Figure.IN_TIME, Figure.LATE, Figure.LATE_OPEN, Figure.STEP_LATE, Figure.REOPENED,
    Figure.AGAIN,
)  # fmt: skip
_TENTH = 10


@dataclass(frozen=True, slots=True)
class Totals:
    """How many cases each figure has. ``average`` and ``ninetieth`` (nine of ten took no longer) are how long closed
    cases were in hand, in seconds of working time; None when none is closed.
    """

    counts: dict[Figure, int]
    average: int | None
    ninetieth: int | None

    def share(self, figure: Figure, of: Figure = Figure.ALL) -> float | None:
        """One figure as a share of another; None of nothing."""
        return self.counts[figure] / self.counts[of] if self.counts[of] else None


@dataclass(frozen=True, slots=True)
class LateStep:
    """In so many cases this step was late."""

    step: str
    label: str
    cases: int


def totals(viewer: Viewer, selection: Selection) -> Totals:
    """The figures of a selection. Two queries."""
    cases = cases_of(viewer, selection)
    parts = {f"n_{each}": Count("pk", filter=condition(each)) for each in _COUNTED}
    found = cases.aggregate(n_all=Count("pk"), measured=Count("worked"), average=Avg("worked"), **parts)
    counts = {each: found[f"n_{each}"] for each in (Figure.ALL, *_COUNTED)}
    average = None if found["average"] is None else round(found["average"])
    return Totals(counts, average, _ninetieth(cases, found["measured"]))


def late_steps(viewer: Viewer, selection: Selection) -> tuple[LateStep, ...]:
    """The steps that were late, the most often first. One query."""
    declared = policies.current().model.blocks.processes[selection.process]
    named = {step.code: step.label.text(viewer.language) for step in declared.steps}
    tasks = Task.objects.filter(late=True, case__in=cases_of(viewer, selection).values("pk"))
    counted = tasks.values_list("step").annotate(cases=Count("case", distinct=True)).order_by("-cases", "step")
    return tuple(LateStep(step, named.get(step, step), cases) for step, cases in counted)


def _ninetieth(cases: QuerySet[Case], measured: int) -> int | None:
    """The shortest time that nine of ten did not exceed (nearest rank)."""
    if not measured:
        return None
    beyond = measured // _TENTH
    longest = cases.filter(worked__isnull=False).order_by("-worked").values_list("worked", flat=True)
    return longest[beyond]
