"""One case as it is shown to somebody."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime import clock
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies.queries import pinned
from keguan.runtime.processes.actions import AddSigner, Consult, MergeCase, PauseCase, Urge
from keguan.runtime.processes.models import Share
from keguan.runtime.processes.queries import candidates, case_view, print_view, starting_form
from tests.runtime.processes.bulk import many
from tests.runtime.processes.forming import apply, publish_forms
from tests.runtime.processes.world import complete, open_task, start, viewer

if TYPE_CHECKING:
    from keguan.runtime.processes.models import Case
    from keguan.runtime.processes.queries import Button, CaseView
    from tests.cast import Member
    from tests.runtime.processes.world import Office

MATTER = {"matter": "空调不制冷", "claim": "8000"}
BUDGET = 45
"""Queries of a case's page: what its process declares, not what there is."""


def complaint(office: Office) -> Case:
    """A complaint that waits for the supervisor."""
    return start(office.cast.lin_xiao, "complaint", office.customer, MATTER)


def look(member: Member, case: Case) -> CaseView:
    """The case as somebody sees it."""
    return case_view(viewer(member), case.pk)


def button(member: Member, case: Case, kind: str) -> Button | None:
    """A move as it is offered."""
    return next((each for each in look(member, case).buttons if each.kind == kind), None)


def allowed(member: Member, case: Case) -> set[str]:
    """The moves that are offered."""
    return {each.kind for each in look(member, case).buttons if each.allowed}


def test_it_says_what_the_case_is_and_where_it_stands(office: Office) -> None:
    """Number, record, state, clocks and the clause behind it."""
    case = complaint(office)
    found = look(office.cast.zhao_qi, case)
    assert (found.number, found.process_label, found.state_label, found.title.text, found.record_label) == (
        "TS-202603-0001", "客户投诉", "办理中", "张伟", "客户",
    )  # fmt: skip
    assert (found.started_by, found.started, found.clock.due) == (
        "林晓",
        "2026-03-02 周一 09:00",
        "2026-03-09 周一 09:00",
    )
    assert (found.clause.pack, found.clause.anchor, found.clause.title) == ("case-tests", "complaints", "投诉")
    assert found.task_id == open_task(case, "judging").pk
    assert look(office.cast.lin_xiao, case).task_id is None


def test_the_picture_shows_the_way(office: Office) -> None:
    """What was passed, what is open, what is still to come, and which ways were taken."""
    case = complaint(office)
    found = look(office.cast.lin_xiao, case).picture
    assert [(node.code, node.state, node.end) for node in found.nodes] == [
        ("filing", "done", False),
        ("judging", "open", False),
        ("paying", "to_come", False),
        ("calling", "to_come", False),
        ("ended", "to_come", True),
        ("archived", "to_come", True),
    ]
    assert [(edge.source, edge.target, edge.label) for edge in found.edges if edge.taken] == [("filing", "judging", "")]
    complete(office.cast.zhao_qi, case, "judging", "不成立", opinion="已核实")
    ended = look(office.cast.lin_xiao, case)
    assert {node.code: node.state for node in ended.picture.nodes}["ended"] == "done"
    assert [edge.target for edge in ended.picture.edges if edge.taken] == ["judging", "ended"]
    assert (ended.state_label, ended.clock.urgency) == ("已结束", "over")


def test_steps_tell_who_did_what(office: Office) -> None:
    """Each step with its parties, words, outcome and whether the signature holds; clocks with how much has gone."""
    case = complaint(office)
    clock.advance(timedelta(hours=12))
    filing, judging = look(office.cast.lin_xiao, case).steps
    (share,) = filing.shares
    assert (share.who, share.acted_by, share.acted) == ("林晓", "林晓", "2026-03-02 周一 09:00")
    assert share.signature is not None
    assert (share.signature.valid, share.signature.current) == (True, True)
    assert [(each.kind_label, each.who) for each in judging.shares] == [("办理", "销售主管"), ("抄送", "许可")]
    assert (judging.clock.gone, judging.clock.urgency, judging.outcomes) == (50, "soon", ("成立", "不成立"))


def test_an_altered_signature_is_shown(office: Office) -> None:
    """Words that were changed behind the system stand beside a signature that does not hold."""
    case = complaint(office)
    complete(office.cast.zhao_qi, case, "judging", "不成立", opinion="已核实")
    Share.objects.filter(case=case, acted_by_name="赵启").update(opinion="没有核实")
    found = [share for step in look(office.cast.lin_xiao, case).steps for share in step.shares if share.signature]
    assert [share.signature.valid for share in found if share.signature] == [True, False]


def test_moves_stand_in_order_with_their_words(office: Office) -> None:
    """What happened, by whom, to whom, with which words, and what began with it."""
    case = complaint(office)
    task = open_task(case, "judging").pk
    Consult(
        viewer=viewer(office.cast.zhao_qi),
        task_id=task,
        version=case.version,
        staff_ids=(office.cast.zhou_min.id,),
        opinion="请核对合同",
    ).run()
    Urge(viewer=viewer(office.cast.lin_xiao), case_id=case.pk, opinion="客户在等").run()
    found = [(each.label, each.by, each.to, each.step, each.opinion) for each in look(office.cast.lin_xiao, case).moves]
    assert found == [
        ("发起", "林晓", "", "", ""),
        ("办理", "林晓", "", "登记", ""),
        ("委派", "赵启", "周敏", "定责", "请核对合同"),
        ("催办", "林晓", "", "", "客户在等"),
    ]
    assert look(office.cast.lin_xiao, case).moves[1].opened == ("定责",)


def test_whoever_handles_the_step_is_offered_its_moves(office: Office) -> None:
    """The supervisor may complete with each outcome, hand on and so on; whoever began it may urge and withdraw, and is
    told who has it; somebody else of the branch only remarks.
    """
    case = complaint(office)
    assert allowed(office.cast.zhao_qi, case) >= {
        "complete", "claim", "return", "transfer", "consult", "add_signer", "comment", "copy", "pause", "merge",
    }  # fmt: skip
    complete_ = button(office.cast.zhao_qi, case, "complete")
    assert complete_ is not None
    assert [choice.label for choice in complete_.choices] == ["成立", "不成立"]
    back = button(office.cast.zhao_qi, case, "return")
    assert back is not None
    assert [(choice.code, choice.label) for choice in back.choices] == [("filing", "登记")]
    assert allowed(office.cast.lin_xiao, case) == {"comment", "copy", "urge", "recall", "withdraw"}
    other = button(office.cast.lin_xiao, case, "complete")
    assert other is not None
    assert other.reason == "这一步由赵启办理，不由您办理。"
    assert allowed(office.sun, case) == {"comment"}
    urge = button(office.sun, case, "urge")
    assert urge is not None
    assert urge.reason == "只有发起人、经办过的人和抄送到的人可以催办。"


def test_looking_at_a_case_moves_nothing(office: Office) -> None:
    """The buttons ask the actions without making them."""
    case = complaint(office)
    before = (case.version, list(Share.objects.order_by("id").values()))
    look(office.cast.zhao_qi, case)
    look(office.cast.lin_xiao, case)
    case.refresh_from_db()
    assert (case.version, list(Share.objects.order_by("id").values())) == before


def test_every_offered_move_without_inputs_can_be_made(office: Office) -> None:
    """What is offered and needs nothing more is not refused: 撤回 after completing, not after somebody has read it."""
    case = complaint(office)
    assert "recall" in allowed(office.cast.lin_xiao, case)
    Share.objects.filter(case=case, task__step="judging", kind="handle").update(read_at=clock.now())
    recall = button(office.cast.lin_xiao, case, "recall")
    assert recall is not None
    assert recall.reason == "下一步的人已经看过或办过，不能撤回；可以请对方退回。"


def test_added_signers_can_be_taken_back_and_questions_answered(office: Office) -> None:
    """Whoever added somebody is offered to take them back; who was asked is offered to answer."""
    case = complaint(office)
    AddSigner(
        viewer=viewer(office.cast.zhao_qi),
        task_id=open_task(case, "judging").pk,
        version=case.version,
        staff_ids=(office.cast.zhou_min.id,),
        where="beside",
    ).run()
    assert {"remove_signer"} <= allowed(office.cast.zhao_qi, case)
    assert {"complete"} <= allowed(office.cast.zhou_min, case)
    case.refresh_from_db()
    Consult(
        viewer=viewer(office.cast.zhao_qi),
        task_id=open_task(case, "judging").pk,
        version=case.version,
        staff_ids=(office.cast.xu_ke.id,),
        opinion="请核对",
    ).run()
    assert {"answer"} <= allowed(office.cast.xu_ke, case)


def test_a_pause_is_shown_and_can_be_ended(office: Office) -> None:
    """While the clocks stand the view says so and since when, and offers to let them run."""
    case = complaint(office)
    PauseCase(
        viewer=viewer(office.cast.zhao_qi), case_id=case.pk, version=case.version, reason="等待客户补充材料"
    ).run()
    clock.advance(timedelta(days=2))
    found = look(office.cast.zhao_qi, case)
    assert [(each.reason, each.until, each.by) for each in found.pauses] == [("等待客户补充材料", "", "赵启")]
    assert (found.clock.paused, found.clock.urgency, found.clock.gone) == (True, "paused", 0)
    assert "resume" in allowed(office.cast.zhao_qi, case)
    assert "pause" not in allowed(office.cast.zhao_qi, case)


def test_a_closed_case_can_be_opened_again(office: Office) -> None:
    """Of a case that is over only remarks and opening it again are left."""
    case = complaint(office)
    complete(office.cast.zhao_qi, case, "judging", "不成立")
    assert allowed(office.cast.lin_xiao, case) == {"comment", "reopen"}
    again = button(office.cast.lin_xiao, case, "reopen")
    assert again is not None
    assert [choice.code for choice in again.choices] == ["filing", "judging"]


def test_the_checklist_is_there_to_be_answered(office: Office) -> None:
    """Items that a person answers, and those that the record answers by itself with how."""
    case = start(office.cast.lin_xiao, "calling_on", office.customer, complete=False)
    found = look(office.cast.zhao_qi, case).checklist
    assert found is not None
    assert [(item.code, item.mode, item.met, item.points, item.veto) for item in found.items] == [
        ("keen", "system", False, 4000, False),
        ("on_time", "person", None, 4000, False),
        ("badge", "person", None, 2000, True),
    ]
    assert look(office.cast.lin_xiao, case).checklist is None


def test_parts_and_merged_cases_are_beside_it(office: Office) -> None:
    """A case shows its parts and the one that it is a part of; merged ones know of each other."""
    whole = start(office.cast.lin_xiao, "project", office.customer)
    (part,) = look(office.cast.lin_xiao, whole).below
    assert part.process == "notice"
    above = case_view(viewer(office.cast.lin_xiao), part.case_id).above
    assert above is not None
    assert above.case_id == whole.pk
    first, second = complaint(office), complaint(office)
    merge = button(office.cast.zhao_qi, second, "merge")
    assert merge is not None
    assert [choice.label for choice in merge.choices] == [first.number]
    MergeCase(
        viewer=viewer(office.cast.zhao_qi),
        case_id=second.pk,
        version=second.version,
        into_case_id=first.pk,
        opinion="同一件事",
    ).run()
    into = look(office.cast.zhao_qi, second).merged_into
    assert into is not None
    assert into.case_id == first.pk
    assert [row.case_id for row in look(office.cast.zhao_qi, first).merged] == [second.pk]


def test_out_of_sight_and_not_there_are_the_same(office: Office) -> None:
    """Somebody of another branch, and everybody for a case that is not there, get one sentence."""
    case = complaint(office)
    for who, case_id in (
        (office.cast.fang_ming, case.pk),
        (office.cast.zhao_qi, case.pk + 99),
        (office.cast.zhao_qi, 2**63),
    ):
        with pytest.raises(Refused) as caught:
            case_view(viewer(who), case_id)
        assert (caught.value.code, caught.value.message) == (
            "cases.not_found", "没有这个案件，或者它不在您的可见范围内。",
        )  # fmt: skip


def test_a_share_lets_somebody_see_beyond_their_place(office: Office) -> None:
    """Whoever is asked for an opinion sees the case of another branch; the customer's name stays hidden from them."""
    case = complaint(office)
    Consult(
        viewer=viewer(office.cast.zhao_qi),
        task_id=open_task(case, "judging").pk,
        version=case.version,
        staff_ids=(office.cast.fang_ming.id,),
        opinion="你们那边怎么处理",
    ).run()
    found = look(office.cast.fang_ming, case)
    assert (found.number, found.title.state) == (case.number, "hidden")
    (form,) = found.forms
    assert form.fields[0].shown.text == "空调不制冷"


def test_people_are_offered_by_name(office: Office) -> None:
    """Those of the case's unit first, without oneself and without those who must keep away from the step."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, {**MATTER, "against": "孙洁"})
    task = open_task(case, "judging").pk
    who = viewer(office.cast.zhao_qi)
    found = candidates(who, case.pk, "transfer", task)
    assert [each.name for each in found if each.near] == ["林晓", "钱博"]
    assert not {"赵启", "孙洁"} & {each.name for each in found}
    assert [each.name for each in candidates(who, case.pk, "consult", task, "孙")] == ["孙洁"]
    assert candidates(who, case.pk, "transfer", task, "没有这个人") == []


def test_a_case_on_paper(office: Office) -> None:
    """The sheet says who printed it and when."""
    case = complaint(office)
    found = print_view(viewer(office.cast.zhao_qi), case.pk)
    assert (found.printed_by, found.printed, found.case.number) == ("赵启", "2026-03-02 周一 09:00", case.number)


def test_the_form_to_begin_with(office: Office) -> None:
    """Before there is a case its first form is shown with what the record gives; refused as beginning it would be."""
    publish_forms()
    found = starting_form(viewer(office.cast.lin_xiao), "relief", office.customer)
    assert found is not None
    fields = {field.code: (field.shown.text, field.right) for field in found.fields}
    assert fields["call_back"] == ("138****5612", "fill")
    assert fields["why"] == ("", "required")
    for who, process, code in (
        (office.cast.fang_ming, "relief", "records.not_found"),
        (office.cast.xu_ke, "relief", "cases.may_not_start"),
        (office.cast.lin_xiao, "nothing", "cases.no_process"),
    ):
        with pytest.raises(Refused) as caught:
            starting_form(viewer(who), process, office.customer)
        assert caught.value.code == code


def test_a_view_costs_the_same_however_many_cases(office: Office) -> None:
    """Three hundred cases of the same customer take no query more than one."""
    publish_forms()
    case = apply(office)
    for who in (office.cast.zhou_min, office.cast.lin_xiao):
        few = queries(who, case)
        many(office, 150, holder=who)
        assert queries(who, case) == few <= BUDGET


def queries(member: Member, case: Case) -> int:
    """How many queries a view takes, with the policy and the calendar pinned as in a request."""
    looking = viewer(member)
    with pinned(), calendars.pinned(), CaptureQueriesContext(connection) as taken:
        case_view(looking, case.pk)
    return len(taken)
