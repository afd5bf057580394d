"""The clock reminds, notes what is late and tells those above, each once, and reads only what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.duties.events import DutyOverdue
from keguan.runtime.duties.models import Duty
from keguan.runtime.duties.sweeping import next_moment, sweep, sweep_all
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.ledger.events import listening
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from keguan.runtime.notifications.kinds import sentence_of
from keguan.runtime.notifications.models import Notification
from keguan.runtime.org.actions import AppointDeputy, NameHead
from tests.cast import HEAD_OFFICE, JIANGNAN
from tests.runtime.duties.world import contract, customer, local, only, told, until

if TYPE_CHECKING:
    from tests.cast import Cast


def test_a_duty_is_reminded_of_then_late_then_escalated(office: Cast) -> None:
    """Five days before: reminded. At the end of March: late, announced, and told to the supervisor; three days later to
    the service manager. Each once, whoever sweeps again.
    """
    zhang = customer(office.lin_xiao)
    contract(office.zhou_min, zhang)
    until(2026, 3, 26, 17, 59)
    assert told(office.lin_xiao, "duties.reminder") == 0
    until(2026, 3, 26, 18, 0)
    assert told(office.lin_xiao, "duties.reminder") == 1
    seen: list[DutyOverdue] = []
    with listening(DutyOverdue, seen.append):
        until(2026, 3, 31, 18, 0)
        sweep()
    late = only("visits", zhang)
    assert late.late
    mine = [each for each in seen if each.duty == "visits"]
    assert [(each.duty_id, each.record_id, each.holders) for each in mine] == [(late.pk, zhang, {office.lin_xiao.id})]
    assert told(office.lin_xiao, "duties.overdue", late) == 1
    assert told(office.zhao_qi, "duties.escalated", late) == 1
    assert (local(late.next_at), told(office.zhou_min, "duties.escalated", late)) == ("2026-04-03 18:00", 0)
    until(2026, 4, 3, 18, 0)
    late.refresh_from_db()
    assert (late.next_at, late.state, told(office.zhou_min, "duties.escalated", late)) == (None, "open", 1)
    entries = entries_page(filters=EntryFilters(subject_type="duty", subject_id=str(late.pk))).entries
    assert [entry.action for entry in entries] == ["duties.escalate", "duties.escalate", "duties.overdue"]
    assert {entry.clause for entry in entries} == {"duty-tests#visits"}


def test_those_above_are_told_whose_it_was(office: Cast) -> None:
    """The report names who owes it, what, by when it was due and by which clause; nothing of the customer."""
    contract(office.zhou_min, customer(office.lin_xiao))
    until(2026, 3, 31, 18, 0)
    (said,) = [
        sentence_of(each.kind, each.subject, each.facts)
        for each in Notification.objects.filter(staff_id=office.zhao_qi.id, kind="duties.escalated")
    ]
    assert said == "林晓的待办“客户走访”应在 2026-03-31 18:00 前完成，现在还没有完成，按第一条 走访报告给您。"


def test_nothing_due_is_one_query(office: Cast) -> None:
    """A sweep with nothing to do asks for what is due and for nothing else but the calendar."""
    customer(office.lin_xiao)
    with CaptureQueriesContext(connection) as captured:
        assert sweep().done == 0
    assert len(captured) <= 2


def test_an_idle_minute_is_one_query(office: Cast) -> None:
    """With a duty open and nothing due, what the worker calls every minute asks when something is, and nothing else."""
    contract(office.zhou_min, customer(office.lin_xiao))
    assert local(next_moment()) == "2026-03-03 18:00"
    with CaptureQueriesContext(connection) as captured:
        assert sweep_all().done == 0
    assert len(captured) == 1


def test_deputies_are_told_too(office: Cast) -> None:
    """林晓 is away: 方明, who stands in for her, is reminded as well."""
    contract(office.zhou_min, customer(office.lin_xiao))
    until(2026, 3, 26, 9, 0)
    from keguan.runtime import clock

    AppointDeputy(
        actor=SYSTEM, staff_id=office.lin_xiao.id, deputy_id=office.fang_ming.id, since=clock.today(), reason="休假"
    ).run()
    until(2026, 3, 26, 18, 0)
    assert (told(office.lin_xiao, "duties.reminder"), told(office.fang_ming, "duties.reminder")) == (1, 1)


def test_a_head_of_unit_is_told_of_what_is_late(office: Cast) -> None:
    """The check of a new customer goes up to the head of the customer's unit when it is late."""
    NameHead(actor=SYSTEM, unit_id=office.units[JIANGNAN], staff_id=office.zhao_qi.id).run()
    NameHead(actor=SYSTEM, unit_id=office.units[HEAD_OFFICE], staff_id=office.zhou_min.id).run()
    customer(office.lin_xiao)
    until(2026, 3, 5, 9, 0)
    assert (told(office.zhao_qi, "duties.escalated"), told(office.zhou_min, "duties.escalated")) == (1, 0)


def test_a_moved_calendar_moves_what_is_next(office: Cast) -> None:
    """A duty whose next moment is further away by now is not done too early, and not read again every minute."""
    contract(office.zhou_min, customer(office.lin_xiao))
    Duty.objects.filter(duty="visits").update(next_at="2026-03-01T00:00:00Z")
    assert sweep().done == 0
    assert local(only("visits").next_at) == "2026-03-26 18:00"


def test_one_that_cannot_be_swept_does_not_hold_up_the_others(office: Cast) -> None:
    """A duty whose row is nowhere to be found: the others are reminded of, and it is tried again in an hour."""
    first, second = (customer(office.lin_xiao, name) for name in ("一", "二"))
    Duty.objects.filter(record_id=first).update(row=99)
    until(2026, 3, 4, 9, 0)
    broken, whole = only("checks", first), only("checks", second)
    assert (broken.moves_done, local(broken.next_at)) == (0, "2026-03-04 10:00")
    assert (whole.moves_done, told(office.xu_ke, "duties.reminder", whole)) == (1, 1)
