"""Cases that begin by themselves, and that follow their records."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.policies.queries import current
from keguan.runtime.processes.daily import catch_up
from keguan.runtime.processes.models import Case
from keguan.runtime.records.actions import Update
from keguan.runtime.records.classes import rows_of
from tests.runtime.processes.world import complete, moves, publish_policy, shares, start
from tests.runtime.records.filing import customer

if TYPE_CHECKING:
    from tests.cast import Member
    from tests.runtime.processes.world import Office


def change(member: Member, record_id: int, **values: str) -> None:
    """Change the customer as it stands."""
    version = rows_of(current().model, "customer").values_list("version", flat=True).get(id=record_id)
    Update(viewer=viewer_for(member.id), record_type="customer", id=record_id, version=version, values=values).run()


def test_a_condition_that_becomes_true_begins_a_case(office: Office) -> None:
    """The customer's limit is raised over ten million: a review begins by itself, and only one."""
    cast = office.cast
    change(cast.lin_xiao, office.customer, price_limit="1000万")
    assert not Case.objects.exists()
    change(cast.lin_xiao, office.customer, price_limit="1001万")
    case = Case.objects.get()
    assert (case.process, case.started_by_id, case.started_by_name) == ("large", None, "系统")
    assert [share.role for share in shares(case, "review")] == ["service_manager"]
    change(cast.lin_xiao, office.customer, price_limit="1002万")
    assert Case.objects.count() == 1


def test_a_condition_must_be_untrue_before_it_becomes_true_again(office: Office) -> None:
    """After the review a further change begins none; only when the limit fell and rose again does another begin."""
    cast = office.cast
    change(cast.lin_xiao, office.customer, price_limit="1001万")
    complete(cast.zhou_min, Case.objects.get(), "review")
    change(cast.lin_xiao, office.customer, price_limit="1002万")
    assert Case.objects.count() == 1
    change(cast.lin_xiao, office.customer, price_limit="900万")
    change(cast.lin_xiao, office.customer, price_limit="1003万")
    assert list(Case.objects.order_by("id").values_list("state", flat=True)) == ["completed", "open"]


def test_a_new_record_begins_a_case(office: Office) -> None:
    """新建时: filing a customer begins a case, whose first step goes to the owner where the initiator is meant."""
    publish_policy("1.1.0", ("发起: 当 可接受价格 > 1000万", "发起: 新建时"))
    record_id = customer(office.cast.lin_xiao, "李娜", "13800135613")
    case = Case.objects.get()
    assert (case.record_id, case.owner_id, moves(case)) == (record_id, office.cast.lin_xiao.id, ["start"])
    change(office.cast.lin_xiao, record_id, need="自住")
    assert Case.objects.count() == 1


def test_what_is_true_already_does_not_become_true(office: Office) -> None:
    """A new condition is true of a customer when it is published: nothing begins, then or at the next change."""
    cast = office.cast
    change(cast.lin_xiao, office.customer, price_limit="900万")
    publish_policy("1.1.0", ("发起: 当 可接受价格 > 1000万", "发起: 当 可接受价格 > 800万"))
    change(cast.lin_xiao, office.customer, need="自住")
    assert (catch_up(), Case.objects.count()) == (0, 0)


def test_a_condition_becomes_true_by_the_day_passing(office: Office) -> None:
    """From 5 March on the condition is true: the first look of that day begins the case, and no later one another."""
    cast = office.cast
    publish_policy(
        "1.1.0",
        ("发起: 当 可接受价格 > 1000万", '发起: 当 可接受价格 > 1000万 and today() >= date("2026-03-05")'),
    )
    change(cast.lin_xiao, office.customer, price_limit="2000万")
    clock.advance(timedelta(days=2))
    assert (catch_up(), Case.objects.count()) == (0, 0)
    clock.advance(timedelta(days=1))
    assert (catch_up(), catch_up(), Case.objects.count()) == (1, 0, 1)
    clock.advance(timedelta(days=1))
    assert (catch_up(), Case.objects.count()) == (0, 1)


def test_open_cases_follow_their_record(office: Office) -> None:
    """The record gets another owner: its open cases stand where it stands, and a closed one stays where it was."""
    cast = office.cast
    change(cast.lin_xiao, office.customer, price_limit="1001万")
    complete(cast.zhou_min, Case.objects.get(), "review")
    case = start(cast.lin_xiao, "complaint", office.customer, {"matter": "空调不制冷"})
    rows_of(current().model, "customer").filter(id=office.customer).update(owner_id=office.sun.id)
    change(cast.zhao_qi, office.customer, need="自住")
    case.refresh_from_db()
    assert case.owner_id == office.sun.id
    assert Case.objects.get(process="large").owner_id == cast.lin_xiao.id
