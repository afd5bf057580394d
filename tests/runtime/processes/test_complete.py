"""Completing steps: who may, with which outcome, on what checks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.calendars import queries as calendars
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.org.actions import AppointDeputy, SetActive
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.actions import ClaimShare, CompleteStep, ReleaseShare
from keguan.runtime.processes.models import Case, Move, Share, Task
from tests.runtime.processes.test_start import MATTER
from tests.runtime.processes.world import (
    complete,
    moves,
    open_steps,
    open_task,
    publish_policy,
    shares,
    start,
    states,
    viewer,
)

if TYPE_CHECKING:
    from tests.runtime.processes.world import Office

MOST_QUERIES = 20
"""What completing a step asks of the database when it goes past one step to another: the case with its steps, shares
and form (5), the record and the calendar (2), who may act and who is next (3), what is written (8), the ledger (2). On
PostgreSQL one more, for the order in which cases are locked.
"""


def refused(act: object) -> Refused:
    """The refusal that a call meets."""
    with pytest.raises(Refused) as found:
        act()  # type: ignore[operator]
    return found.value


def test_a_step_is_completed_with_its_outcome(office: Office) -> None:
    """The supervisor judges the complaint founded; the small claim passes the payment over, and the call is next."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, {**MATTER, "claim": "5000"})
    moved = complete(cast.zhao_qi, case, "judging", "成立", opinion="属实")
    assert (moved.opened, moved.state, moved.version) == (("calling",), "open", 4)
    done = Task.objects.get(case=case, step="judging")
    assert (done.state, done.outcome, done.next_at, done.late) == ("done", "成立", None, False)
    (share,) = shares(case, "judging")
    assert (share.state, share.acted_by_id, share.acted_by_name, share.opinion) == (
        "done",
        cast.zhao_qi.id,
        "赵启",
        "属实",
    )
    assert len(share.signature) == 64
    passed = Task.objects.get(case=case, step="paying")
    assert (passed.state, passed.outcome) == ("passed", "同意")


def test_a_larger_claim_goes_to_the_manager(office: Office) -> None:
    """A condition over what the form holds is true: the step is not passed over."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, {**MATTER, "claim": "5000.01"})
    complete(office.cast.zhao_qi, case, "judging", "成立")
    assert open_steps(case) == ["paying"]


def test_the_loop_when_the_customer_is_not_satisfied(office: Office) -> None:
    """The customer is not satisfied: the case goes back to judging, a second time, and ends archived when they are."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    complete(cast.zhao_qi, case, "judging", "成立")
    complete(cast.xu_ke, case, "calling", "不满意")
    assert open_steps(case) == ["judging"]
    assert open_task(case, "judging").turn == 2
    complete(cast.zhao_qi, case, "judging", "成立")
    moved = complete(cast.xu_ke, case, "calling", "满意")
    assert (moved.state, moved.opened) == ("archived", ())
    case.refresh_from_db()
    assert (case.closed_at is not None, case.next_at, case.late) == (True, None, False)
    assert moves(case) == ["start", *["complete"] * 5]


def test_whoever_comes_second_is_told_who_was_quicker(office: Office) -> None:
    """Two people saw the same version: the second is told who did what and when, and nothing is doubled."""
    cast = office.cast
    case = start(cast.lin_xiao, "joint", office.customer)
    task = open_task(case, "together")
    CompleteStep(viewer=viewer(cast.zhao_qi), task_id=task.pk, version=case.version, outcome="同意").run()
    late = CompleteStep(viewer=viewer(cast.zhou_min), task_id=task.pk, version=case.version, outcome="驳回")
    found = refused(late.run)
    assert found.code == "cases.stale"
    assert found.message == "没有办成：赵启已在2026-03-02 周一 09:00办了“办理”。请看最新情况，再办一次。"
    assert moves(case) == ["start", "complete"]
    assert states(case, "together") == ["done", "open"]


@pytest.mark.parametrize(
    ("who", "outcome", "code"),
    [
        ("lin_xiao", "成立", "cases.not_yours"),
        ("zhao_qi", "也许", "cases.outcome"),
        ("zhao_qi", "", "cases.outcome"),
        ("guan_li", "成立", "cases.not_found"),
    ],
)
def test_a_completion_is_refused(office: Office, who: str, outcome: str, code: str) -> None:
    """Whoever is not the one to act, or gives no outcome of the step, changes nothing."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, MATTER)
    found = refused(lambda: complete(getattr(office.cast, who), case, "judging", outcome))
    assert found.code == code
    case.refresh_from_db()
    assert (case.version, open_steps(case), states(case, "judging")) == (3, ["judging"], ["open"])


def test_a_closed_case_takes_no_more(office: Office) -> None:
    """A case that is over says so."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    task = open_task(case, "judging")
    complete(cast.zhao_qi, case, "judging", "不成立")
    case.refresh_from_db()
    again = CompleteStep(viewer=viewer(cast.zhao_qi), task_id=task.pk, version=case.version, outcome="成立")
    found = refused(again.run)
    assert (found.code, found.message) == ("cases.closed", "这个案件已结束，不能再办。")
    assert (case.state, moves(case)) == ("ended", ["start", "complete", "complete"])


def test_whom_the_complaint_is_about_never_handles_it(office: Office) -> None:
    """The supervisor complained about is left out: the step goes to another holder of the role, and she is told why."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, {**MATTER, "against": "赵启"})
    (share,) = shares(case, "judging")
    assert (share.role, share.staff_id, share.barred) == ("sales_supervisor", None, [cast.zhao_qi.id])
    assert refused(lambda: complete(cast.zhao_qi, case, "judging", "成立")).code == "cases.barred"
    assert open_steps(case) == ["judging"]


def test_a_step_without_anybody_goes_to_the_head_above(office: Office) -> None:
    """Where the only holder of the role is barred, the head of the nearest unit handles the step."""
    from keguan.runtime.org.actions import NameHead
    from tests.runtime.processes.world import HEAD_OFFICE

    cast = office.cast
    NameHead(actor=SYSTEM, unit_id=cast.units[HEAD_OFFICE], staff_id=cast.zhou_min.id).run()
    case = start(cast.lin_xiao, "complaint", office.customer, {**MATTER, "against": "zhao_qi"})
    (share,) = shares(case, "judging")
    assert (share.role, share.staff_id) == ("", cast.zhou_min.id)
    assert complete(cast.zhou_min, case, "judging", "不成立").state == "ended"


def test_a_case_that_nobody_can_handle_is_told_of(office: Office) -> None:
    """Where nobody can act at all, whoever started the case is told, and whoever gets the role later can act."""
    from keguan.runtime.notifications.models import Notification

    cast = office.cast
    SetActive(actor=SYSTEM, staff_id=cast.zhao_qi.id, active=False).run()
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    told = Notification.objects.filter(case_id=case.pk, kind="cases.vacant")
    assert [each.staff_id for each in told] == [cast.lin_xiao.id]
    SetActive(actor=SYSTEM, staff_id=cast.zhao_qi.id, active=True).run()
    assert complete(cast.zhao_qi, case, "judging", "不成立").state == "ended"


def test_a_deputy_acts_in_somebodys_stead(office: Office) -> None:
    """While the supervisor is away her deputy completes the step; share and move say in whose stead."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    assert refused(lambda: complete(office.sun, case, "judging", "成立")).code == "cases.not_yours"
    AppointDeputy(
        actor=SYSTEM, staff_id=cast.zhao_qi.id, deputy_id=office.sun.id, since=date(2026, 3, 2), reason="出差"
    ).run()
    complete(office.sun, case, "judging", "不成立")
    (share,) = shares(case, "judging")
    move = Move.objects.filter(case=case).latest("id")
    assert (share.acted_by_id, share.for_id, move.for_id) == (office.sun.id, cast.zhao_qi.id, cast.zhao_qi.id)


def test_a_share_is_claimed_and_released(office: Office) -> None:
    """Whoever takes a role's share keeps the others off it, until they give it back."""
    cast = office.cast
    publish_policy("1.1.0", ("| 审核 | review | 客服经理 | → 完成 |", "| 审核 | review | 客服经理 | → 结束 |"))
    case = start(cast.lin_xiao, "joint", office.customer)
    for who, outcome in ((cast.zhao_qi, "同意"), (cast.zhou_min, "同意")):
        complete(who, case, "together", outcome)
    case.refresh_from_db()
    task = open_task(case, "in_turn")
    claimed = ClaimShare(viewer=viewer(cast.zhao_qi), task_id=task.pk, version=case.version).run()
    assert shares(case, "in_turn")[0].staff_id == cast.zhao_qi.id
    again = ClaimShare(viewer=viewer(cast.zhao_qi), task_id=task.pk, version=claimed.version)
    assert refused(again.run).code == "cases.nothing_to_claim"
    other = ReleaseShare(viewer=viewer(cast.zhou_min), task_id=task.pk, version=claimed.version)
    assert refused(other.run).code == "cases.nothing_to_release"
    ReleaseShare(viewer=viewer(cast.zhao_qi), task_id=task.pk, version=claimed.version).run()
    assert shares(case, "in_turn")[0].staff_id is None
    assert moves(case)[-2:] == ["claim", "release"]


def test_a_checklist_is_asked_and_judged(office: Office) -> None:
    """Items are to be answered; too few points refuse to go on, and say what is not met."""
    cast = office.cast
    case = start(cast.lin_xiao, "calling_on", office.customer)
    missing = refused(lambda: complete(cast.zhao_qi, case, "check", "通过", checked={"badge": True}))
    assert (missing.code, list(missing.fields)) == ("cases.checks", ["checked.on_time"])
    answers = {"badge": True, "on_time": False}
    failed = refused(lambda: complete(cast.zhao_qi, case, "check", "通过", checked=answers))
    assert (failed.code, failed.message) == (
        "cases.check_failed",
        "检查不合格，不能往下走。没有做到的有：有意向、守时。",
    )
    assert open_task(case, "check").checked is None
    answers["on_time"] = True
    complete(cast.zhao_qi, case, "check", "通过", checked=answers)
    assert Task.objects.get(case=case, step="check").checked == {
        "items": {"keen": False, "on_time": True, "badge": True}, "points": 6000, "of": 10000, "passed": True,
    }  # fmt: skip


def test_the_forms_own_field_decides(office: Office) -> None:
    """Where the form has a field for it, the way out is what stands there, and 否则 takes what no other names."""
    cast = office.cast
    case = start(cast.lin_xiao, "calling_on", office.customer)
    complete(cast.zhao_qi, case, "check", "通过", checked={"badge": True, "on_time": True})
    assert refused(lambda: complete(cast.zhou_min, case, "verdict", "合格")).code == "cases.form"
    complete(cast.zhou_min, case, "verdict", values={"verdict": "整改"})
    assert Task.objects.filter(case=case, step="verdict").latest("id").outcome == "否则"
    complete(cast.zhao_qi, case, "check", "通过", checked={"badge": True, "on_time": True})
    assert complete(cast.zhou_min, case, "verdict", values={"verdict": "合格"}).state == "archived"


def test_a_case_ends_under_the_policy_with_which_it_began(office: Office) -> None:
    """A new version changes where judging leads: the case that began before goes the old way, a new one the new."""
    cast = office.cast
    old = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    publish_policy("1.1.0", ("成立 → 赔付; 不成立 → 结束", "成立 → 回访; 不成立 → 作废"))
    new = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    assert complete(cast.zhao_qi, old, "judging", "不成立").state == "ended"
    assert complete(cast.zhao_qi, new, "judging", "不成立").state == "cancelled"
    assert (old.number, new.number) == ("TS-202603-0001", "TS-202603-0002")


def test_completing_a_step_takes_few_queries(office: Office) -> None:
    """The whole move stays within its budget, however many other cases there are."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    task = open_task(case, "judging")
    with policies.pinned(), calendars.pinned():
        who = viewer(cast.zhao_qi)
        action = CompleteStep(viewer=who, task_id=task.pk, version=case.version, outcome="成立")
        policies.current()
        with CaptureQueriesContext(connection) as asked:
            action.run()
    spent = [each["sql"] for each in asked if "SAVEPOINT" not in each["sql"]]
    allowed = MOST_QUERIES + (connection.vendor == "postgresql")
    assert len(spent) <= allowed, "\n".join(each[:150] for each in spent)
    assert Case.objects.count() == 1
    assert Share.objects.count() == 4
