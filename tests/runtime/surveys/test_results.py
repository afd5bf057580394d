"""What came of the surveys: figures with how many answered and how far they may be off, for those who may see them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.calculators import satisfaction
from keguan.runtime.policies.evidence import evidence_of
from keguan.runtime.policies.queries import current, pinned
from keguan.runtime.surveys import queries as surveys
from keguan.runtime.surveys.models import Invitation
from keguan.runtime.surveys.queries import Span
from tests.cast import BINHAI
from tests.runtime.processes.world import join
from tests.runtime.records.filing import customer
from tests.runtime.surveys.world import answer, invitation, repaired, viewer, wait

if TYPE_CHECKING:
    from tests.runtime.surveys.conftest import Asking

SPAN = Span(date(2026, 3, 1), date(2026, 4, 30))


@pytest.fixture
def answered(asking: Asking) -> Asking:
    """Three repairs of 林晓's in March and one of 方明's in April, all answered; 林晓 filed three of the customers."""
    given = (("5", "10", "5", "准时"), ("4", "9", "6", ""), ("2", "3", "2", "态度差"))
    for number, (overall, recommend, effort, words) in enumerate(given):
        who = customer(asking.cast.lin_xiao, f"客户{number}", phone=f"1390000000{number}")
        asking.repaired(who)
        wait(hours=24)
        answer(invitation(), overall=overall, recommend=recommend, effort=effort, words=words, manner="满意")
    far = customer(asking.cast.fang_ming, "周远", phone="13900000009")
    wait(days=31)
    repaired(asking.cast.xu_ke, asking.cast.fang_ming, far)
    wait(hours=48)
    answer(invitation(), "sms", overall="3", recommend="7", words="一般")
    return asking


def test_every_question_has_its_figure(answered: Asking) -> None:
    """CSAT 2 of 4, NPS 2 promoters less 1 detractor of 4, CES the mean of 5, 6 and 2; all say too little yet."""
    card, *_others = surveys.survey_cards(viewer(answered.cast.zhou_min), SPAN)
    assert (card.code, card.asked.sent, card.asked.answered) == ("repair_survey", 4, 4)
    figures = {each.field: each.figure for each in card.questions}
    assert figures == {
        "overall": satisfaction.csat(2, 4),
        "recommend": satisfaction.nps(2, 1, 4),
        "effort": satisfaction.ces(13, 65, 3),
        "manner": satisfaction.csat(3, 3),
    }
    assert {each.enough for each in figures.values()} == {False}


def test_a_figure_is_told_apart_by_month_person_and_clause(answered: Asking) -> None:
    """March is 林晓's, April 方明's; all are judged by the clause of the process; every answer is counted once."""
    found = surveys.results(viewer(answered.cast.zhou_min), "repair_survey", "overall", SPAN)
    assert found is not None
    march, april = satisfaction.csat(2, 3), satisfaction.csat(0, 1)
    assert [(each.key, each.figure) for each in found.months] == [("2026-03", march), ("2026-04", april)]
    assert [(each.label, each.figure) for each in found.handlers] == [("林晓", march), ("方明", april)]
    assert [(each.key, each.label) for each in found.clauses] == [("survey-tests#repairs", "第一条 报修")]
    assert found.scores == ((2, 1), (3, 1), (4, 1), (5, 1))


def test_behind_every_number_stands_its_list(answered: Asking) -> None:
    """By month, person, clause and score; the newest first, a page at a time."""
    zhou = viewer(answered.cast.zhou_min)

    def listed(**asked: str) -> list[str]:
        return [row.shown.text for row in surveys.answers(zhou, "repair_survey", "overall", SPAN, asked).rows]

    assert listed() == ["3", "2", "4", "5"]
    assert listed(month="2026-03") == ["2", "4", "5"]
    assert listed(handler=str(answered.cast.fang_ming.id)) == ["3"]
    assert listed(handler="0") == []
    assert listed(clause="survey-tests#repairs", score="5") == ["5"]
    assert listed(month="9999-12", handler="x", score="") == ["3", "2", "4", "5"]
    first = surveys.answers(zhou, "repair_survey", "overall", SPAN, {}, size=3)
    rest = surveys.answers(zhou, "repair_survey", "overall", SPAN, {"after": first.next}, size=3)
    assert ([row.shown.text for row in rest.rows], rest.next) == (["5"], "")


def test_figures_tell_nobody_more_than_the_answers(answered: Asking) -> None:
    """林晓's supervisor sees her branch's three; an auditor sees all by class; an administrator none."""
    found = surveys.results(viewer(answered.cast.zhao_qi), "repair_survey", "overall", SPAN)
    assert found is not None
    assert found.question.figure.n == 3
    assert [each.label for each in found.handlers] == ["林晓"]
    auditor = surveys.results(viewer(answered.cast.he_shen), "repair_survey", "overall", SPAN)
    assert auditor is not None
    assert auditor.question.figure.n == 4
    assert surveys.results(viewer(answered.cast.guan_li), "repair_survey", "overall", SPAN) is None
    assert surveys.any_surveys(viewer(answered.cast.guan_li)) is False
    assert surveys.survey_cards(viewer(answered.cast.guan_li), SPAN) == ()


def test_days_outside_the_span_do_not_count(answered: Asking) -> None:
    """Of April alone there is one answer; of a span before everything there is no figure."""
    zhou = viewer(answered.cast.zhou_min)
    april = surveys.results(zhou, "repair_survey", "overall", Span(date(2026, 4, 1), date(2026, 4, 30)))
    before = surveys.results(zhou, "repair_survey", "overall", Span(date(2025, 1, 1), date(2025, 1, 31)))
    assert april is not None
    assert before is not None
    assert (april.question.figure.n, before.question.figure, before.months) == (1, satisfaction.csat(0, 0), ())


def test_words_are_for_those_who_see_their_class(answered: Asking) -> None:
    """何审 sees what was said, of class 来往, and not the number to call, of class 联系; that is masked for others."""
    wait(days=90)
    asked = customer(answered.cast.lin_xiao, "吴双", phone="13900000008")
    answered.repaired(asked)
    wait(hours=24)
    found = invitation()
    answer(found, overall="5", words="好", call_me="张三13912345678")
    shown = {
        each.label: each.shown for each in surveys.invitation_view(viewer(answered.cast.he_shen), found.pk).replies
    }
    assert (shown["想说的话"].text, shown["回电号码"].state) == ("好", "hidden")
    shown = {
        each.label: each.shown for each in surveys.invitation_view(viewer(answered.cast.zhou_min), found.pk).replies
    }
    assert (shown["回电号码"].text, shown["回电号码"].state) == ("张三1391******", "masked")


def test_an_invitation_shows_its_link_to_those_who_hand_it_on(asking: Asking) -> None:
    """Not to whoever is judged, nor to those who may not change the record; to nobody once it is answered."""
    asking.repaired()
    wait(hours=2)
    found = invitation()
    zhou, lin, he = (viewer(each) for each in (asking.cast.zhou_min, asking.cast.lin_xiao, asking.cast.he_shen))
    view = surveys.invitation_view(zhou, found.pk)
    assert view.link.startswith("https://kg.example/portal/s/")
    assert (view.qr, "call" in view.may) == (True, True)
    assert [surveys.invitation_view(each, found.pk).path for each in (lin, he)] == ["", ""]
    answer(found, overall="5")
    assert surveys.invitation_view(zhou, found.pk).path == ""


def test_a_case_shows_its_invitations(asking: Asking) -> None:
    """To those who see their class there; two queries at most."""
    case_id = asking.repaired()
    asking.repaired()
    zhou = viewer(asking.cast.zhou_min)
    with pinned():
        current()
        with CaptureQueriesContext(connection) as queries:
            (row,) = surveys.invitations_of_case(zhou, case_id)
    assert (row.label, row.state_label, row.handler) == ("报修满意度", "待发出", "林晓")
    assert len(queries) <= 2
    assert surveys.invitations_of_case(viewer(asking.cast.fang_ming), case_id) == ()
    assert surveys.invitations_of_case(viewer(asking.cast.guan_li), case_id) == ()


def test_results_cost_the_same_however_many_answered(answered: Asking) -> None:
    """A fixed number of queries."""
    zhou = viewer(answered.cast.zhou_min)
    with pinned():
        current()
        with CaptureQueriesContext(connection) as queries:
            surveys.results(zhou, "repair_survey", "overall", SPAN)
        assert len(queries) == 6
        with CaptureQueriesContext(connection) as queries:
            surveys.survey_cards(zhou, SPAN)
        assert len(queries) == 4 * 5


def test_a_survey_shows_its_evidence(answered: Asking) -> None:
    """How many went out and how many were answered stand beside its clause."""
    model = current().model
    (control,) = (
        part.control
        for clause in model.policies["survey-tests"].clauses
        for part in clause.parts
        if part.control is not None and part.control.code == "repair_survey"
    )
    assert control.status == "enforced"
    assert [each.sentence for each in evidence_of(model, control)] == ["发出 4 份", "已答 4 份"]


def test_whoever_calls_back_needs_no_sight_of_the_class(asking: Asking) -> None:
    """An invitation can be opened by its caller even where its class is closed to them; others do not find it."""
    asking.repaired()
    wait(hours=2)
    Invitation.objects.update(information_class="密")
    found = invitation()
    assert surveys.invitation_view(viewer(asking.cast.xu_ke), found.pk).row.handler == ""
    sun = join(asking.cast, "sun_jie", "孙洁", "salesperson", BINHAI)
    with pytest.raises(Exception, match="没有这份调查"):
        surveys.invitation_view(viewer(sun), found.pk)
