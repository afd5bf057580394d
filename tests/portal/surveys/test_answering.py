"""A customer opens a link, answers, and is told in words when the link answers no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from keguan.runtime.surveys.models import Invitation, Reply
from tests.runtime.surveys.world import invitation, logged, secret, wait

if TYPE_CHECKING:
    from tests.runtime.surveys.conftest import Asking


@pytest.fixture
def asked(asking: Asking) -> Invitation:
    """An invitation that is out."""
    asking.repaired()
    wait(hours=2)
    return invitation()


def page(found: Invitation) -> str:
    """The path of an invitation's page."""
    return f"/portal/s/{secret(found)}"


def test_the_page_asks_and_shows_nothing_of_the_record(asked: Invitation) -> None:
    """Every question with its scale, until when; not whose record it is, which case, nor who handled it. The first look
    is noted.
    """
    response = Client().get(page(asked), {"by": "qr"})
    text = response.content.decode()
    assert response.status_code == 200
    assert "报修满意度" in text
    assert "请在 2026-03-16 前提交" in text
    assert 'name="recommend" value="10"' in text
    assert 'name="by" value="qr"' in text
    assert not any(each in text for each in ("张伟", "林晓", "138", "TS-"))
    assert response["Cache-Control"].startswith("max-age=0")
    asked.refresh_from_db()
    assert asked.opened_at is not None


def test_an_answer_is_thanked_for_and_a_second_press_is_told(asked: Invitation) -> None:
    """The way is kept as the page says it; pressing again, or opening the link again, says that it was sent already."""
    browser, values = Client(), {"by": "sms", "overall": "5", "recommend": "9", "words": "谢谢师傅"}
    assert "谢谢您" in browser.post(page(asked), values).content.decode()
    for again in (browser.post(page(asked), values), browser.get(page(asked))):
        assert again.status_code == 410
        assert "已经提交过了" in again.content.decode()
    asked.refresh_from_db()
    assert (asked.answered_way, Reply.objects.count()) == ("sms", 3)


def test_a_mistake_loses_nothing_that_was_typed(asked: Invitation) -> None:
    """A sentence at the question; the rest stands as it was; nothing is kept."""
    response = Client().post(page(asked), {"overall": "2", "recommend": "3"})
    text = response.content.decode()
    assert response.status_code == 422
    assert 'id="e-words">必须填写。' in text
    assert 'name="overall" value="2" checked' in text
    assert not Reply.objects.exists()


def test_a_link_that_is_too_old_or_wrong_is_told(asked: Invitation) -> None:
    """In words, with a status that says so; nothing is kept."""
    assert Client().get("/portal/s/nothing").status_code == 404
    wait(days=14)
    response = Client().post(page(asked), {"overall": "5"})
    assert response.status_code == 410
    assert "过了有效期" in response.content.decode()
    assert not Reply.objects.exists()


def test_yes_and_no_are_chosen_in_every_language(asking: Asking, asked: Invitation) -> None:
    """What the page sends for yes is read as yes."""
    text = Client().get(page(asked)).content.decode()
    assert 'name="brings" value="yes"' in text
    Client().post(page(asked), {"overall": "5", "brings": "yes"})
    assert Reply.objects.get(field="brings").plain == "true"


def test_an_odd_way_is_a_link(asked: Invitation) -> None:
    """Whatever somebody writes into the page, an answer comes by a way that customers have."""
    Client().post(page(asked), {"by": "call", "overall": "5"})
    asked.refresh_from_db()
    assert asked.answered_way == "link"
    assert logged("surveys.answer")[0]["way"] == "link"


def test_a_page_speaks_english(asked: Invitation, settings: pytest.FixtureRequest) -> None:
    """By the language that the browser chose."""
    browser = Client()
    browser.cookies["django_language"] = "en"
    text = browser.get(page(asked)).content.decode()
    assert "Send" in text
    assert "请在" not in text
