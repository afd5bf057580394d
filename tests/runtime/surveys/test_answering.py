"""Customers answer with a link once, in time and within the scales; staff fill in what they hear on the telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.ledger.events import listening
from keguan.runtime.policies.queries import current
from keguan.runtime.records.classes import rows_of
from keguan.runtime.surveys.actions import AnswerByCallBack, AnswerByLink, NoteUnreached, OpenLink
from keguan.runtime.surveys.events import SurveyAnswered
from keguan.runtime.surveys.models import Invitation, Reply
from keguan.runtime.surveys.queries import due_call_backs, paper
from tests.runtime.surveys.world import answer, invitation, logged, secret, viewer, wait

if TYPE_CHECKING:
    from tests.runtime.surveys.conftest import Asking


@pytest.fixture
def asked(asking: Asking) -> Invitation:
    """An invitation that is out."""
    asking.repaired()
    wait(hours=2)
    return invitation()


def leads_others(customer_id: int) -> bool | None:
    """What stands in the customer's 带动购买."""
    rows = rows_of(current().model, "customer").filter(id=customer_id)
    found: bool | None = rows.values_list("c_leads_others", flat=True).get()
    return found


def test_an_answer_is_kept_with_how_it_counts(asking: Asking, asked: Invitation) -> None:
    """Scores and how they count: 4 of 5 is satisfied, 6 of 10 a detractor, a good option counts; the ledger names the
    questions and not the answers; whoever listens hears of it.
    """
    heard: list[SurveyAnswered] = []
    with listening(SurveyAnswered, heard.append):
        answer(asked, "qr", overall="4", recommend="6", effort="7", manner="基本满意")
    kept = {each.field: (each.measure, each.score, each.standing) for each in Reply.objects.all()}
    assert kept == {
        "overall": ("csat", 4, 1),
        "recommend": ("nps", 6, -1),
        "effort": ("ces", 7, 0),
        "manner": ("csat", 1, 1),
    }
    asked.refresh_from_db()
    assert (asked.state, asked.answered_way, asked.next_at, asked.call_from) == ("answered", "qr", None, None)
    data = {"survey": "repair_survey", "case": asked.case_id, "way": "qr"}
    assert logged("surveys.answer") == [{**data, "answered": ["overall", "recommend", "effort", "manner"]}]
    assert heard == [
        SurveyAnswered(asked.pk, "repair_survey", "customer", asking.zhang, asked.case_id, asking.cast.lin_xiao.id)
    ]


def test_a_second_press_is_told(asked: Invitation) -> None:
    """A link answers once; the first answer stays."""
    press = AnswerByLink(secret=secret(asked), values={"overall": "5"})
    press.run()
    for again in (press, AnswerByLink(secret=secret(asked), values={"overall": "1"})):
        with pytest.raises(Refused) as refusal:
            again.run()
        assert refusal.value.code == "surveys.answered"
    assert Reply.objects.get().score == 5
    with pytest.raises(Refused, match="已经提交过"):
        paper(secret(asked), "zh")


def test_a_link_ends(asked: Invitation) -> None:
    """After fourteen days it is too late, to the second."""
    wait(days=14, seconds=-1)
    assert paper(secret(asked), "zh").title == "报修满意度"
    wait(seconds=1)
    with pytest.raises(Refused) as refusal:
        answer(asked, overall="5")
    assert refusal.value.code == "surveys.expired"
    assert not Reply.objects.exists()


@pytest.mark.parametrize("wrong", ["", "x", "A" * 22, "客"])
def test_a_link_that_was_never_made_is_told(asked: Invitation, wrong: str) -> None:
    """Nothing is said about any survey."""
    with pytest.raises(Refused) as refusal:
        AnswerByLink(secret=wrong, values={"overall": "5"}).run()
    assert refusal.value.code == "surveys.unknown"
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({}, {"overall": "必须填写。"}),
        ({"overall": "6"}, {"overall": "请在 1 到 5 之间选一个。"}),
        ({"overall": "0", "words": "差"}, {"overall": "请在 1 到 5 之间选一个。"}),
        ({"overall": "2"}, {"words": "必须填写。"}),
        ({"overall": "5", "words": "好" * 2001}, {"words": "最多写 2000 个字。"}),
        ({"overall": "5", "price": "1"}, {"price": "表单里没有这一项。"}),
        ({"overall": "5", "recommend": "11"}, {"recommend": "请在 0 到 10 之间选一个。"}),
    ],
)
def test_answers_that_are_none_are_told(asked: Invitation, typed: dict[str, str], errors: dict[str, str]) -> None:
    """A sentence for each wrong question; nothing is kept, and the link can still be used."""
    with pytest.raises(Refused) as refusal:
        AnswerByLink(secret=secret(asked), values=typed).run()
    assert dict(refusal.value.fields) == errors
    asked.refresh_from_db()
    assert (asked.state, Reply.objects.count()) == ("sent", 0)


def test_an_answer_is_carried_into_the_record(asking: Asking, asked: Invitation) -> None:
    """存入: in the system's name, by the form's clause; so facts, duties and processes read what customers said. Here
    it makes a condition true, after which another survey follows.
    """
    assert leads_others(asking.zhang) is None
    answer(asked, overall="5", brings="是")
    assert leads_others(asking.zhang) is True
    entry = logged("records.update_by_policy")[0]
    assert (entry["survey"], entry["by_name"]) == (asked.pk, "网上客户")
    assert invitation("leading_survey").case_id == asked.case_id


def test_a_record_that_cannot_take_an_answer_does_not_lose_it(asking: Asking, asked: Invitation) -> None:
    """The record is gone meanwhile: the answer is kept, and the ledger says that it was not carried."""
    rows_of(current().model, "customer").filter(id=asking.zhang).delete()
    answer(asked, overall="5", brings="是")
    assert Reply.objects.count() == 2
    assert logged("surveys.answer")[0]["not_carried"] == "records.not_found"


def test_opening_is_noted_once(asked: Invitation) -> None:
    """The first look at the link, and no later one."""
    OpenLink(secret=secret(asked)).run()
    asked.refresh_from_db()
    first = asked.opened_at
    wait(minutes=5)
    OpenLink(secret=secret(asked)).run()
    asked.refresh_from_db()
    assert asked.opened_at == first
    assert len(logged("surveys.open")) == 1


def test_a_paper_says_nothing_of_the_record(asked: Invitation) -> None:
    """Title, end and questions; no name, no case."""
    found = paper(secret(asked), "zh")
    assert (found.title, f"{found.until}") == ("报修满意度", "2026-03-16")
    assert [(each.code, each.points[:1] + each.points[-1:]) for each in found.questions[:3]] == [
        ("overall", (1, 5)),
        ("recommend", (0, 10)),
        ("effort", (1, 7)),
    ]
    assert found.questions[3].choices == ("满意", "基本满意", "不满意")
    assert "张伟" not in repr(found)


def test_a_call_back_is_due_when_the_link_has_ended(asking: Asking, asked: Invitation) -> None:
    """Then 许可 finds it in her list, calls in vain, then is answered; it is under her name."""
    xu = viewer(asking.cast.xu_ke)
    assert due_call_backs(xu).rows == ()
    wait(days=14)
    assert [row.id for row in due_call_backs(xu).rows] == [asked.pk]
    NoteUnreached(viewer=xu, invitation_id=asked.pk).run()
    AnswerByCallBack(viewer=xu, invitation_id=asked.pk, values={"overall": "2", "words": "等太久"}).run()
    asked.refresh_from_db()
    assert (asked.state, asked.answered_way, asked.answered_by_name, asked.attempts) == ("answered", "call", "许可", 1)
    assert due_call_backs(xu).rows == ()
    assert logged("surveys.unreached") == [{"survey": "repair_survey", "attempt": 1}]
    assert logged("surveys.call_back")[0]["answered"] == ["overall", "words"]


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("lin_xiao", "surveys.own"),
        ("zhao_qi", "surveys.no_caller"),
        ("fang_ming", "surveys.not_found"),
        ("guan_li", "surveys.not_found"),
    ],
)
def test_others_do_not_call_back(asking: Asking, asked: Invitation, who: str, code: str) -> None:
    """Not whoever is judged, nor a role that the survey does not name, nor who cannot know of it; nothing is kept."""
    by = viewer(getattr(asking.cast, who))
    for action in (
        AnswerByCallBack(viewer=by, invitation_id=asked.pk, values={"overall": "5"}),
        NoteUnreached(viewer=by, invitation_id=asked.pk),
    ):
        with pytest.raises(Refused) as refusal:
            action.run()
        assert refusal.value.code == code
    asked.refresh_from_db()
    assert (asked.state, asked.attempts, Reply.objects.count()) == ("sent", 0, 0)
    assert due_call_backs(by).rows == ()


def test_a_call_after_the_answer_is_told(asking: Asking, asked: Invitation) -> None:
    """The customer was quicker than the caller."""
    answer(asked, overall="5")
    with pytest.raises(Refused) as refusal:
        AnswerByCallBack(viewer=viewer(asking.cast.xu_ke), invitation_id=asked.pk, values={"overall": "1"}).run()
    assert refusal.value.code == "surveys.answered"
    assert Reply.objects.get().score == 5
