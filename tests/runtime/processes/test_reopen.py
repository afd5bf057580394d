"""重新办理."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.processes.actions import MergeCase, ReopenCase, ReturnTo, WithdrawCase
from keguan.runtime.processes.models import Case
from tests.runtime.processes.moving import (
    MATTER,
    REASON,
    last,
    on_case,
    on_task,
    parts,
    refused_case,
    steps,
    told,
)
from tests.runtime.processes.world import complete, local, open_steps, start, wait

if TYPE_CHECKING:
    from tests.runtime.processes.world import Office


def closed(office: Office, process: str = "complaint") -> Case:
    """A complaint that was held founded and called about."""
    cast = office.cast
    case = start(cast.lin_xiao, process, office.customer, MATTER)
    complete(cast.zhao_qi, case, "judging", "成立")
    complete(cast.xu_ke, case, "calling", "满意")
    return case


def test_it_goes_on_in_another_round(office: Office) -> None:
    """The customer is not satisfied after all: the judging begins anew, with 赵启 who did it, and seven new days."""
    cast = office.cast
    case = closed(office)
    clock.advance(timedelta(days=9))
    moved = on_case(ReopenCase, cast.xu_ke, case, step="judging", opinion=REASON)
    case.refresh_from_db()
    assert (moved.state, moved.opened, case.round, case.closed_at) == ("open", ("judging",), 2, None)
    assert (local(case.due_at), case.late) == ("2026-03-18 09:00", False)
    assert case.next_at == case.due_at
    assert steps(case)[-1] == ("judging", 2, "open")
    assert parts(cast, case, "judging") == [("赵启", "handle", "open")]
    assert (last(case).kind, last(case).data) == (
        "reopen",
        {"state": "archived", "round": 2, "opened": ["judging"]},
    )
    assert "cases.reopened" in told(case, cast.lin_xiao)
    complete(cast.zhao_qi, case, "judging", "不成立")
    assert open_steps(case) == []


def test_from_the_beginning(office: Office) -> None:
    """What was withdrawn is taken up again by whoever started it, at its first step."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    on_case(WithdrawCase, cast.lin_xiao, case, opinion=REASON)
    on_case(ReopenCase, cast.lin_xiao, case, step="filing", opinion="客户又来投诉")
    assert open_steps(case) == ["filing"]
    complete(cast.lin_xiao, case, "filing")
    assert open_steps(case) == ["judging"]


def test_within_a_branch(office: Office) -> None:
    """One of two branches is done again; the other stays done, and they meet."""
    cast = office.cast
    case = start(cast.lin_xiao, "parallel", office.customer)
    complete(cast.zhao_qi, case, "price", "属实")
    complete(cast.xu_ke, case, "house", "属实")
    complete(cast.xu_ke, case, "again")
    complete(cast.zhou_min, case, "meet")
    on_case(ReopenCase, cast.lin_xiao, case, step="price", opinion=REASON)
    assert open_steps(case) == ["price"]
    complete(cast.zhao_qi, case, "price", "属实")
    assert open_steps(case) == ["meet"]


def test_what_was_late_is_not_in_the_new_round(office: Office) -> None:
    """A case that ended late is on time again, and may be late again."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    wait(days=8)
    on_case(WithdrawCase, cast.lin_xiao, case, opinion=REASON)
    case.refresh_from_db()
    assert case.late
    on_case(ReopenCase, cast.lin_xiao, case, step="filing", opinion=REASON)
    case.refresh_from_db()
    assert not case.late
    wait(days=8)
    case.refresh_from_db()
    assert case.late


def test_one_can_send_back_to_a_step_of_the_round_before(office: Office) -> None:
    """In the second round the judging may go back to the filing of the first."""
    cast = office.cast
    case = closed(office)
    on_case(ReopenCase, cast.xu_ke, case, step="judging", opinion=REASON)
    on_task(ReturnTo, cast.zhao_qi, case, "judging", step="filing", opinion=REASON)
    assert open_steps(case) == ["filing"]


def test_what_is_not_opened_again(office: Office) -> None:
    """An open one, by onlookers, without a reason, at a step never reached, merged away, or within another."""
    cast = office.cast
    case = closed(office)
    refused_case("cases.onlooker", ReopenCase, cast.zhou_min, case, step="judging", opinion=REASON)
    refused_case("cases.opinion", ReopenCase, cast.xu_ke, case, step="judging", opinion="再办")
    refusal = refused_case("cases.no_way_back", ReopenCase, cast.xu_ke, case, step="paying", opinion=REASON)
    assert "登记、定责、回访" in refusal.message
    one, other = (start(cast.lin_xiao, "complaint", office.customer, MATTER) for _ in range(2))
    refused_case("cases.open", ReopenCase, cast.lin_xiao, one, step="filing", opinion=REASON)
    on_case(MergeCase, cast.zhao_qi, one, into_case_id=other.pk, opinion=REASON)
    refused_case("cases.merged_away", ReopenCase, cast.lin_xiao, one, step="filing", opinion=REASON)
    project = start(cast.lin_xiao, "project", office.customer)
    below = Case.objects.get(parent_task__case=project)
    on_case(WithdrawCase, cast.lin_xiao, below, opinion=REASON)
    refused_case("cases.belongs", ReopenCase, cast.lin_xiao, below, step="filing", opinion=REASON)


def test_whoever_it_is_about_does_not(office: Office) -> None:
    """许可 sent a complaint back at the call-back, and came to be named in it: closed, it is not hers to open."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    complete(cast.zhao_qi, case, "judging", "成立")
    on_task(ReturnTo, cast.xu_ke, case, "calling", step="filing", opinion=REASON)
    complete(cast.lin_xiao, case, "filing", values={**MATTER, "against": "许可"})
    complete(cast.zhao_qi, case, "judging", "不成立")
    refused_case("cases.onlooker", ReopenCase, cast.xu_ke, case, step="filing", opinion=REASON)


def test_somebody_was_quicker(office: Office) -> None:
    """It is refused on what was seen before."""
    case = closed(office)
    refused_case("cases.stale", ReopenCase, office.cast.xu_ke, case, step="judging", opinion=REASON, version=1)
