"""Where cases go: several who act, forks and meetings, cases within cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes.models import Case, Task
from tests.runtime.processes.world import complete, moves, open_steps, open_task, shares, start, states

if TYPE_CHECKING:
    from tests.runtime.processes.world import Office


def agreed(office: Office) -> Case:
    """A joint approval in which everybody has agreed so far: it is the salespeople's turn."""
    cast = office.cast
    case = start(cast.lin_xiao, "joint", office.customer)
    for who in (cast.zhao_qi, cast.zhou_min):
        complete(who, case, "together", "同意")
    for who in (cast.zhao_qi, cast.zhou_min, cast.xu_ke):
        complete(who, case, "in_turn", "同意")
    complete(cast.xu_ke, case, "either", "同意")
    return case


def test_all_must_sign(office: Office) -> None:
    """会签: the step is decided when the last has agreed; the order does not matter."""
    cast = office.cast
    case = start(cast.lin_xiao, "joint", office.customer)
    assert states(case, "together") == ["open", "open"]
    assert complete(cast.zhou_min, case, "together", "同意").opened == ()
    assert states(case, "together") == ["open", "done"]
    assert complete(cast.zhao_qi, case, "together", "同意").opened == ("in_turn",)


def test_the_first_who_does_not_agree_decides(office: Office) -> None:
    """会签: one refusal ends the step, and the shares of the others are closed."""
    cast = office.cast
    case = start(cast.lin_xiao, "joint", office.customer)
    assert complete(cast.zhou_min, case, "together", "驳回").state == "cancelled"
    assert states(case, "together") == ["closed", "done"]


def test_in_turn_one_after_the_other(office: Office) -> None:
    """依次: only the first is open; the next when the one before has agreed; a refusal goes back at once."""
    cast = office.cast
    case = start(cast.lin_xiao, "joint", office.customer)
    for who in (cast.zhao_qi, cast.zhou_min):
        complete(who, case, "together", "同意")
    assert states(case, "in_turn") == ["open", "waiting", "waiting"]
    with pytest.raises(Refused) as early:
        complete(cast.xu_ke, case, "in_turn", "同意")
    assert early.value.code == "cases.not_yet"
    complete(cast.zhao_qi, case, "in_turn", "同意")
    assert states(case, "in_turn") == ["done", "open", "waiting"]
    assert complete(cast.zhou_min, case, "in_turn", "驳回").opened == ("together",)
    assert states(case, "in_turn") == ["done", "done", "closed"]
    assert states(case, "together") == ["open", "open"]


def test_one_of_several_decides(office: Office) -> None:
    """或签: the first to act decides, with whatever outcome."""
    case = agreed(office)
    assert states(case, "either") == ["closed", "done"]


def test_everyone_of_a_role_but_whoever_started_it(office: Office) -> None:
    """每人: every salesperson of the branch has a share of their own, apart from the one who started the case."""
    case = agreed(office)
    assert [share.staff_id for share in shares(case, "each")] == [office.sun.id, office.qian.id]
    with pytest.raises(Refused) as own:
        complete(office.cast.lin_xiao, case, "each", "同意")
    assert own.value.code == "cases.barred"
    complete(office.qian, case, "each", "同意")
    assert complete(office.sun, case, "each", "同意").state == "archived"


def test_branches_meet(office: Office) -> None:
    """Side-by-side steps run in branches of their own, and the step where they meet begins when all have come."""
    cast = office.cast
    case = start(cast.lin_xiao, "parallel", office.customer)
    fork = Task.objects.get(case=case, step="begin")
    branches = list(Task.objects.filter(case=case, state="open").order_by("id").values_list("step", "branch"))
    assert branches == [("price", f"{fork.pk}.0"), ("house", f"{fork.pk}.1")]
    assert complete(cast.zhao_qi, case, "price", "属实").opened == ()
    assert complete(cast.xu_ke, case, "house", "属实").opened == ("again",)
    assert open_task(case, "again").branch == f"{fork.pk}.1"
    assert complete(cast.xu_ke, case, "again").opened == ("meet",)
    assert open_task(case, "meet").branch == ""
    assert complete(cast.zhou_min, case, "meet").state == "archived"


def test_a_return_before_the_fork_cancels_the_other_branch(office: Office) -> None:
    """One branch goes back to before the fork: the other is cancelled, and the fork begins anew."""
    cast = office.cast
    case = start(cast.lin_xiao, "parallel", office.customer)
    complete(cast.xu_ke, case, "house", "属实")
    assert complete(cast.zhao_qi, case, "price", "重报").opened == ("begin",)
    assert open_steps(case) == ["begin"]
    assert Task.objects.get(case=case, step="again").state == "cancelled"
    complete(cast.lin_xiao, case, "begin")
    second = Task.objects.filter(case=case, step="begin").latest("id")
    assert list(Task.objects.filter(case=case, state="open").values_list("branch", flat=True)) == [
        f"{second.pk}.0", f"{second.pk}.1",
    ]  # fmt: skip


def test_cancelling_in_one_branch_ends_the_case(office: Office) -> None:
    """作废 in one branch is the end of all of them."""
    cast = office.cast
    case = start(cast.lin_xiao, "parallel", office.customer)
    assert complete(cast.xu_ke, case, "house", "放弃").state == "cancelled"
    assert Task.objects.get(case=case, step="price").state == "cancelled"


@pytest.mark.parametrize("last", ["整改", "不整改"])
def test_branches_that_never_meet(office: Office, last: str) -> None:
    """The case is over when the last of its branches has ended, and then as the best of them."""
    cast = office.cast
    case = start(cast.lin_xiao, "apart_ways", office.customer)
    assert complete(cast.zhou_min, case, "refund").state == "open"
    assert complete(cast.zhao_qi, case, "improve", last).state == "archived"


def test_a_step_waits_for_its_sub_case(office: Office) -> None:
    """The step runs another process over the same record and goes on by the way out that is named like its end."""
    cast = office.cast
    case = start(cast.lin_xiao, "project", office.customer)
    below = Case.objects.get(parent_task__case=case)
    assert (below.process, below.record_id, below.started_by_id) == ("notice", office.customer, cast.lin_xiao.id)
    assert Task.objects.get(case=case, step="noticed").state == "waiting"
    complete(cast.lin_xiao, below, "filing")
    complete(cast.zhao_qi, below, "review", "同意")
    assert open_steps(case) == ["decide"]
    assert moves(case) == ["start", "complete", "sub_ended"]
    assert Task.objects.get(case=case, step="noticed").outcome == "归档"
    assert complete(cast.zhou_min, case, "decide").state == "completed"
