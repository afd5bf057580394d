"""The calendar's page: seen by all, changed by those who maintain it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from keguan.runtime.calendars import queries as calendars
from keguan.runtime.clock import offset
from tests.cast import Cast
from tests.runtime.calendars.test_calendar import NOTICE_2027
from tests.web.conftest import SignedIn

YEAR_QUERIES = 8
"""Session, account, person, appointments with units, policy, unread notices, the calendar: fixed."""

WEEK = {f"week_{number}": "09:00-12:00" if number < 6 else "" for number in range(1, 8)}


def test_a_year_is_shown_with_signs(company: Cast, signed_in: SignedIn, afternoon: datetime) -> None:
    """林晓 sees 2026: each holiday says 休 and each make-up day 班, besides their colours; she has no forms."""
    html = signed_in(company.lin_xiao).get("/settings/calendar/").content.decode()
    assert html.count('<table class="month">') == 12
    assert html.count('class="day day--off"') - 1 == html.count("<i>休</i>") - 1 == 33
    assert html.count("<i>班</i>") - 1 == 6
    assert "2026-02-14 周六；春节；上班 09:00-12:00, 13:30-18:00；非交易日" in html
    assert "放假安排已确认" in html
    assert "全年248个工作日" in html
    assert "calendar/day" not in html
    assert "要改日历，请找有“维护日历”权限的人" in html


def test_an_unconfirmed_year_is_loud(company: Cast, signed_in: SignedIn) -> None:
    """2027 says what that means; only who maintains the calendar has a button."""
    html = signed_in(company.lin_xiao).get("/settings/calendar/?year=2027").content.decode()
    assert "2027年的放假通知还没有录入" in html
    assert "确认2027年的放假安排" not in html
    assert "确认2027年的放假安排" in signed_in(company.guan_li).get("/settings/calendar/?year=2027").content.decode()


def test_a_day_is_set_on_the_page(company: Cast, signed_in: SignedIn) -> None:
    """管理 opens a day, closes the office on it, and finds it in the year; the form shows what was said."""
    client = signed_in(company.guan_li)
    assert "本公司这一天" in client.get("/settings/calendar/?day=2026-11-27").content.decode()
    answer = client.post("/settings/calendar/day", {"day": "2026-11-27", "working": "no", "label": "司庆"})
    assert (answer.status_code, answer["Location"]) == (302, "/settings/calendar/?year=2026")
    assert not calendars.company_calendar().is_working(date(2026, 11, 27))
    html = client.get("/settings/calendar/?day=2026-11-27").content.decode()
    assert "司庆" in html
    assert "day--off day--own" in html


def test_what_is_wrong_is_said_beside_what_was_typed(company: Cast, signed_in: SignedIn) -> None:
    """Hours that are none: the page says so, keeps the text, and nothing has changed."""
    client = signed_in(company.guan_li)
    answer = client.post("/settings/calendar/day", {"day": "2026-11-27", "working": "yes", "hours": "全天"})
    assert answer.status_code == 422
    assert "全天" in answer.content.decode()
    assert "09:00-12:00, 13:30-18:00" in answer.content.decode()
    answer = client.post("/settings/calendar/hours", {**WEEK, "week_2": "乱写", "trading_opens": "09:00"})
    assert answer.status_code == 422
    assert "乱写" in answer.content.decode()
    assert client.post("/settings/calendar/day", {"day": "哪天"}).status_code == 422
    assert calendars.standing().version == 0


def test_hours_are_set_on_the_page(company: Cast, signed_in: SignedIn) -> None:
    """Mornings only from now on."""
    answer = signed_in(company.guan_li).post(
        "/settings/calendar/hours", {**WEEK, "trading_opens": "9:30", "year": "2025"}
    )
    assert answer["Location"] == "/settings/calendar/?year=2025"
    assert calendars.standing().week == (*("09:00-12:00",) * 5, "", "")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_notice_is_uploaded_and_confirmed(company: Cast, signed_in: SignedIn, encoding: str) -> None:
    """A file as a spreadsheet saves it, in either encoding; then the year is looked at and confirmed."""
    client = signed_in(company.guan_li)
    file = SimpleUploadedFile("2027.csv", NOTICE_2027.encode(encoding))
    answer = client.post("/settings/calendar/notice", {"year": "2027", "file": file})
    assert answer.status_code == 302
    assert "还没有人确认" in client.get("/settings/calendar/?year=2027").content.decode()
    client.post("/settings/calendar/confirm", {"year": "2027"})
    assert calendars.unconfirmed([2027]) == ()


def test_a_bad_line_is_named(company: Cast, signed_in: SignedIn) -> None:
    """The page says which line and keeps the text; nothing has changed."""
    answer = signed_in(company.guan_li).post(
        "/settings/calendar/notice", {"year": "2027", "text": "2027-02-30,休,春节"}
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "第1行：" in html
    assert "2027-02-30,休,春节</textarea>" in html
    assert calendars.standing().version == 0


@pytest.mark.parametrize("content", [b"\xff\xfe\x00\x80", b"x" * 200_001])
def test_a_file_that_is_no_text_is_refused(company: Cast, signed_in: SignedIn, content: bytes) -> None:
    """Neither a picture nor a book is read; nothing has changed."""
    file = SimpleUploadedFile("2027.xlsx", content)
    answer = signed_in(company.guan_li).post("/settings/calendar/notice", {"year": "2027", "file": file})
    assert answer.status_code == 422
    assert calendars.standing().version == 0


@pytest.mark.parametrize("page", ["day", "hours", "notice", "confirm"])
def test_others_change_nothing(company: Cast, signed_in: SignedIn, page: str) -> None:
    """周敏 is refused whatever she sends, and nothing has changed."""
    sent = {"day": "2026-11-27", "working": "no", "year": "2027", "text": NOTICE_2027, "trading_opens": "09:00", **WEEK}
    assert signed_in(company.zhou_min).post(f"/settings/calendar/{page}", sent).status_code == 403
    assert calendars.standing().version == 0


@pytest.mark.parametrize("query", ["year=²", "year=99999999999", "day=gestern", "year=1999&day=1999-01-01", "year=0"])
def test_nonsense_is_harmless(company: Cast, signed_in: SignedIn, afternoon: datetime, query: str) -> None:
    """A year or day that is none shows this year."""
    assert "日历 2026" in signed_in(company.lin_xiao).get(f"/settings/calendar/?{query}").content.decode()


def test_the_page_speaks_english(company: Cast, signed_in: SignedIn) -> None:
    """Months, signs and holidays; no Chinese but names."""
    client = signed_in(company.lin_xiao)
    client.post("/language", {"language": "en", "next": "/settings/calendar/"})
    html = client.get("/settings/calendar/?year=2026").content.decode()
    assert "<caption>February</caption>" in html
    assert "Spring Festival" in html
    assert "<i>H</i>" in html
    assert "春节" not in html


def test_the_page_costs_the_same_for_every_year(
    company: Cast, signed_in: SignedIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """No query per day or month."""
    client = signed_in(company.guan_li)
    client.get("/settings/calendar/?year=2026")
    for year in (2026, 2027):
        with django_assert_num_queries(YEAR_QUERIES):
            client.get(f"/settings/calendar/?year={year}&day={year}-02-14")


def test_a_drill_is_said_on_every_page(company: Cast, signed_in: SignedIn, settings: Any, tmp_path: Path) -> None:
    """A bar tells the system's time; without a drill there is none."""
    client = signed_in(company.lin_xiao)
    assert "演练：系统时间" not in client.get("/settings/").content.decode()
    settings.DRILL, settings.HOME = True, tmp_path
    offset.set_offset(timedelta(days=30))
    assert "演练：系统时间" in client.get("/settings/").content.decode()
