"""Going over all records for every row, once a day and at every publication: in batches, so that it can be cut short.

Small tables are gone over at once; large ones by a job, with progress, which can be called off and goes on where it
stopped, because what is made already is not a candidate any more.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from keguan.runtime import clock
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.duties import watching
from keguan.runtime.duties.candidates import candidates, owing
from keguan.runtime.duties.draws import draw_for, drawn_for
from keguan.runtime.duties.judgement import Outcome, settle
from keguan.runtime.duties.judging import judge
from keguan.runtime.duties.lines import line_of, lines, lines_about
from keguan.runtime.duties.models import Duty, DutyState, Round
from keguan.runtime.duties.occasions import of_period
from keguan.runtime.duties.writing import Writer, call_off
from keguan.runtime.jobs import queries as jobs
from keguan.runtime.jobs.actions import Cancelled, enqueue
from keguan.runtime.ledger.actions import SYSTEM, Record, append
from keguan.runtime.policies.queries import current, in_force_on, pinned
from keguan.runtime.records import sequence

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.runtime.duties.lines import Line
    from keguan.runtime.duties.occasions import Occasion
    from keguan.runtime.policies.queries import Current

    Step = Callable[[int, int], None]

AT_ONCE = 10_000
"""Tables of at most so many records are gone over without a job."""

BATCH = 1_000
"""So many records are judged in one transaction."""

JOB = "duties.make"


def catch_up() -> int:
    """Go over every row that has not been gone over today by the policy in force, or see to it that a job does. Gives
    how many rows were gone over here. Cheap when there is nothing to do: two queries.

    Called every minute by the worker; may be called at any time, and be killed at any line.
    """
    policy = in_force_on(clock.today())
    if policy is None:
        return 0
    over = Round.objects.filter(day=clock.today(), publication_id=policy.publication_id)
    begun = {(each.duty, each.line): each for each in over}
    waiting = []
    for line in lines(policy.model):
        found = begun.get((line.duty.code, line.key))
        if found is None or found.ended_at is None:
            waiting.append((line, found))
    if not waiting:
        return 0
    done = 0
    newest = sequence.newest_of_all()
    with pinned(), calendars.pinned():
        _nothing_there(policy, [line for line, _found in waiting if line.duty.record_type not in newest])
        for line, found in waiting:
            size = newest.get(line.duty.record_type)
            if size is None or size <= AT_ONCE:
                done += 1
                if size is not None:
                    go_over(current(), line)
            elif found is None or _stopped(found):
                _hand_to_job(policy, line)
    if done:
        call_off_gone(policy)
    return done


def begin(policy: Current) -> None:
    """Note that the company owes by every row from now on. Called inside the publication that brings the policy."""
    for line in lines(policy.model):
        _round(policy, line)


def go_over(policy: Current, line: Line, step: Step | None = None, stop: Callable[[], bool] = bool) -> Outcome:
    """Judge all records by one row, as the day and the policy have it. Raises ``Cancelled`` when asked to stop."""
    found = _round(policy, line)
    calendar = calendars.company_calendar()
    period = of_period(line.obligation, clock.today(), calendar) if line.obligation.frequency else None
    if line.draws and period is not None:
        draw_for(line, period, owing(policy.model, line))
    total = Outcome()
    ids = candidates(policy.model, line, period)
    if line.drawn_only and period is not None:
        ids = _drawn_or_owed(line, period, ids)
    ids.extend(watching.missed(policy.model, line))
    gone = _gone(policy, line) if period is not None else None
    for first in range(0, len(ids), BATCH):
        if stop():
            raise Cancelled
        with transaction.atomic():
            some = list(ids[first : first + BATCH])
            if gone is not None and period is not None:
                owing_ = {each.record_id: each for each in judge(policy.model, line, some).values() if each.owes}
                Writer(line, policy.publication_id, calendar).adopt(owing_, gone, period)
            total.add(_batch(policy, line, some))
        if step is not None:
            step(min(first + BATCH, len(ids)), len(ids))
    Round.objects.filter(pk=found.pk).update(ended_at=clock.now(), made=total.made, cancelled=total.cancelled)
    return total


def call_off_gone(policy: Current) -> int:
    """Call off open duties that are not late and whose row the policy in force no longer has."""
    kept = {(line.duty.code, line.key) for line in lines(policy.model)}
    there = Duty.objects.filter(state=DutyState.OPEN).exclude(publication_id=policy.publication_id)
    gone = [pair for pair in set(there.order_by().values_list("duty", "line").distinct()) if pair not in kept]
    called = 0
    for duty, line in gone:
        with transaction.atomic():
            ids = list(there.filter(duty=duty, line=line, late=False).values_list("id", flat=True))
            called += call_off(ids, _("制度已不再这样要求。"))
            if ids:
                facts = {"line": line, "count": len(ids)}
                append(SYSTEM, [Record("duties.call_off", "duty_block", duty, data=facts)])
    return called


def work(duty: str, row: int, step: Step, stop: Callable[[], bool]) -> str:
    """What the job does: go over one row, and say what came of it."""
    with pinned(), calendars.pinned():
        policy = current()
        total = go_over(policy, line_of(policy.model, duty, row), step, stop)
    figures = {"made": total.made, "cancelled": total.cancelled}
    return _("新增待办 %(made)s 项，撤销 %(cancelled)s 项。") % figures


def _batch(policy: Current, line: Line, ids: list[int]) -> Outcome:
    outcome = settle(policy, line, ids, watching.changes_for(policy.model, line, ids))
    if outcome:
        facts = {"line": line.key, "made": outcome.made, "cancelled": outcome.cancelled}
        append(SYSTEM, [Record("duties.make", "duty_block", line.duty.code, line.clause, facts)])
    return outcome


def _gone(policy: Current, line: Line) -> Q | None:
    """The open duties of the block whose row the policy no longer has; None when there are none."""
    kept = {each.key for each in lines_about(policy.model, line.duty.record_type) if each.duty.code == line.duty.code}
    others = ~Q(line__in=kept)
    there = Duty.objects.filter(others, duty=line.duty.code, state=DutyState.OPEN)
    return others if there.exists() else None


def _drawn_or_owed(line: Line, period: Occasion, ids: array[int]) -> array[int]:
    """Of a row that only the drawn records owe: these, and those that have a duty."""
    owed = Duty.objects.filter(duty=line.duty.code, line=line.key, state=DutyState.OPEN)
    wanted = drawn_for(line, period).union(owed.values_list("record_id", flat=True))
    return array("q", (each for each in ids if each in wanted))


def _nothing_there(policy: Current, empty: list[Line]) -> None:
    """Rows about record types of which there never was a record are gone over in one statement."""
    now, day = clock.now(), clock.today()
    Round.objects.bulk_create(
        [
            Round(
                duty=line.duty.code,
                line=line.key,
                day=day,
                publication_id=policy.publication_id,
                begun_at=now,
                ended_at=now,
            )
            for line in empty
        ],
        update_conflicts=True,
        unique_fields=["duty", "line", "day", "publication_id"],
        update_fields=["ended_at"],
    )


def _round(policy: Current, line: Line) -> Round:
    found, _made = Round.objects.get_or_create(
        duty=line.duty.code,
        line=line.key,
        day=clock.today(),
        publication_id=policy.publication_id,
        defaults={"begun_at": clock.now()},
    )
    return found


def _stopped(found: Round) -> bool:
    """Whether the job of a round is over without having ended it: it failed, and the next minute tries again.

    One that a person called off stays so until the next day.
    """
    if found.job_id is None:
        return True
    job = jobs.job(found.job_id)
    return job is None or job.state == jobs.State.FAILED


def _hand_to_job(policy: Current, line: Line) -> None:
    with transaction.atomic():
        found = _round(policy, line)
        arguments = {"duty": line.duty.code, "row": line.obligation.number}
        Round.objects.filter(pk=found.pk).update(job_id=enqueue(JOB, arguments))
