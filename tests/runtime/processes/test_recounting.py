"""A company day changes: open deadlines counted in working days are reckoned again, once each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from django.db import transaction

from keguan.language.blocks.timing import chinese
from keguan.runtime import clock
from keguan.runtime.calendars.actions import SetDay
from keguan.runtime.jobs.actions import run_now
from keguan.runtime.jobs.models import Job
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from keguan.runtime.org.actions import NameHead
from keguan.runtime.processes import recounting, timing
from keguan.runtime.processes import standing as standing_module
from keguan.runtime.processes.actions import ChangeDeadline
from keguan.runtime.processes.models import Move
from keguan.runtime.processes.standing import standing
from tests.cast import JIANGNAN
from tests.runtime.processes.moving import on_case
from tests.runtime.processes.world import local, moves, open_task, shares, start, wait
from tests.runtime.records.filing import customer

if TYPE_CHECKING:
    from keguan.language.model.process import Step
    from keguan.runtime.processes.models import Case, Task
    from tests.runtime.processes.world import Office

WEDNESDAY = date(2026, 3, 4)


class Killed(BaseException):
    """The process ends here."""


def close(office: Office, day: date = WEDNESDAY) -> Job:
    """The office is closed on a day; gives the job that this has put in the queue."""
    SetDay(actor=office.cast.guan_li.actor, day=day, working=False, label="司庆").run()
    return Job.objects.filter(name="cases.reckon").latest("id")


def due(case: Case) -> str:
    """When the whole case is due, as stored."""
    case.refresh_from_db()
    return local(case.due_at)


def test_a_day_off_moves_what_is_counted_in_working_days(office: Office) -> None:
    """Three working days from Monday are Thursday; with Wednesday off, Friday. The clock follows, and the ledger says
    from when to when and by which calendar. Run again, the job changes nothing.
    """
    case = start(office.cast.lin_xiao, "notice", office.customer)
    assert due(case) == "2026-03-05 09:00"
    job = close(office)
    assert due(case) == "2026-03-05 09:00"
    assert run_now(job.pk)
    assert (due(case), local(case.next_at)) == ("2026-03-06 09:00", "2026-03-06 09:00")
    (said,) = entries_page(filters=EntryFilters(action="cases.reckon")).entries
    assert (said.subject_id, said.clause) == (str(case.pk), "case-tests#lateness")
    assert said.data["before"] == "2026-03-05T01:00:00+00:00"
    assert (said.data["after"], said.data["calendar"]) == ("2026-03-06T01:00:00+00:00", 1)
    before = moves(case)
    assert recounting.work(1, recounting.Span(WEDNESDAY, WEDNESDAY), lambda *_: None, bool) == 0
    assert moves(case) == before == ["start", "complete", "reckon"]
    job.refresh_from_db()
    assert job.message == "案件期限按日历重算：1 个有变动。"


def test_a_parameter_is_what_it_was_when_the_clock_began(office: Office) -> None:
    """A notice has three working days until the 15th, five from the 16th on: one begun on Friday keeps three, by a
    changed calendar too, and one begun on Monday has five.
    """
    wait(days=11)  # Friday, 13 March
    first = start(office.cast.lin_xiao, "notice", office.customer)
    clock.advance(timedelta(days=3))
    second = start(office.cast.lin_xiao, "notice", customer(office.cast.lin_xiao, "李娜", "13800135613"))
    assert (due(first), due(second)) == ("2026-03-18 09:00", "2026-03-23 09:00")
    run_now(close(office, date(2026, 3, 17)).pk)
    assert (due(first), due(second)) == ("2026-03-19 09:00", "2026-03-24 09:00")


def test_only_what_spans_the_day_is_looked_at(office: Office) -> None:
    """A case that begins after the day, and one that is due before it, are none of it."""
    case = start(office.cast.lin_xiao, "notice", office.customer)
    assert recounting.concerned(recounting.Span(WEDNESDAY, WEDNESDAY)) == (case.pk,)
    assert recounting.concerned(recounting.Span(date(2026, 2, 27), date(2026, 3, 1))) == ()
    assert recounting.concerned(recounting.Span(date(2026, 3, 6), date(2026, 3, 6))) == ()
    assert recounting.concerned(recounting.Span()) == (case.pk,)


def test_what_is_counted_in_all_time_stays(office: Office) -> None:
    """Seven days stay seven days; only the moment of what happens a working day after a step was due moves."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, {"matter": "墙面渗水"})
    run_now(close(office).pk)
    assert (due(case), moves(case)) == ("2026-03-09 09:00", ["start", "complete"])


def test_a_deadline_set_by_hand_stays(office: Office) -> None:
    """Whoever gave a case another deadline meant that day."""
    case = start(office.cast.lin_xiao, "notice", office.customer)
    NameHead(actor=SYSTEM, unit_id=office.cast.units[JIANGNAN], staff_id=office.cast.zhou_min.id).run()
    at = clock.now() + timedelta(days=2)
    on_case(ChangeDeadline, office.cast.zhou_min, case, due_at=at, opinion="客户催得急")
    run_now(close(office).pk)
    assert (due(case), moves(case)) == ("2026-03-04 09:00", ["start", "complete", "extend"])


def test_standing_clocks_are_right_when_they_run_again(office: Office) -> None:
    """The calendar changes while the clocks stand: nothing happens by itself meanwhile, and on resuming the case is due
    by the new calendar and later by the time that they stood.
    """
    case = start(office.cast.lin_xiao, "notice", office.customer)
    with transaction.atomic():
        timing.stop(held := standing(case.pk), "等客户", None)
        held.case.save()
    run_now(close(office).pk)
    assert (due(case), case.next_at) == ("2026-03-06 09:00", None)
    clock.advance(timedelta(hours=2))
    with transaction.atomic():
        timing.resume(held := standing(case.pk))
        held.case.save()
    assert (due(case), local(case.next_at)) == ("2026-03-06 11:00", "2026-03-06 11:00")


@pytest.mark.parametrize("after", [False, True])
def test_killed_and_run_again_every_deadline_moves_once(office: Office, after: bool) -> None:
    """Killed before or after the second case was written: what is done is done, the rest is done by the next run."""
    others = [customer(office.cast.lin_xiao, name, f"1380013561{place}") for place, name in enumerate(("李娜", "陈安"))]
    cases = [start(office.cast.lin_xiao, "notice", each) for each in (office.customer, *others)]
    job, real, seen = close(office), recounting._again, list[int]()

    def deadly(held: recounting.Standing, *rest: object) -> int:
        seen.append(held.case.pk)
        if len(seen) == 2 and not after:
            raise Killed
        count = real(held, *rest)
        if len(seen) == 2:
            raise Killed
        return count

    with mock.patch.object(recounting, "_again", deadly), mock.patch.object(recounting, "BATCH", 1):
        with pytest.raises(Killed):
            run_now(job.pk)
        assert run_now(job.pk)
    assert [due(each) for each in cases] == ["2026-03-06 09:00"] * 3
    assert [moves(each) for each in cases] == [["start", "complete", "reckon"]] * 3
    assert Move.objects.filter(kind="reckon").count() == 3


def test_a_step_moves_in_the_box_of_whoever_has_it(office: Office) -> None:
    """A step with two working days is due on Thursday, and so is the share of it."""
    case = start(office.cast.lin_xiao, "notice", office.customer)
    real = standing_module.Standing.step

    def slower(held: recounting.Standing, task: Task) -> Step:
        return replace(real(held, task), deadline=chinese.deadline("2工作日"), overdue=())

    job = close(office)
    with mock.patch.object(standing_module.Standing, "step", slower):
        run_now(job.pk)
    task = open_task(case, "review")
    assert (local(task.due_at), local(task.next_at)) == ("2026-03-05 09:00", "2026-03-05 09:00")
    assert [local(each.due_at) for each in shares(case, "review")] == ["2026-03-05 09:00"]
    made = Move.objects.filter(case=case, kind="reckon").order_by("id")
    assert [each.task_id for each in made] == [task.pk, None]


def test_what_follows_lateness_moves_too(office: Office) -> None:
    """A working day after it was due a step is handed over: with Wednesday off on Thursday."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, {"matter": "墙面渗水"})
    assert wait(days=1) == {"remind": 1, "late": 1, "escalate": 1}
    assert local(open_task(case, "judging").next_at) == "2026-03-04 09:00"
    run_now(close(office).pk)
    assert local(open_task(case, "judging").next_at) == "2026-03-05 09:00"
