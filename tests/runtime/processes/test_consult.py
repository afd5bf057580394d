"""委派 and 答复."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.ledger.models import Entry
from keguan.runtime.org.actions import AppointDeputy
from keguan.runtime.processes.actions import AnswerConsult, CompleteStep, Consult, HandOn, RecallConsult
from keguan.runtime.processes.models import Share
from keguan.runtime.processes.signing import verify_signature
from tests.runtime.processes.moving import MATTER, last, on_task, parts, refused_task, told
from tests.runtime.processes.world import complete, open_steps, start

if TYPE_CHECKING:
    from keguan.runtime.processes.models import Case
    from tests.runtime.processes.world import Office

QUESTION = "请问合同怎么约定的"


def asked(office: Office) -> Case:
    """赵启 has asked 周敏 and 许可."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    people = (cast.zhou_min.id, cast.xu_ke.id)
    on_task(Consult, cast.zhao_qi, case, "judging", staff_ids=people, opinion=QUESTION)
    return case


def test_the_step_comes_back_when_all_have_answered(office: Office) -> None:
    """赵启 asks 周敏 and 许可; his part waits, and is his again with the second answer."""
    cast = office.cast
    case = asked(office)
    assert parts(cast, case, "judging") == [
        ("赵启", "handle", "waiting"),
        ("周敏", "consult", "open"),
        ("许可", "consult", "open"),
    ]
    assert (last(case).kind, last(case).opinion) == ("consult", QUESTION)
    assert (told(case, cast.zhou_min), told(case, cast.xu_ke)) == (
        ["cases.consulted"],
        ["cases.copied", "cases.consulted"],
    )
    refused_task("cases.not_yet", CompleteStep, cast.zhao_qi, case, "judging", outcome="成立")
    on_task(AnswerConsult, cast.xu_ke, case, "judging", opinion="三十日内交付")
    assert parts(cast, case, "judging")[0] == ("赵启", "handle", "waiting")
    on_task(AnswerConsult, cast.zhou_min, case, "judging", opinion="同上")
    assert parts(cast, case, "judging") == [
        ("赵启", "handle", "open"),
        ("周敏", "consult", "done"),
        ("许可", "consult", "done"),
    ]
    assert told(case, cast.zhao_qi)[-2:] == ["cases.answered", "cases.answered"]
    complete(cast.zhao_qi, case, "judging", "不成立")
    assert open_steps(case) == []


def test_an_answer_is_signed_and_not_in_the_ledger(office: Office) -> None:
    """Its words are with the share, signed; the ledger says only that there was one."""
    case = asked(office)
    on_task(AnswerConsult, office.cast.xu_ke, case, "judging", opinion="三十日内交付")
    share = Share.objects.get(case=case, kind="consult", state="done")
    signature = verify_signature(share)
    assert (share.opinion, signature is not None and signature.valid) == ("三十日内交付", True)
    entry = Entry.objects.latest("id")
    assert (entry.action, "三十日" in str(entry.data)) == ("cases.answer", False)


def test_whoever_is_asked_decides_nothing(office: Office) -> None:
    """周敏 was asked: she can neither complete the step nor hand it on."""
    cast = office.cast
    case = asked(office)
    refused_task("cases.not_yours", CompleteStep, cast.zhou_min, case, "judging", outcome="成立")
    refused_task("cases.not_yours", HandOn, cast.zhou_min, case, "judging", staff_id=office.sun.id)


def test_the_question_is_taken_back(office: Office) -> None:
    """赵启 waits no longer: those who have not answered are let off, what was answered stays, he goes on."""
    cast = office.cast
    case = asked(office)
    on_task(AnswerConsult, cast.xu_ke, case, "judging", opinion="三十日内交付")
    on_task(RecallConsult, cast.zhao_qi, case, "judging")
    assert parts(cast, case, "judging") == [
        ("赵启", "handle", "open"),
        ("周敏", "consult", "removed"),
        ("许可", "consult", "done"),
    ]
    assert (last(case).kind, told(case, cast.zhou_min)) == ("recall", ["cases.consulted", "cases.recalled"])
    refused_task("cases.not_asked", AnswerConsult, cast.zhou_min, case, "judging", opinion="同上")
    refused_task("cases.asked_nobody", RecallConsult, cast.zhao_qi, case, "judging")


def test_whoever_it_is_about_may_be_asked(office: Office) -> None:
    """许可 is complained about: she handles nothing, but may be asked for her side."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, {**MATTER, "against": "许可"})
    on_task(Consult, cast.zhao_qi, case, "judging", staff_ids=(cast.xu_ke.id,), opinion="请说明经过")
    on_task(AnswerConsult, cast.xu_ke, case, "judging", opinion="当天已经答复客户")
    assert parts(cast, case, "judging") == [("赵启", "handle", "open"), ("许可", "consult", "done")]


def test_a_deputy_asks_and_answers_in_somebodys_stead(office: Office) -> None:
    """孙洁 asks for 赵启, so that the answer comes back to him; 钱博 answers for 周敏."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    for away, deputy in ((cast.zhao_qi, office.sun), (cast.zhou_min, office.qian)):
        AppointDeputy(actor=SYSTEM, staff_id=away.id, deputy_id=deputy.id).run()
    on_task(Consult, office.sun, case, "judging", staff_ids=(cast.zhou_min.id,), opinion=QUESTION)
    on_task(AnswerConsult, office.qian, case, "judging", opinion="同意")
    assert parts(cast, case, "judging") == [("赵启", "handle", "open"), ("周敏", "consult", "done")]
    assert (last(case).by_id, last(case).for_id) == (office.qian.id, cast.zhou_min.id)


def test_what_is_refused(office: Office) -> None:
    """No question, nobody, oneself, whoever may not see it, no answer, somebody who was not asked: nothing changes."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    for staff_ids, opinion, code in [
        ((cast.xu_ke.id,), " ", "cases.opinion"),
        ((), QUESTION, "cases.nobody_chosen"),
        ((cast.zhao_qi.id,), QUESTION, "cases.oneself"),
        ((cast.guan_li.id,), QUESTION, "cases.not_for_them"),
        ((10**9,), QUESTION, "cases.no_person"),
    ]:
        refused_task(code, Consult, cast.zhao_qi, case, "judging", staff_ids=staff_ids, opinion=opinion)
    refused_task(
        "cases.not_yours", Consult, cast.lin_xiao, case, "judging", staff_ids=(cast.xu_ke.id,), opinion=QUESTION
    )
    on_task(Consult, cast.zhao_qi, case, "judging", staff_ids=(cast.xu_ke.id,), opinion=QUESTION)
    refused_task("cases.not_asked", AnswerConsult, cast.zhou_min, case, "judging", opinion="同意")
    refused_task("cases.opinion", AnswerConsult, cast.xu_ke, case, "judging", opinion=" ")


def test_the_handlers_of_a_step_are_not_asked(office: Office) -> None:
    """周敏 must sign the step anyway: there she says what she thinks."""
    cast = office.cast
    case = start(cast.lin_xiao, "joint", office.customer)
    refused_task(
        "cases.handles_already",
        Consult,
        cast.zhao_qi,
        case,
        "together",
        staff_ids=(cast.zhou_min.id,),
        opinion=QUESTION,
    )


def test_somebody_was_quicker(office: Office) -> None:
    """Each of the three is refused on what was seen before."""
    cast = office.cast
    case = asked(office)
    seen = case.version
    on_task(AnswerConsult, cast.xu_ke, case, "judging", opinion="三十日内交付")
    refused_task("cases.stale", AnswerConsult, cast.zhou_min, case, "judging", opinion="同上", version=seen)
    refused_task("cases.stale", RecallConsult, cast.zhao_qi, case, "judging", version=seen)
    refused_task(
        "cases.stale", Consult, cast.zhao_qi, case, "judging", staff_ids=(office.sun.id,), opinion="?", version=seen
    )
