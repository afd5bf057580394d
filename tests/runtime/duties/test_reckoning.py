"""A company day changes: what is owed by the calendar is due by the new one, once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from keguan.runtime.calendars.actions import SetDay
from keguan.runtime.calendars.span import Span
from keguan.runtime.duties import reckoning
from keguan.runtime.duties.models import Duty
from keguan.runtime.jobs.actions import run_now
from keguan.runtime.jobs.models import Job
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from tests.runtime.duties.world import contract, customer, local, only, until

if TYPE_CHECKING:
    from tests.cast import Cast

LAST = date(2026, 3, 31)


class Killed(BaseException):
    """The process ends here."""


def close(office: Cast, *days: date) -> Job:
    """The office is closed on these days; gives the last job that this has put in the queue."""
    for day in days:
        SetDay(actor=office.guan_li.actor, day=day, working=False, label="司庆").run()
    return Job.objects.filter(name="duties.reckon").latest("id")


def test_a_day_off_moves_what_counts_working_time(office: Cast) -> None:
    """A new contract is dealt with by the end of the next working day: with Tuesday off by Wednesday's. The reminder
    follows, the ledger says from when to when, and running the job again changes nothing.
    """
    zhang = customer(office.lin_xiao)
    contract(office.zhou_min, zhang)
    duty = only("after_purchase", zhang)
    assert local(duty.due_at) == "2026-03-03 18:00"
    job = close(office, date(2026, 3, 3))
    assert run_now(job.pk)
    duty.refresh_from_db()
    assert (local(duty.due_at), duty.next_at) == ("2026-03-04 18:00", duty.due_at)
    (said,) = entries_page(filters=EntryFilters(action="duties.reckon", subject_id=str(duty.pk))).entries
    assert (said.data["before"], said.data["after"]) == ("2026-03-03T10:00:00+00:00", "2026-03-04T10:00:00+00:00")
    assert said.clause == duty.clause
    count = entries_page(filters=EntryFilters(action="duties.reckon")).entries
    assert reckoning.work(1, Span(), lambda *_: None, bool) == 0
    assert entries_page(filters=EntryFilters(action="duties.reckon")).entries == count


def test_only_open_duties_that_span_the_day_are_looked_at(office: Cast) -> None:
    """What is due before the day, began after it, is late or is done: left alone."""
    contract(office.zhou_min, customer(office.lin_xiao))
    mine = set(reckoning.concerned(Span()).values_list("id", flat=True))
    assert mine == set(Duty.objects.filter(state="open").values_list("id", flat=True))
    assert set(reckoning.concerned(Span(date(2026, 2, 1), date(2026, 2, 27)))) == set()
    assert set(reckoning.concerned(Span(date(2027, 1, 4), date(2027, 1, 4)))) == set()
    Duty.objects.filter(pk=only("visits").pk).update(late=True)
    assert only("visits").pk not in reckoning.concerned(Span()).values_list("id", flat=True)


@pytest.mark.parametrize("after", [False, True])
def test_killed_and_run_again_each_moves_once(office: Cast, after: bool) -> None:
    """Killed before or after the second was written: the next run does the rest, and nothing twice."""
    for name in ("张敏", "李娜", "陈安"):
        contract(office.zhou_min, customer(office.lin_xiao, name))
    job, real, seen = close(office, date(2026, 3, 3)), reckoning._together, list[int]()

    def deadly(duties: list[Duty], look: object) -> int:
        seen.append(duties[0].pk)
        if len(seen) == 2 and not after:
            raise Killed
        count = real(duties, look)
        if len(seen) == 2:
            raise Killed
        return count

    with mock.patch.object(reckoning, "_together", deadly), mock.patch.object(reckoning, "BATCH", 1):
        with pytest.raises(Killed):
            run_now(job.pk)
        assert run_now(job.pk)
    due = [local(each.due_at) for each in Duty.objects.filter(duty="after_purchase")]
    assert due == ["2026-03-04 18:00"] * 3
    moved = [entry.subject_id for entry in entries_page(filters=EntryFilters(action="duties.reckon")).entries]
    assert len(moved) == len(set(moved)) >= 3


def test_what_is_late_stays_late(office: Cast) -> None:
    """A duty that was late when the calendar changed keeps its due moment."""
    contract(office.zhou_min, customer(office.lin_xiao))
    until(2026, 3, 3, 19, 0)
    duty = only("after_purchase")
    assert duty.late
    run_now(close(office, date(2026, 3, 3)).pk)
    duty.refresh_from_db()
    assert (duty.late, local(duty.due_at)) == (True, "2026-03-03 18:00")
