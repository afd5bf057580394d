"""What is owed is made by itself: when a record falls under a row, when a period begins, when something happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.duties.models import Duty, DutyState, Round
from keguan.runtime.duties.rounds import catch_up
from tests.runtime.duties.world import (
    change,
    contract,
    customer,
    duties,
    local,
    only,
    publish_policy,
    told,
    until,
    wait,
)

if TYPE_CHECKING:
    from tests.cast import Cast


def test_a_record_that_falls_under_a_row_owes_the_running_period(office: Cast) -> None:
    """A customer who becomes B is owed a visit by their owner by the end of the month, with the reminder to come."""
    zhang = customer(office.lin_xiao)
    assert duties("visits", zhang) == []
    contract(office.zhou_min, zhang)
    made = only("visits", zhang)
    assert (made.staff_id, made.role, made.needed) == (office.lin_xiao.id, "", 1)
    assert (made.slot, str(made.period_end), local(made.due_at)) == ("2026-03-01", "2026-03-31", "2026-03-31 18:00")
    assert local(made.next_at) == "2026-03-26 18:00"
    assert (made.owner_id, made.unit_id) == (office.lin_xiao.id, office.lin_xiao.unit_id)
    assert made.clause == "duty-tests#visits"


def test_a_new_period_is_owed_once(office: Cast) -> None:
    """On the first day of April the visit of April is made, once, however often the day is caught up with."""
    zhang = customer(office.lin_xiao)
    contract(office.zhou_min, zhang)
    until(2026, 4, 1, 0, 5)
    assert [duty.slot for duty in duties("visits", zhang)] == ["2026-03-01", "2026-04-01"]
    before = Duty.objects.count()
    assert catch_up() == 0
    Round.objects.update(ended_at=None)
    assert catch_up() > 0
    assert Duty.objects.count() == before


def test_another_grade_calls_off_and_begins_with_the_next_period(office: Cast) -> None:
    """From D to B: the quarter's two visits are called off, and the monthly one begins in April, not in March."""
    zhang = customer(office.lin_xiao, intends="是")
    first = only("visits", zhang)
    assert (first.needed, first.slot, local(first.due_at)) == (2, "2026-01-01", "2026-03-31 18:00")
    assert (first.staff_id, first.role) == (office.lin_xiao.id, "service_specialist")
    contract(office.zhou_min, zhang)
    first.refresh_from_db()
    assert (first.state, first.note, first.next_at) == (DutyState.CANCELLED, "不再适用。", None)
    assert len(duties("visits", zhang)) == 1
    until(2026, 4, 1, 0, 5)
    assert [(duty.row, duty.slot, duty.state) for duty in duties("visits", zhang)] == [
        (2, "2026-01-01", "cancelled"),
        (1, "2026-04-01", "open"),
    ]


def test_what_was_called_off_is_owed_again(office: Cast) -> None:
    """A customer exempt for a while: their visit is called off and, when the exemption ends, owed as before."""
    zhang = customer(office.lin_xiao)
    contract(office.zhou_min, zhang)
    change(office.lin_xiao, zhang, leads_others="是")
    assert (only("visits", zhang).state, only("visits", zhang).note) == ("cancelled", "按规定免办。")
    change(office.lin_xiao, zhang, leads_others="否")
    again = only("visits", zhang)
    assert (again.state, again.note, local(again.next_at)) == ("open", "", "2026-03-26 18:00")


def test_a_new_record_is_checked_within_three_working_days(office: Cast) -> None:
    """Filed on Friday afternoon: due the Wednesday after, at the same time, by any specialist; they are told."""
    until(2026, 3, 6, 15, 0)
    zhang = customer(office.lin_xiao)
    made = only("checks", zhang)
    assert (local(made.due_at), local(made.next_at)) == ("2026-03-11 15:00", "2026-03-10 15:00")
    assert (made.staff_id, made.role, made.seat_id) == (None, "service_specialist", office.xu_ke.unit_id)
    assert told(office.xu_ke, "duties.claimable") == 1
    assert told(office.lin_xiao, "duties.claimable") == 0


def test_records_from_before_the_policy_owe_nothing_for_being_new(company: Cast, monday: None) -> None:
    """Who was filed before the duties came into force is not checked as new, then or on later days."""
    zhang = customer(company.lin_xiao)
    wait(hours=1)
    publish_policy()
    wait(days=1)
    assert duties("checks", zhang) == []


def test_every_child_record_is_owed_for_itself(office: Cast) -> None:
    """Two contracts, two calls, each due at the end of the next working day."""
    zhang = customer(office.lin_xiao)
    first = contract(office.zhou_min, zhang)
    second = contract(office.zhou_min, zhang)
    made = duties("after_purchase", zhang)
    assert [duty.slot for duty in made] == [f"purchase_contract:{first}", f"purchase_contract:{second}"]
    assert {local(duty.due_at) for duty in made} == {"2026-03-03 18:00"}


def test_a_date_brings_its_duty_and_another_date_another(office: Cast) -> None:
    """The deed is due three months after signing; a corrected date moves it; an ended contract ends it."""
    zhang = customer(office.lin_xiao)
    number = contract(office.zhou_min, zhang)
    made = only("deeds", number)
    assert (local(made.due_at), local(made.next_at), made.slot) == (
        "2026-06-02 18:00",
        "2026-05-18 18:00",
        "2026-03-02",
    )
    from keguan.runtime.records.actions import Update
    from tests.runtime.duties.world import viewer

    Update(
        viewer=viewer(office.zhou_min), record_type="purchase_contract", id=number, version=1,
        values={"signed_on": "2026-03-09"},
    ).run()  # fmt: skip
    assert [(duty.slot, duty.state) for duty in duties("deeds", number)] == [
        ("2026-03-02", "cancelled"),
        ("2026-03-09", "open"),
    ]
    Update(
        viewer=viewer(office.zhou_min), record_type="purchase_contract", id=number, version=2,
        values={"contract_status": "已解除"},
    ).run()  # fmt: skip
    assert [duty.state for duty in duties("deeds", number)] == ["cancelled", "cancelled"]


def test_what_was_due_before_the_policy_is_not_owed(company: Cast, monday: None) -> None:
    """A contract signed a year ago owes no deed by a policy published today; one signed in December does."""
    zhang = customer(company.lin_xiao)
    old = contract(company.zhou_min, zhang, signed_on="2025-03-02")
    late = contract(company.zhou_min, zhang, signed_on="2025-12-15")
    publish_policy()
    assert duties("deeds", old) == []
    assert local(only("deeds", late).due_at) == "2026-03-15 23:59"


def test_an_outcome_that_changes_is_told_once(office: Cast) -> None:
    """Becoming A is told of; staying A is not, nor is what a customer was when the policy came."""
    zhang = customer(office.lin_xiao)
    assert duties("news", zhang) == []
    contract(office.zhou_min, zhang, amount="6000万")
    assert local(only("news", zhang).due_at) == "2026-03-04 09:00"
    contract(office.zhou_min, zhang, amount="1万")
    assert len(duties("news", zhang)) == 1


def test_a_policy_that_asks_otherwise_takes_over_what_is_open(office: Cast) -> None:
    """The row is reworded: the open visit goes on as its, by the new row; a row that is gone is called off."""
    zhang, li = customer(office.lin_xiao), customer(office.lin_xiao, "李娜", intends="是")
    contract(office.zhou_min, zhang)
    publish_policy(
        "2.0.0",
        ('客户等级 = "B" | 记录负责人 | 每月1次', '客户等级 = "B" | 销售员 | 每月2次'),
        ('| 客户等级 in ("C", "D") | 记录负责人, 客服专员 | 每季度至少2次 | 走访 | - | 10天 | 销售主管 | |\n', ""),
    )
    taken = only("visits", zhang)
    assert (taken.state, taken.needed, taken.slot) == ("open", 2, "2026-03-01")
    assert (taken.staff_id, taken.role) == (None, "salesperson")
    assert (only("visits", li).state, only("visits", li).note) == ("cancelled", "制度已不再这样要求。")
