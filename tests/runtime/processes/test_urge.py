"""催办, 抄送 and 附言: words that move nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.ledger.models import Entry
from keguan.runtime.processes.actions import Comment, CompleteStep, CopyTo, Urge
from keguan.runtime.processes.models import Share
from tests.runtime.processes.moving import MATTER, copies, last, on_case, on_task, refused_case, told
from tests.runtime.processes.world import complete, open_steps, start, viewer

if TYPE_CHECKING:
    from tests.runtime.processes.world import Office


def test_whoever_holds_the_case_is_told_to_hurry(office: Office) -> None:
    """林晓, who started it, and 许可, to whom it was copied, urge 赵启; nobody else hears of it."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    on_case(Urge, cast.lin_xiao, case, opinion="客户在等")
    assert told(case, cast.zhao_qi)[-1:] == ["cases.urged"]
    assert (last(case).kind, last(case).opinion) == ("urge", "客户在等")
    on_case(Urge, cast.xu_ke, case)
    assert told(case, cast.zhao_qi)[-2:] == ["cases.urged", "cases.urged"]
    assert "cases.urged" not in told(case, cast.zhou_min) + told(case, cast.xu_ke)


def test_once_in_two_hours(office: Office) -> None:
    """A second time is refused with the time from which it may be done, and may be done then."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    on_case(Urge, cast.lin_xiao, case)
    clock.advance(timedelta(hours=1, minutes=59))
    refusal = refused_case("cases.urged_already", Urge, cast.lin_xiao, case)
    assert "11:00" in refusal.message
    clock.advance(timedelta(minutes=1))
    on_case(Urge, cast.lin_xiao, case)
    assert told(case, cast.zhao_qi).count("cases.urged") == 2


def test_who_does_not_urge(office: Office) -> None:
    """Onlookers, whoever holds it alone, strangers, and nobody once it is over."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    refused_case("cases.not_waiting", Urge, cast.zhou_min, case)
    refused_case("cases.not_found", Urge, cast.fang_ming, case)
    complete(cast.zhao_qi, case, "judging", "成立")
    refused_case("cases.nobody_to_urge", Urge, cast.xu_ke, case)
    complete(cast.xu_ke, case, "calling", "满意")
    refused_case("cases.closed", Urge, cast.lin_xiao, case)


def test_a_copy_is_for_reading(office: Office) -> None:
    """方明 of the other branch sees the case from then on, and may do nothing with it."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    refused_case("cases.not_found", Comment, cast.fang_ming, case, opinion="收到")
    on_case(CopyTo, cast.zhao_qi, case, staff_ids=(cast.fang_ming.id,), opinion="供参考")
    assert copies(case) == [cast.xu_ke.id, cast.fang_ming.id]
    assert (last(case).kind, last(case).to_id) == ("copy", cast.fang_ming.id)
    assert told(case, cast.fang_ming) == ["cases.copied"]
    on_case(Comment, cast.fang_ming, case, opinion="收到")
    case.refresh_from_db()
    with pytest.raises(Refused) as refusal:
        on_task(CompleteStep, cast.fang_ming, case, "judging", outcome="成立")
    assert refusal.value.code == "cases.not_yours"
    complete(cast.zhao_qi, case, "judging", "成立")
    assert Share.objects.get(case=case, staff_id=cast.fang_ming.id).state == "open"


def test_to_whom_it_is_not_copied(office: Office) -> None:
    """Nobody, oneself, left, who may not see it, who has it already, whom it is about; and not by onlookers."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, {**MATTER, "against": "方明"})
    for staff_ids, code in [
        ((), "cases.nobody_chosen"),
        ((cast.zhao_qi.id,), "cases.oneself"),
        ((10**9,), "cases.no_person"),
        ((cast.guan_li.id,), "cases.not_for_them"),
        ((cast.xu_ke.id,), "cases.copied_already"),
        ((cast.fang_ming.id,), "cases.barred_person"),
    ]:
        refused_case(code, CopyTo, cast.zhao_qi, case, staff_ids=staff_ids)
    refused_case("cases.onlooker", CopyTo, cast.zhou_min, case, staff_ids=(office.sun.id,))


def test_whoever_is_mentioned_is_told(office: Office) -> None:
    """赵启 mentions 林晓; the words are on the case and not in the ledger, also once it is over."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    on_case(Comment, cast.zhao_qi, case, opinion="请问客户几时在家", mentions=(cast.lin_xiao.id,))
    assert (last(case).kind, last(case).opinion) == ("comment", "请问客户几时在家")
    assert told(case, cast.lin_xiao)[1:] == ["cases.commented"]
    entry = Entry.objects.latest("id")
    assert (entry.action, "几时" in str(entry.data)) == ("cases.comment", False)
    complete(cast.zhao_qi, case, "judging", "不成立")
    on_case(Comment, cast.zhao_qi, case, opinion="已电话告知")
    assert last(case).kind == "comment"


def test_what_is_not_said(office: Office) -> None:
    """Nothing, too much, to nobody, or to somebody who cannot see the case."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    for opinion, mentions, code in [
        (" ", (), "cases.opinion"),
        ("长" * 2001, (), "cases.opinion"),
        ("请看", (10**9,), "cases.no_person"),
        ("请看", (cast.fang_ming.id,), "cases.not_for_them"),
    ]:
        refused_case(code, Comment, cast.zhao_qi, case, opinion=opinion, mentions=mentions)


def test_words_overtake_nobody(office: Office) -> None:
    """They are taken on whatever was seen, and whoever is completing a step meanwhile is not refused for them."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    seen = case.version
    on_case(Urge, cast.lin_xiao, case, version=0)
    on_case(CopyTo, cast.lin_xiao, case, version=0, staff_ids=(cast.zhou_min.id,))
    on_case(Comment, cast.lin_xiao, case, version=0, opinion="客户在等")
    case.refresh_from_db()
    assert case.version == seen
    task_id = case.tasks.get(step="judging").pk
    CompleteStep(viewer=viewer(cast.zhao_qi), task_id=task_id, version=seen, outcome="不成立").run()
    assert open_steps(case) == []
