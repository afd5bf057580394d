"""撤回."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.processes.actions import ClaimShare, Comment, Recall, ReturnTo
from keguan.runtime.processes.models import Share
from tests.runtime.processes.moving import MATTER, REASON, last, on_case, on_task, parts, refused_case, steps, told
from tests.runtime.processes.world import complete, local, open_steps, open_task, start

if TYPE_CHECKING:
    from tests.runtime.processes.world import Office


def test_the_step_is_ones_own_again(office: Office) -> None:
    """赵启 has judged and thinks again before anybody looked: the next step ends, his is open with its old deadline."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    due_at = open_task(case, "judging").due_at
    clock.advance(timedelta(hours=2))
    complete(cast.zhao_qi, case, "judging", "成立")
    moved = on_case(Recall, cast.zhao_qi, case)
    assert (moved.state, moved.opened) == ("open", ("judging",))
    assert steps(case) == [
        ("filing", 1, "done"),
        ("judging", 1, "open"),
        ("paying", 1, "returned"),
        ("calling", 1, "returned"),
    ]
    assert parts(cast, case, "judging") == [
        ("sales_supervisor", "handle", "handed_on"),
        ("赵启", "handle", "open"),
    ]
    assert (local(open_task(case, "judging").due_at), open_task(case, "judging").late) == (local(due_at), False)
    assert open_task(case, "judging").next_at is not None
    assert (last(case).kind, told(case, cast.xu_ke)[-1]) == ("recall", "cases.recalled")
    complete(cast.zhao_qi, case, "judging", "不成立")
    assert open_steps(case) == []


def test_the_first_step_is_taken_back(office: Office) -> None:
    """林晓 filed the wrong complaint: hers again, and she files it anew."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    on_case(Recall, cast.lin_xiao, case)
    assert open_steps(case) == ["filing"]
    complete(cast.lin_xiao, case, "filing", values={"matter": "热水器漏水"})
    assert open_steps(case) == ["judging"]


def test_ones_part_among_several(office: Office) -> None:
    """赵启 takes his signature back before 周敏 signs: both are to sign; and whose turn had come waits again."""
    cast = office.cast
    case = start(cast.lin_xiao, "joint", office.customer)
    complete(cast.zhao_qi, case, "together", "同意")
    on_case(Recall, cast.zhao_qi, case)
    assert parts(cast, case, "together") == [
        ("sales_supervisor", "handle", "handed_on"),
        ("service_manager", "handle", "open"),
        ("赵启", "handle", "open"),
    ]
    for who in (cast.zhao_qi, cast.zhou_min):
        complete(who, case, "together", "同意")
    complete(cast.zhao_qi, case, "in_turn", "同意")
    on_case(Recall, cast.zhao_qi, case)
    assert parts(cast, case, "in_turn") == [
        ("sales_supervisor", "handle", "handed_on"),
        ("赵启", "handle", "open"),
        ("service_manager", "handle", "waiting"),
        ("service_specialist", "handle", "waiting"),
    ]
    complete(cast.zhao_qi, case, "in_turn", "同意")
    assert parts(cast, case, "in_turn")[2] == ("service_manager", "handle", "open")


def test_whoever_signed_before_the_last_has_signed(office: Office) -> None:
    """周敏 was the last of two to sign and takes hers back: 赵启's signature stands."""
    cast = office.cast
    case = start(cast.lin_xiao, "joint", office.customer)
    for who in (cast.zhao_qi, cast.zhou_min):
        complete(who, case, "together", "同意")
    on_case(Recall, cast.zhou_min, case)
    assert parts(cast, case, "together") == [
        ("sales_supervisor", "handle", "done"),
        ("service_manager", "handle", "handed_on"),
        ("周敏", "handle", "open"),
    ]
    complete(cast.zhou_min, case, "together", "同意")
    assert open_steps(case) == ["in_turn"]


def test_whoever_had_no_time_to_sign_may_sign_again(office: Office) -> None:
    """One of two disagreed and takes that back: the other's part, which had been closed, is open again."""
    cast = office.cast
    case = start(cast.lin_xiao, "joint", office.customer)
    for step in ("together", "in_turn"):
        for who in (cast.zhao_qi, cast.zhou_min):
            complete(who, case, step, "同意")
    complete(cast.xu_ke, case, "in_turn", "同意")
    complete(cast.zhou_min, case, "either", "驳回")
    on_case(Recall, cast.zhou_min, case)
    assert parts(cast, case, "either") == [
        ("service_manager", "handle", "handed_on"),
        ("service_specialist", "handle", "open"),
        ("周敏", "handle", "open"),
    ]


def test_what_a_fork_began_ends(office: Office) -> None:
    """林晓 takes back what sent the case two ways: both end; and a branch that waits for the other goes back alone."""
    cast = office.cast
    case = start(cast.lin_xiao, "parallel", office.customer)
    on_case(Recall, cast.lin_xiao, case)
    assert open_steps(case) == ["begin"]
    complete(cast.lin_xiao, case, "begin")
    complete(cast.zhao_qi, case, "price", "属实")
    on_case(Recall, cast.zhao_qi, case)
    assert open_steps(case) == ["price", "house"]
    complete(cast.zhao_qi, case, "price", "属实")
    complete(cast.xu_ke, case, "house", "属实")
    complete(cast.xu_ke, case, "again")
    assert open_steps(case) == ["meet"]
    on_case(Recall, cast.xu_ke, case)
    assert open_steps(case) == ["again"]


def test_a_remark_does_not_stand_in_the_way(office: Office) -> None:
    """Somebody left a word meanwhile: nobody acted."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    on_case(Comment, cast.zhao_qi, case, opinion="稍后处理")
    on_case(Recall, cast.lin_xiao, case)
    assert open_steps(case) == ["filing"]


def test_what_is_not_taken_back(office: Office) -> None:
    """Another's step, one read, claimed or sent back since, and what was taken back already: nothing changes."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    refused_case("cases.not_last", Recall, cast.zhao_qi, case)
    Share.objects.filter(case=case, task=open_task(case, "judging")).exclude(kind="copy").update(read_at=clock.now())
    refused_case("cases.read_already", Recall, cast.lin_xiao, case)
    other = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    on_task(ClaimShare, cast.zhao_qi, other, "judging")
    refused_case("cases.not_last", Recall, cast.lin_xiao, other)
    on_task(ReturnTo, cast.zhao_qi, other, "judging", step="filing", opinion=REASON)
    refused_case("cases.not_last", Recall, cast.lin_xiao, other)
    third = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    on_case(Recall, cast.lin_xiao, third)
    refused_case("cases.not_last", Recall, cast.lin_xiao, third)


def test_a_sub_case_that_has_begun_and_a_case_that_is_over_stay(office: Office) -> None:
    """What has begun elsewhere cannot be called back in silence."""
    cast = office.cast
    case = start(cast.lin_xiao, "project", office.customer)
    refused_case("cases.sub_case_began", Recall, cast.lin_xiao, case)
    other = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    complete(cast.zhao_qi, other, "judging", "不成立")
    refused_case("cases.closed", Recall, cast.zhao_qi, other)


def test_somebody_was_quicker(office: Office) -> None:
    """It is refused on what was seen before."""
    cast = office.cast
    case = start(cast.lin_xiao, "parallel", office.customer)
    seen = case.version
    complete(cast.xu_ke, case, "house", "属实")
    refused_case("cases.stale", Recall, cast.lin_xiao, case, version=seen)
