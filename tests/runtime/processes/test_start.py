"""Beginning a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.notifications.models import Notification
from keguan.runtime.processes.models import Case, Counter, Task
from keguan.runtime.processes.queries.starting_form import starting_form
from tests.runtime.processes.world import local, moves, open_steps, open_task, publish_policy, shares, start, viewer
from tests.runtime.records.filing import customer

if TYPE_CHECKING:
    from tests.runtime.processes.world import Office

MATTER = {"matter": "空调不制冷"}


def test_start_completes_the_first_step(office: Office) -> None:
    """Whoever starts a case has done its first step with it: the next one is open for its role at the nearest unit."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    assert (case.number, case.state, case.version) == ("TS-202603-0001", "open", 3)
    assert (case.owner_id, case.unit_id) == (office.cast.lin_xiao.id, office.cast.lin_xiao.unit_id)
    assert moves(case) == ["start", "complete"]
    assert open_steps(case) == ["judging"]
    (share,) = shares(case, "judging")
    assert (share.role, share.seat_id, share.staff_id, share.state) == (
        "sales_supervisor", office.cast.zhao_qi.unit_id, None, "open",
    )  # fmt: skip
    task = open_task(case, "judging")
    assert (local(task.due_at), local(case.due_at)) == ("2026-03-03 09:00", "2026-03-09 09:00")
    assert local(task.next_at) == "2026-03-03 03:00"  # three quarters of the day


def test_start_tells_whoever_gets_a_share(office: Office) -> None:
    """The supervisor of the branch is told that the step came to her, and the service specialist gets a copy."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    told = Notification.objects.filter(case_id=case.pk).order_by("id").values_list("staff_id", "kind")
    assert [each for each in told if each[0] != office.cast.lin_xiao.id] == [
        (office.cast.zhao_qi.id, "cases.assigned_until"),
        (office.cast.xu_ke.id, "cases.copied"),
    ]


def test_start_is_in_the_ledger_with_its_clause(office: Office) -> None:
    """The ledger says who began which case by which clause, and no value of the form."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    filters = ledger.EntryFilters(subject_type="case", subject_id=str(case.pk))
    entries = ledger.entries_page(filters=filters, size=10).entries
    assert [(each.action, each.actor_name, each.clause) for each in reversed(entries)] == [
        ("cases.start", "林晓", "case-tests#complaints"),
        ("cases.complete", "林晓", "case-tests#complaints"),
    ]
    assert "空调" not in str([each.data for each in entries])


def test_start_without_completing_keeps_what_was_filled_in(office: Office) -> None:
    """A case begun without completing its first step waits there, with the form as it was left."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER, complete=False)
    assert open_steps(case) == ["filing"]
    assert list(case.values.values_list("field", "plain")) == [("matter", '"空调不制冷"')]


def test_numbers_have_no_gaps(office: Office) -> None:
    """A start that is refused gives its number back, and a new month begins again at one."""
    from keguan.runtime import clock
    from tests.runtime.processes.world import MONDAY, timedelta

    first = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    with pytest.raises(Refused) as refused:
        start(office.cast.lin_xiao, "complaint", office.customer, {"claim": "100"})
    assert (refused.value.code, refused.value.fields) == ("cases.form", {"matter": "必须填写。"})
    second = start(office.cast.xu_ke, "complaint", office.customer, MATTER)
    with clock.hold(MONDAY + timedelta(days=31)):
        april = start(office.cast.xu_ke, "complaint", office.customer, MATTER)
    assert [first.number, second.number, april.number] == ["TS-202603-0001", "TS-202603-0002", "TS-202604-0001"]
    assert Counter.objects.count() == 2


@pytest.mark.parametrize(
    ("who", "process", "code"),
    [
        ("zhao_qi", "complaint", "cases.may_not_start"),
        ("fang_ming", "complaint", "records.not_found"),
        ("lin_xiao", "nothing", "cases.no_process"),
        ("zhou_min", "large", "cases.starts_itself"),
    ],
)
def test_start_is_refused(office: Office, who: str, process: str, code: str) -> None:
    """Whoever the policy does not name, or who does not see the record, starts nothing; nor does anyone what starts by
    itself.
    """
    with pytest.raises(Refused) as refused:
        start(getattr(office.cast, who), process, office.customer, MATTER)
    assert refused.value.code == code
    assert not Case.objects.exists()
    assert not Task.objects.exists()


@pytest.mark.parametrize("complete", [True, False])
def test_whoever_the_case_is_about_does_not_start_it(office: Office, complete: bool) -> None:
    """The person complained about is told why, and who may; nothing is begun, and no number is taken."""
    before = _entries()
    with pytest.raises(Refused) as refused:
        start(office.cast.xu_ke, "complaint", office.customer, {**MATTER, "against": "许可"}, complete=complete)
    assert refused.value.code == "cases.recused"
    assert refused.value.message == (
        "没有发起：“客户投诉”的“被投诉人”写着您，按制度您要回避，也不能由您发起。请由销售员、客服专员发起。"
    )
    assert (Case.objects.count(), Task.objects.count(), Counter.objects.count(), _entries()) == (0, 0, 0, before)
    assert start(office.cast.lin_xiao, "complaint", office.customer, {**MATTER, "against": "许可"}).state == "open"


def test_whom_the_record_names_sees_no_form_to_start_with(office: Office) -> None:
    """A record that names somebody to be recused refuses them the form already."""
    publish_policy("1.1.0", ("回避: 被投诉人", "回避: 被投诉人, 姓名"))
    record = customer(office.cast.lin_xiao, "林晓", "13900139000")
    with pytest.raises(Refused) as refused:
        starting_form(viewer(office.cast.lin_xiao), "complaint", record)
    assert refused.value.code == "cases.recused"
    assert starting_form(viewer(office.cast.lin_xiao), "complaint", office.customer) is not None


def _entries() -> int:
    filters = ledger.EntryFilters(subject_type="case")
    return len(ledger.entries_page(filters=filters, size=10).entries)
