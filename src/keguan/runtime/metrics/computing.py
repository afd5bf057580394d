"""Working one figure out for one period, and keeping it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from django.db import transaction

from keguan.language.model.evaluate import parameters_on
from keguan.language.model.figure_state import FigureState, state_of, worst
from keguan.language.model.metric import period_values
from keguan.runtime import clock
from keguan.runtime.decisions.reading import live, never
from keguan.runtime.ledger.actions import SYSTEM, Record, append
from keguan.runtime.ledger.events import announce
from keguan.runtime.metrics.events import FigureJudged
from keguan.runtime.metrics.groups import stored_key
from keguan.runtime.metrics.models import WHOLE, Correction, Run, Value
from keguan.runtime.metrics.people import answering
from keguan.runtime.metrics.telling import tell_of
from keguan.runtime.notifications import actions as notifications
from keguan.runtime.policies.language_door import figure_values

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from keguan.language.model.metric import Figure, Metric
    from keguan.language.model.model import Model
    from keguan.runtime.decisions.reading import Reading, Stop
    from keguan.runtime.policies.queries import Current

    Period = tuple[date, date]

MOST_GROUPS = 2_000
"""So many groups of a figure are kept, the worst first: what has more is a list of records, not a table to look at."""

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Found:
    """What a figure, or a group of it, comes to."""

    value: int | None
    numerator: int | None
    denominator: int | None
    members: int
    state: str


def work_out(
    policy: Current, metric: Metric, figure: Figure, period: Period, stop: Stop = never, by: str = SYSTEM.name
) -> None:
    """Work a figure out and keep it, closed once its period is over. The reading holds nobody up; what is kept is one
    transaction. A period that was closed says what is different now, and ``by`` whom that was asked for.

    Raises ``Cancelled`` when asked to stop meanwhile.
    """
    begun = perf_counter()
    day = min(clock.today(), period[1])
    with live(stop) as reading:
        found = read(reading, policy.model, figure, period, day)
    with transaction.atomic():
        _keep(policy, metric, figure, period, found, by)
        Run.objects.update_or_create(
            day=clock.today(),
            figure=figure.code,
            period_start=period[0],
            publication_id=policy.publication_id,
            defaults={"at": clock.now(), "seconds": perf_counter() - begun},
        )


def read(reading: Reading, model: Model, figure: Figure, period: Period, day: date) -> dict[str, Found]:
    """What a figure comes to by group, the whole under ``WHOLE``. One query, two for a figure with groups."""
    parameters = parameters_on(model.parameters, day) | period_values(*period)
    whole = figure_values(model, figure, reading.dialect, today=day, period=period)
    ((_, value, over, under, *members),) = reading.rows(whole.sql, whole.parameters)
    own = state_of(figure, value, day, parameters)
    if figure.group is None:
        return {WHOLE: Found(value, over, under, min(members, default=0), own)}
    parted = figure_values(model, figure, reading.dialect, today=day, period=period, grouped=True)
    groups: list[tuple[str, Found]] = []
    for key, part, part_over, part_under, *few in reading.rows(parted.sql, parted.parameters):
        if part is not None:  # where there is nothing to count there is nothing to judge
            state = state_of(figure, part, day, parameters)
            groups.append((stored_key(figure.group, key), Found(part, part_over, part_under, min(few), state)))
    together = worst(FigureState(each.state) for _key, each in groups)
    order = list(FigureState)
    groups.sort(key=lambda each: (order.index(FigureState(each[1].state)), -each[1].members, each[0]))
    return {WHOLE: Found(value, over, under, min(members, default=0), together), **dict(groups[:MOST_GROUPS])}


def _keep(policy: Current, metric: Metric, figure: Figure, period: Period, found: Mapping[str, Found], by: str) -> None:
    known = {each.group: each for each in _stored(figure, period)}
    was_closed = any(each.closed for each in known.values())
    over = period[1] < clock.today()
    if was_closed:
        _note_corrections(policy, metric, figure, period, known, found, by)
    rows = [
        Value(
            figure=figure.code,
            period_start=period[0],
            period_end=period[1],
            group=group,
            day=min(clock.today(), period[1]),
            at=clock.now(),
            publication_id=policy.publication_id,
            closed=over,
            **asdict(each),
        )
        for group, each in found.items()
    ]
    changing = [
        "period_end",
        "value",
        "numerator",
        "denominator",
        "members",
        "state",
        "day",
        "at",
        "publication_id",
        "closed",
    ]
    Value.objects.bulk_create(
        rows,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["figure", "period_start", "group"],
        update_fields=changing,
    )
    gone = [each.pk for group, each in known.items() if group not in found]
    if gone:
        Value.objects.filter(pk__in=gone).delete()
    if over and not was_closed:
        _close(metric, figure, period, found)


def _stored(figure: Figure, period: Period) -> list[Value]:
    """What is kept of a period, held against others on PostgreSQL until this is committed."""
    return list(Value.objects.select_for_update().filter(figure=figure.code, period_start=period[0]))


def _close(metric: Metric, figure: Figure, period: Period, found: Mapping[str, Found]) -> None:
    """The period is over: write down what it came to, tell who answers for it, and announce it."""
    clause = f"{metric.clause.pack}#{metric.clause.anchor}"
    whole = found[WHOLE]
    data = {
        "figure": figure.code,
        "period": [each.isoformat() for each in period],
        "state": whole.state,
        "groups": len(found) - 1,
        "missed": sum(each.state == FigureState.MISSED for group, each in found.items() if group != WHOLE),
    }
    append(SYSTEM, [Record("metrics.close", "figure", figure.code, clause, data)])
    judged = [each for each in found if each != WHOLE] if figure.group is not None else [WHOLE]
    notices = []
    for group in judged:
        state = FigureState(found[group].state)
        if state in (FigureState.EMPTY, FigureState.NONE):
            continue
        people = answering(figure, group)
        if state is not FigureState.MET:
            notices += tell_of(figure, period, state, people, clause)
        announce(FigureJudged(figure.code, group, *period, state, people))
    notifications.tell(notices)


def _note_corrections(
    policy: Current,
    metric: Metric,
    figure: Figure,
    period: Period,
    known: Mapping[str, Value],
    found: Mapping[str, Found],
    by: str,
) -> None:
    """What comes to something else than when the period was closed."""
    before = {
        group: Found(each.value, each.numerator, each.denominator, each.members, each.state)
        for group, each in known.items()
    }
    changed = [group for group in {**before, **found} if before.get(group) != found.get(group)]
    if not changed:
        return
    Correction.objects.bulk_create(
        [
            Correction(
                figure=figure.code,
                period_start=period[0],
                group=group,
                before=asdict(before[group]) if group in before else None,
                after=asdict(found[group]) if group in found else None,
                at=clock.now(),
                publication_id=policy.publication_id,
                by=by[:60],
            )
            for group in changed
        ],
        batch_size=_BATCH,
    )
    data = {"figure": figure.code, "period": [each.isoformat() for each in period], "changed": len(changed), "by": by}
    append(
        SYSTEM, [Record("metrics.correct", "figure", figure.code, f"{metric.clause.pack}#{metric.clause.anchor}", data)]
    )
