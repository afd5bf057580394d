"""The other clocks over the same records: what the policy makes somebody owe by a day of its own (a limit set by law),
beside the process's total time. Both run, and both are reported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case as When
from django.db.models import Count, IntegerField, Max, OuterRef, Q, Subquery, Value
from django.db.models import When as Then

from keguan.language.model.naming import LARGEST_ID
from keguan.runtime import clock
from keguan.runtime.access.rights import visible
from keguan.runtime.duties.lines import lines_about
from keguan.runtime.duties.models import Duty, DutyState
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.queries.statistics.selecting import Statement, cases_of, late
from keguan.runtime.processes.sight import scope_of_cases
from keguan.runtime.records.about import about_reached

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from keguan.language.model.model import ClauseRef, Model
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.models import Case
    from keguan.runtime.processes.queries.statistics.selecting import Selection


@dataclass(frozen=True, slots=True)
class OtherClock:
    """One row of a duty block, as it was owed about the records of the cases."""

    duty: str
    label: str
    task: str
    clause: ClauseRef
    in_time: int
    late: int
    open: int

    @property
    def owed(self) -> int:
        """How often it was owed, late and still running ones among them."""
        return self.in_time + self.late + self.open


@dataclass(frozen=True, slots=True)
class Both:
    """Cases that have another clock, by which of the clocks were not kept."""

    kept: int
    own_late: int
    other_late: int
    both_late: int

    @property
    def cases(self) -> int:
        """How many they are."""
        return self.kept + self.own_late + self.other_late + self.both_late


@dataclass(frozen=True, slots=True)
class Clocks:
    """Every other clock, and how they stand to the process's own; ``both`` None when the policy has no other."""

    others: tuple[OtherClock, ...]
    both: Both | None


def clocks(viewer: Viewer, selection: Selection) -> Clocks:
    """How the other clocks were kept. Two queries; none where the policy has no other."""
    model = policies.current().model
    lines = {
        (line.duty.code, line.key): line
        for line in lines_about(model, selection.record_type)
        if line.obligation.trigger is not None
    }
    if not lines:
        return Clocks((), None)
    cases = cases_of(viewer, selection)
    owed = _owed(viewer, model, selection).filter(duty__in={duty for duty, _line in lines})
    counted = {
        (duty, line): (in_time, late_, open_)
        for duty, line, in_time, late_, open_ in owed.filter(record_id__in=cases.values("record_id"))
        .values_list("duty", "line")
        .annotate(
            in_time=Count("pk", filter=Q(state=DutyState.DONE, late=False)),
            past=Count("pk", filter=_late()),
            running=Count("pk", filter=Q(state=DutyState.OPEN) & ~_late()),
        )
    }
    others = tuple(
        OtherClock(
            line.duty.code, line.duty.label.text(viewer.language), line.obligation.task, line.duty.clause, *counted[key]
        )
        for key, line in lines.items()
        if key in counted
    )
    return Clocks(others, _both(cases, owed))


def _owed(viewer: Viewer, model: Model, selection: Selection) -> QuerySet[Duty]:
    """What is or was owed about records of the type and what the viewer may know of; what was called off left out."""
    about = Duty.objects.filter(record_type=selection.record_type)
    about = about.exclude(state__in=(DutyState.EXEMPTED, DutyState.CANCELLED))
    within = scope_of_cases(viewer)
    if visible(viewer, selection.record_type, model):
        within |= Q(information_class="") & about_reached(viewer, model, selection.record_type)
    return about.filter(within)


def _late() -> Q:
    return Q(late=True) | Q(state=DutyState.OPEN, due_at__lt=clock.now())


def _both(cases: QuerySet[Case], owed: QuerySet[Duty]) -> Both:
    mine = owed.filter(record_id=OuterRef("record_id")).order_by().values("record_id")
    past = mine.annotate(past=Max(_when(_late()))).values("past")
    told = cases.annotate(own=_when(late()), other=Subquery(past)).values("own", "other")
    sql, bound = told.query.sql_with_params()
    # The limit keeps databases from working the subquery out again for the WHERE and the GROUP BY around it.
    inner = f"SELECT own, other FROM ({sql} LIMIT {LARGEST_ID}) AS told WHERE other IS NOT NULL"
    counted = Statement(f"SELECT own, other, COUNT(*) FROM ({inner}) AS kept GROUP BY own, other", list(bound)).rows()
    found = {(own, other): count for own, other, count in counted}
    return Both(*(found.get(pair, 0) for pair in ((0, 0), (1, 0), (0, 1), (1, 1))))


def _when(condition: Q) -> When:
    return When(Then(condition, then=Value(1)), default=Value(0), output_field=IntegerField())
