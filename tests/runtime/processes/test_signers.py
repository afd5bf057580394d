"""加签 and 减签."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.processes.actions import AddSigner, CompleteStep, RemoveSigner
from keguan.runtime.processes.models import Share
from tests.runtime.processes.moving import MATTER, last, on_task, parts, refused_task, told
from tests.runtime.processes.world import complete, open_steps, start

if TYPE_CHECKING:
    from keguan.runtime.processes.models import Case
    from tests.runtime.processes.world import Office


def added(office: Office, where: str, *names: str) -> Case:
    """赵启 has added people to his step."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    people = tuple(getattr(cast, name).id for name in names)
    on_task(AddSigner, cast.zhao_qi, case, "judging", staff_ids=people, where=where, opinion="请一并签")
    return case


def share_of(case: Case, member_id: int) -> int:
    """The id of somebody's share."""
    return Share.objects.exclude(kind="copy").get(case=case, staff_id=member_id).pk


def test_signers_before_advise_and_then_it_is_ones_turn(office: Office) -> None:
    """周敏 and 许可 sign before 赵启: he waits for both, and decides otherwise than they do."""
    cast = office.cast
    case = added(office, "before", "zhou_min", "xu_ke")
    assert parts(cast, case, "judging") == [
        ("赵启", "handle", "waiting"),
        ("周敏", "before", "open"),
        ("许可", "before", "open"),
    ]
    assert (last(case).kind, last(case).data["where"]) == ("add_signer", "before")
    assert told(case, cast.zhou_min) == ["cases.signer_added"]
    refused_task("cases.not_yet", CompleteStep, cast.zhao_qi, case, "judging", outcome="成立")
    complete(cast.xu_ke, case, "judging", "成立")
    complete(cast.zhou_min, case, "judging", "成立")
    assert parts(cast, case, "judging")[0] == ("赵启", "handle", "open")
    complete(cast.zhao_qi, case, "judging", "不成立")
    assert open_steps(case) == []


def test_signers_beside_must_sign_too(office: Office) -> None:
    """许可 signs beside 赵启, in any order; the step is done with the second of them."""
    cast = office.cast
    case = added(office, "beside", "xu_ke")
    assert parts(cast, case, "judging") == [("赵启", "handle", "open"), ("许可", "beside", "open")]
    complete(cast.zhao_qi, case, "judging", "成立")
    assert open_steps(case) == ["judging"]
    complete(cast.xu_ke, case, "judging", "成立")
    assert open_steps(case) == ["calling"]


def test_a_signer_beside_who_does_not_agree_decides(office: Office) -> None:
    """As among those who sign together: 许可 holds it unfounded, and the case is over."""
    cast = office.cast
    case = added(office, "beside", "xu_ke")
    complete(cast.xu_ke, case, "judging", "不成立")
    assert open_steps(case) == []


def test_signers_after_come_after_oneself(office: Office) -> None:
    """许可 signs after 赵启: hers opens with his completion, and the step is done with hers."""
    cast = office.cast
    case = added(office, "after", "xu_ke")
    assert parts(cast, case, "judging") == [("赵启", "handle", "open"), ("许可", "after", "waiting")]
    refused_task("cases.not_yet", CompleteStep, cast.xu_ke, case, "judging", outcome="成立")
    complete(cast.zhao_qi, case, "judging", "成立")
    assert parts(cast, case, "judging") == [("赵启", "handle", "done"), ("许可", "after", "open")]
    complete(cast.xu_ke, case, "judging", "成立")
    assert open_steps(case) == ["calling"]


@pytest.mark.parametrize("where", ["before", "beside", "after"])
def test_a_signer_is_taken_back(office: Office, where: str) -> None:
    """赵启 takes 许可 back: nobody waits for her any more, and he completes the step alone."""
    cast = office.cast
    case = added(office, where, "xu_ke")
    on_task(RemoveSigner, cast.zhao_qi, case, "judging", share_id=share_of(case, cast.xu_ke.id))
    assert parts(cast, case, "judging") == [("赵启", "handle", "open"), ("许可", where, "removed")]
    assert (last(case).kind, last(case).to_id) == ("remove_signer", cast.xu_ke.id)
    assert ("cases.signer_removed" in told(case, cast.xu_ke)) is (where != "after")
    complete(cast.zhao_qi, case, "judging", "成立")
    assert open_steps(case) == ["calling"]


def test_with_a_signer_go_those_whom_they_added(office: Office) -> None:
    """许可, added by 赵启, has added 周敏 before her: both go."""
    cast = office.cast
    case = added(office, "before", "xu_ke")
    on_task(AddSigner, cast.xu_ke, case, "judging", staff_ids=(cast.zhou_min.id,), where="before")
    assert parts(cast, case, "judging") == [
        ("赵启", "handle", "waiting"),
        ("许可", "before", "waiting"),
        ("周敏", "before", "open"),
    ]
    on_task(RemoveSigner, cast.zhao_qi, case, "judging", share_id=share_of(case, cast.xu_ke.id))
    assert parts(cast, case, "judging") == [
        ("赵启", "handle", "open"),
        ("许可", "before", "removed"),
        ("周敏", "before", "removed"),
    ]


def test_who_is_not_added(office: Office) -> None:
    """No place, nobody, oneself, left, barred, who may not see it, who signs already: nothing changes."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, {**MATTER, "against": "许可"})
    for staff_ids, where, code in [
        ((cast.zhou_min.id,), "above", "cases.where"),
        ((), "before", "cases.nobody_chosen"),
        ((cast.zhao_qi.id,), "before", "cases.oneself"),
        ((10**9,), "before", "cases.no_person"),
        ((cast.xu_ke.id,), "beside", "cases.barred_person"),
        ((cast.guan_li.id,), "after", "cases.not_for_them"),
    ]:
        refused_task(code, AddSigner, cast.zhao_qi, case, "judging", staff_ids=staff_ids, where=where)
    refused_task(
        "cases.not_yours", AddSigner, cast.lin_xiao, case, "judging", staff_ids=(cast.zhou_min.id,), where="before"
    )
    on_task(AddSigner, cast.zhao_qi, case, "judging", staff_ids=(cast.zhou_min.id,), where="beside")
    refused_task(
        "cases.handles_already",
        AddSigner,
        cast.zhao_qi,
        case,
        "judging",
        staff_ids=(cast.zhou_min.id,),
        where="after",
    )


def test_who_is_not_taken_back(office: Office) -> None:
    """The policy's own handlers, other people's signers, who has signed, and after one has signed oneself."""
    cast = office.cast
    case = added(office, "beside", "xu_ke", "zhou_min")
    xu_ke, zhou_min = share_of(case, cast.xu_ke.id), share_of(case, cast.zhou_min.id)
    own = share_of(case, cast.zhao_qi.id)
    refused_task("cases.not_added", RemoveSigner, cast.zhao_qi, case, "judging", share_id=own)
    refused_task("cases.not_added", RemoveSigner, cast.zhou_min, case, "judging", share_id=xu_ke)
    refused_task("cases.not_added", RemoveSigner, cast.zhao_qi, case, "judging", share_id=10**9)
    complete(cast.xu_ke, case, "judging", "成立")
    refused_task("cases.signed", RemoveSigner, cast.zhao_qi, case, "judging", share_id=xu_ke)
    complete(cast.zhao_qi, case, "judging", "成立")
    refused_task("cases.own_done", RemoveSigner, cast.zhao_qi, case, "judging", share_id=zhou_min)


def test_somebody_was_quicker(office: Office) -> None:
    """Both are refused on what was seen before."""
    cast = office.cast
    case = added(office, "beside", "xu_ke", "zhou_min")
    seen, zhou_min = case.version, share_of(case, cast.zhou_min.id)
    complete(cast.xu_ke, case, "judging", "成立")
    refused_task("cases.stale", RemoveSigner, cast.zhao_qi, case, "judging", share_id=zhou_min, version=seen)
    refused_task(
        "cases.stale",
        AddSigner,
        cast.zhao_qi,
        case,
        "judging",
        staff_ids=(office.sun.id,),
        where="after",
        version=seen,
    )
