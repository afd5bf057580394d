"""The pages of surveys: figures with their margins, lists, the call-back form, the QR code, the case's panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.surveys.models import Invitation, Reply
from tests.runtime.surveys.world import answer, invitation, wait
from tests.web.conftest import SignedIn

if TYPE_CHECKING:
    from tests.runtime.surveys.conftest import Asking

MONTHS = "?since=2026-01&until=2026-12"


@pytest.fixture
def asked(asking: Asking) -> Invitation:
    """An invitation that is out."""
    asking.repaired()
    wait(hours=2)
    return invitation()


def test_the_overview_shows_scores_with_how_many_answered(
    asking: Asking, asked: Invitation, signed_in: SignedIn
) -> None:
    """One of one satisfied is 100 % of one answer, which is too few; a survey without answers shows a dash."""
    answer(asked, overall="5", recommend="3")
    response = signed_in(asking.cast.zhou_min).get("/surveys/")
    text = response.content.decode()
    assert all(each in text for each in ("100.0%", "-100.0", "样本不足", "20.7% ~ 100.0%", "–"))
    assert "发出 1 份，已答 1 份" in text


def test_results_and_answers_lead_to_each_other(asking: Asking, asked: Invitation, signed_in: SignedIn) -> None:
    """By month, person and clause; behind each number its list, and behind each answer the invitation."""
    answer(asked, overall="4", words="很准时")
    browser = signed_in(asking.cast.zhou_min)
    text = browser.get(f"/surveys/repair_survey/overall/{MONTHS}").content.decode()
    assert all(each in text for each in ("2026-03", "林晓", "第一条 报修", "month=2026-03", "score=4"))
    listed = browser.get(f"/surveys/repair_survey/overall/answers/{MONTHS}&month=2026-03&handler=0").content.decode()
    assert "没有经办人" in listed
    assert f"/surveys/invitations/{asked.pk}/" not in listed
    listed = browser.get(f"/surveys/repair_survey/overall/answers/{MONTHS}&month=2026-03").content.decode()
    assert f"/surveys/invitations/{asked.pk}/" in listed
    assert "很准时" in browser.get(f"/surveys/invitations/{asked.pk}/").content.decode()


@pytest.mark.parametrize("path", ["repair_survey/words/", "repair_survey/nothing/", "nothing/overall/answers/"])
def test_what_is_no_figure_is_not_found(asking: Asking, signed_in: SignedIn, path: str) -> None:
    """Nor is it for those who see no class of it."""
    assert signed_in(asking.cast.zhou_min).get(f"/surveys/{path}").status_code == 404
    assert signed_in(asking.cast.guan_li).get("/surveys/repair_survey/overall/").status_code == 404


@pytest.mark.parametrize(
    "months", ["?since=x&until=2026-13", "?since=2027-01&until=2026-01", "?since=0001-01", "?until=9999-12"]
)
def test_odd_months_are_not_asked(asking: Asking, signed_in: SignedIn, months: str) -> None:
    """The page is answered all the same."""
    assert signed_in(asking.cast.zhou_min).get(f"/surveys/{months}").status_code == 200


def test_a_call_back_is_filled_in(asking: Asking, asked: Invitation, signed_in: SignedIn) -> None:
    """许可 finds it in her list once the link has ended, notes a call in vain, is told of a mistake, then files it."""
    wait(days=14)
    browser, path = signed_in(asking.cast.xu_ke), f"/surveys/invitations/{asked.pk}/"
    assert path in browser.get("/surveys/call-backs/").content.decode()
    assert browser.post(path, {"unreached": "1"}).status_code == 302
    wrong = browser.post(path, {"answer": "1", "overall": "1"})
    assert (wrong.status_code, Reply.objects.count()) == (422, 0)
    assert "必须填写。" in wrong.content.decode()
    assert browser.post(path, {"answer": "1", "overall": "1", "words": "漏水"}).status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.answered_by_name, asked.attempts) == ("answered", "许可", 1)
    assert path not in browser.get("/surveys/call-backs/").content.decode()


def test_the_link_is_handed_on_with_its_qr_code(asking: Asking, asked: Invitation, signed_in: SignedIn) -> None:
    """To 周敏, not to 林晓 whose work is judged; the code stands in the page itself."""
    path = f"/surveys/invitations/{asked.pk}/"
    mine = signed_in(asking.cast.zhou_min).get(path).content.decode()
    assert "https://kg.example/portal/s/" in mine
    assert "<svg" in mine.split('class="qr"')[1][:200]
    hers = signed_in(asking.cast.lin_xiao).get(path).content.decode()
    assert "/portal/s/" not in hers


def test_staff_send_at_once_from_the_page(asking: Asking, signed_in: SignedIn) -> None:
    """A waiting invitation has a button; a second press is told and changes nothing."""
    asking.repaired()
    found, browser = invitation(), signed_in(asking.cast.zhou_min)
    path = f"/surveys/invitations/{found.pk}/"
    assert "现在发出" in browser.get(path).content.decode()
    assert browser.post(path, {"send_now": "1"}).status_code == 302
    again = browser.post(path, {"send_now": "1"})
    assert again.status_code == 422
    assert "不用再发" in again.content.decode()


def test_an_invitation_out_of_sight_is_refused(asking: Asking, asked: Invitation, signed_in: SignedIn) -> None:
    """方明 of the other branch is told that there is none; nothing is changed by a press."""
    browser, path = signed_in(asking.cast.fang_ming), f"/surveys/invitations/{asked.pk}/"
    assert browser.get(path).status_code == 403
    assert browser.post(path, {"answer": "1", "overall": "5"}).status_code == 403
    asked.refresh_from_db()
    assert asked.state == "sent"


def test_a_case_shows_its_surveys(asking: Asking, signed_in: SignedIn) -> None:
    """A line on the case's page leads to the invitation."""
    case_id = asking.repaired()
    text = signed_in(asking.cast.zhou_min).get(f"/cases/{case_id}/").content.decode()
    assert f"/surveys/invitations/{invitation().pk}/" in text


def test_pages_cost_the_same_however_many_answered(asking: Asking, signed_in: SignedIn) -> None:
    """The list of answers and the overview stay within their budgets."""
    browser = signed_in(asking.cast.zhou_min)
    costs = []
    for number in range(3):
        Invitation.objects.update(sent_at=None)  # so that the throttle lets the next one through
        asking.repaired()
        wait(hours=24)
        answer(invitation(), overall=str(number + 3))
        cost = []
        for path in ("", "repair_survey/overall/", "repair_survey/overall/answers/"):
            with CaptureQueriesContext(connection) as queries:
                browser.get(f"/surveys/{path}{MONTHS}")
            cost.append(len(queries))
        costs.append(cost)
    assert costs[0] == costs[2]
    assert max(costs[0]) <= 40
