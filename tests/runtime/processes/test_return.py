"""退回."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.org.actions import SetActive
from keguan.runtime.processes.actions import AddSigner, ReturnTo
from keguan.runtime.processes.models import Value
from tests.runtime.processes.moving import MATTER, REASON, last, on_task, parts, refused_task, steps, told
from tests.runtime.processes.world import complete, local, open_steps, open_task, shares, start

if TYPE_CHECKING:
    from tests.runtime.processes.world import Office


def test_back_to_whoever_did_it(office: Office) -> None:
    """赵启 sends the complaint back to its filing: 林晓 gets it back, with what she filled in and a deadline anew."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    clock.advance(timedelta(hours=3))
    moved = on_task(ReturnTo, cast.zhao_qi, case, "judging", step="filing", opinion=REASON)
    assert (moved.state, moved.opened) == ("open", ("filing",))
    assert steps(case) == [("filing", 1, "done"), ("judging", 1, "returned"), ("filing", 2, "open")]
    (share,) = shares(case, "filing")
    assert (share.staff_id, share.returned, share.state) == (cast.lin_xiao.id, True, "open")
    assert parts(cast, case, "judging") == [("sales_supervisor", "handle", "closed")]
    assert (last(case).kind, last(case).opinion, last(case).data["to_step"]) == ("return", REASON, "filing")
    assert "cases.returned" in told(case, cast.lin_xiao)
    assert [value.plain for value in Value.objects.filter(case=case, field="matter")] == ['"空调不制冷"']
    assert local(open_task(case, "filing").due_at) == "2026-03-02 12:00"
    complete(cast.lin_xiao, case, "filing", values={"matter": "空调不制冷，已附照片"})
    assert open_steps(case) == ["judging"]


def test_of_a_role_whoever_acted_gets_it_back(office: Office) -> None:
    """Two may judge; 赵启 did, so it is his and nobody else's; when he has left it is the role's."""
    cast = office.cast
    case = start(cast.lin_xiao, "joint", office.customer)
    for who in (cast.zhao_qi, cast.zhou_min):
        complete(who, case, "together", "同意")
    on_task(ReturnTo, cast.zhao_qi, case, "in_turn", step="together", opinion=REASON)
    assert parts(cast, case, "together") == [("赵启", "handle", "open"), ("周敏", "handle", "open")]
    for who in (cast.zhao_qi, cast.zhou_min):
        complete(who, case, "together", "同意")
    SetActive(actor=SYSTEM, staff_id=cast.zhou_min.id, active=False).run()
    on_task(ReturnTo, cast.zhao_qi, case, "in_turn", step="together", opinion=REASON)
    assert parts(cast, case, "together") == [("赵启", "handle", "open"), ("service_manager", "handle", "open")]


def test_in_turn_it_begins_with_the_first_again(office: Office) -> None:
    """Three signed one after the other; sent back, the first is to act and the others wait."""
    cast = office.cast
    case = start(cast.lin_xiao, "joint", office.customer)
    for step, people in (("together", (cast.zhao_qi, cast.zhou_min)), ("in_turn", (cast.zhao_qi, cast.zhou_min))):
        for who in people:
            complete(who, case, step, "同意")
    complete(cast.xu_ke, case, "in_turn", "同意")
    on_task(ReturnTo, cast.xu_ke, case, "either", step="in_turn", opinion=REASON)
    assert parts(cast, case, "in_turn") == [
        ("赵启", "handle", "open"),
        ("周敏", "handle", "waiting"),
        ("许可", "handle", "waiting"),
    ]


def test_from_a_branch_to_before_the_fork_the_others_end(office: Office) -> None:
    """One of two branches goes back to where they parted: the other one is cancelled, and both begin anew later."""
    cast = office.cast
    case = start(cast.lin_xiao, "parallel", office.customer)
    assert open_steps(case) == ["price", "house"]
    on_task(ReturnTo, cast.zhao_qi, case, "price", step="begin", opinion=REASON)
    assert steps(case) == [
        ("begin", 1, "done"),
        ("price", 1, "returned"),
        ("house", 1, "cancelled"),
        ("begin", 2, "open"),
    ]
    complete(cast.lin_xiao, case, "begin")
    assert open_steps(case) == ["price", "house"]


def test_within_a_branch_the_other_goes_on(office: Office) -> None:
    """The second step of a branch goes back to the first: the other branch is not touched."""
    cast = office.cast
    case = start(cast.lin_xiao, "parallel", office.customer)
    complete(cast.xu_ke, case, "house", "属实")
    on_task(ReturnTo, cast.xu_ke, case, "again", step="house", opinion=REASON)
    assert open_steps(case) == ["price", "house"]
    complete(cast.zhao_qi, case, "price", "属实")
    complete(cast.xu_ke, case, "house", "属实")
    complete(cast.xu_ke, case, "again")
    assert open_steps(case) == ["meet"]


def test_from_where_branches_meet_back_into_one(office: Office) -> None:
    """The other branch stays done: when the one is done again they meet again."""
    cast = office.cast
    case = start(cast.lin_xiao, "parallel", office.customer)
    complete(cast.zhao_qi, case, "price", "属实")
    complete(cast.xu_ke, case, "house", "属实")
    complete(cast.xu_ke, case, "again")
    on_task(ReturnTo, cast.zhou_min, case, "meet", step="price", opinion=REASON)
    assert open_steps(case) == ["price"]
    complete(cast.zhao_qi, case, "price", "属实")
    assert open_steps(case) == ["meet"]


def test_where_it_does_not_go(office: Office) -> None:
    """No reason, the step itself, one to come, none at all, one in another branch, another's step: nothing changes."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    refused_task("cases.opinion", ReturnTo, cast.zhao_qi, case, "judging", step="filing", opinion="不行")
    for step in ("judging", "calling", "nowhere"):
        refusal = refused_task("cases.no_way_back", ReturnTo, cast.zhao_qi, case, "judging", step=step, opinion=REASON)
        assert "登记" in refusal.message
    refused_task("cases.not_yours", ReturnTo, cast.xu_ke, case, "judging", step="filing", opinion=REASON)
    other = start(cast.lin_xiao, "parallel", office.customer)
    complete(cast.zhao_qi, other, "price", "属实")
    refused_task("cases.no_way_back", ReturnTo, cast.xu_ke, other, "house", step="price", opinion=REASON)
    first = start(cast.lin_xiao, "joint", office.customer)
    refused_task("cases.no_way_back", ReturnTo, cast.zhao_qi, first, "together", step="together", opinion=REASON)


def test_what_was_behind_a_loop_is_not_behind_it_any_more(office: Office) -> None:
    """Sent back from the third step to the first, the case cannot be sent 'back' to the second from there."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    complete(cast.zhao_qi, case, "judging", "成立")
    on_task(ReturnTo, cast.xu_ke, case, "calling", step="filing", opinion=REASON)
    refused_task("cases.no_way_back", ReturnTo, cast.lin_xiao, case, "filing", step="judging", opinion=REASON)


def test_an_added_signer_may_send_it_back(office: Office) -> None:
    """许可, added before 赵启, finds that something is missing: the whole step goes back."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    on_task(AddSigner, cast.zhao_qi, case, "judging", staff_ids=(cast.xu_ke.id,), where="before")
    on_task(ReturnTo, cast.xu_ke, case, "judging", step="filing", opinion=REASON)
    assert open_steps(case) == ["filing"]
    assert parts(cast, case, "judging") == [("赵启", "handle", "closed"), ("许可", "before", "closed")]


def test_somebody_was_quicker(office: Office) -> None:
    """It is refused on what was seen before."""
    cast = office.cast
    case = start(cast.lin_xiao, "parallel", office.customer)
    seen = case.version
    complete(cast.xu_ke, case, "house", "属实")
    refused_task("cases.stale", ReturnTo, cast.zhao_qi, case, "price", step="begin", opinion=REASON, version=seen)
