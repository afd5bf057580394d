"""The company's calendar: what it begins with, what may be changed, by whom, and who hears of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from keguan.language.blocks.timing import chinese
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.calendars.actions import (
    AdoptEdition,
    ConfirmYear,
    ImportYear,
    SetDay,
    SetHours,
    edition_is_new,
)
from keguan.runtime.calendars.events import CalendarChanged
from keguan.runtime.calendars.models import CalendarDay
from keguan.runtime.calendars.national import national
from keguan.runtime.ledger import events, queries
from keguan.runtime.ledger.actions import SYSTEM, Refused

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from tests.cast import Cast

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOTICE_2027 = """日期,类型,名称
2027-01-01,休,元旦
2月5日至11日 休 春节
2月14日 班 春节
2027-04-05	休	清明节
5月1日~5月5日，休，劳动节
2027/5/8, 班, 劳动节
"""


def last_entry() -> tuple[str, str, dict[str, object]]:
    """Action, subject and data of the newest ledger entry."""
    entry = queries.entries_page().entries[0]
    return entry.action, entry.subject_id, dict(entry.data)


def test_it_begins_with_the_states_days_off(company: Cast) -> None:
    """Nothing stored: 2026 has its holidays and make-up Saturdays, and hours with a break."""
    found = calendars.company_calendar()
    assert [found.is_working(date(2026, 2, day)) for day in (13, 14, 15, 23, 24, 28)] == [
        True, True, False, False, True, True,
    ]  # fmt: skip
    assert not found.is_trading(date(2026, 2, 14))
    assert calendars.day_card(date(2026, 2, 17)).name == "春节"
    assert calendars.year_card(2026).working_days == 248
    assert calendars.standing().version == 0


def test_a_year_without_a_notice_has_the_holidays_of_the_law(company: Cast) -> None:
    """2027: thirteen days, those by the moon included, no make-up day; and it says loudly that it is not confirmed."""
    off = [each.day for each in calendars.year_card(2027).special]
    assert [f"{each:%m%d}" for each in off] == [
        "0101", "0205", "0206", "0207", "0208", "0405", "0501", "0502", "0609", "0915", "1001", "1002", "1003",
    ]  # fmt: skip
    assert calendars.unconfirmed([2026, 2028, 2027]) == (2027, 2028)
    assert calendars.unconfirmed_between(date(2025, 1, 1), date(2026, 12, 31)) == ()


def test_the_sun_is_reckoned_as_the_table_says(company: Cast) -> None:
    """清明节 of every year that the notices name lies on or next to the day that we work out for later years."""
    from keguan.runtime.calendars.national import TOMB, _tomb_sweeping

    for year in range(2008, 2027):
        named = [day for day, said in national().years[year].items() if said.name == TOMB and not said.working]
        assert _tomb_sweeping(year) in named


def test_a_day_is_set_with_its_ledger_entry(company: Cast) -> None:
    """管理 closes the office on the anniversary: deadlines skip it, the ledger names the day, others are told."""
    heard: list[CalendarChanged] = []
    since = datetime(2026, 11, 26, 10, tzinfo=SHANGHAI)
    deadline = chinese.deadline("1工作日")
    assert deadline is not None
    with events.listening(CalendarChanged, heard.append):
        version = SetDay(actor=company.guan_li.actor, day=date(2026, 11, 27), working=False, label="司庆").run()
    assert calendars.due(deadline, since) == datetime(2026, 11, 30, 10, tzinfo=SHANGHAI)
    assert calendars.company_calendar().is_trading(date(2026, 11, 27))
    assert heard == [CalendarChanged(version, date(2026, 11, 27), date(2026, 11, 27))]
    action, subject, data = last_entry()
    assert (action, subject, data["working"], data["label"]) == ("calendars.set_day", "2026-11-27", False, "司庆")


def test_a_day_with_hours_of_its_own_and_back(company: Cast) -> None:
    """New Year's Eve ends at noon; taking the word back gives the day its usual hours again."""
    day = date(2026, 12, 31)
    SetDay(actor=company.guan_li.actor, day=day, working=True, hours="9:00-12:00", trading=False).run()
    card = calendars.day_card(day)
    assert (card.hours, card.trading, card.own) == ("09:00-12:00", False, True)
    SetDay(actor=company.guan_li.actor, day=day, working=None).run()
    card = calendars.day_card(day)
    assert (card.hours, card.trading, card.own) == ("09:00-12:00, 13:30-18:00", True, False)


def test_hours_are_set(company: Cast) -> None:
    """Six days with a short Saturday; a make-up Saturday then has the Saturday's hours."""
    week = (*("8:30-12:00，13:00-17:30",) * 5, "08:30-12:00", "")
    SetHours(actor=company.guan_li.actor, week=week, trading_opens="9:30").run()
    found = calendars.standing()
    assert found.week[0] == "08:30-12:00, 13:00-17:30"
    assert calendars.day_card(date(2026, 2, 14)).hours == "08:30-12:00"
    assert found.calendar.trading.opens == 570
    assert last_entry()[0] == "calendars.set_hours"


def test_a_notice_is_read_in_and_confirmed(company: Cast, afternoon: datetime) -> None:
    """A pasted notice takes the place of 2027's statutory days; until it is confirmed the year stays provisional."""
    ImportYear(actor=company.guan_li.actor, year=2027, text=NOTICE_2027).run()
    card = calendars.year_card(2027)
    worked = [each.day for each in card.special if each.working]
    assert worked == [date(2027, 2, 14), date(2027, 5, 8)]
    assert len(card.special) == 16
    assert not calendars.company_calendar().is_working(date(2027, 2, 11))
    assert (card.imported, card.confirmed, calendars.unconfirmed([2027])) == (True, False, (2027,))
    assert last_entry() == ("calendars.import_year", "2027", {"off": 14, "worked": 2, "calendar": 1})
    ConfirmYear(actor=company.guan_li.actor, year=2027).run()
    assert calendars.unconfirmed([2027]) == ()
    assert last_entry()[:2] == ("calendars.confirm_year", "2027")
    with pytest.raises(Refused, match=r"calendars\.settled"):
        ConfirmYear(actor=company.guan_li.actor, year=2027).run()


def test_the_companys_word_stays_over_a_notice(company: Cast) -> None:
    """A day that the company set stays as it is when the year's notice is read in, twice over."""
    SetDay(actor=company.guan_li.actor, day=date(2027, 2, 12), working=False, label="多放一天").run()
    for _again in range(2):
        ImportYear(actor=company.guan_li.actor, year=2027, text=NOTICE_2027).run()
    assert not calendars.company_calendar().is_working(date(2027, 2, 12))
    assert CalendarDay.objects.count() == 17


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("2027-02-30,休,没有", "line_1"),
        ("2026-02-03,休,别的年", "line_1"),
        (f"{NOTICE_2027}2027-09-15,中秋", "line_8"),
        ("10月7日至1日,休,倒着", "line_1"),
        ("国庆 10月1日 休", "line_1"),
    ],
)
def test_a_notice_with_a_bad_line_is_refused_whole(company: Cast, text: str, line: str) -> None:
    """The line is named and nothing has changed."""
    with pytest.raises(Refused) as refused:
        ImportYear(actor=company.guan_li.actor, year=2027, text=text).run()
    assert list(refused.value.fields) == [line]
    assert (calendars.standing().version, CalendarDay.objects.count()) == (0, 0)


def test_a_piece_of_a_notice_is_refused(company: Cast) -> None:
    """Three days off are no year."""
    with pytest.raises(Refused, match=r"calendars\.piece"):
        ImportYear(actor=company.guan_li.actor, year=2027, text="2027-01-01~2027-01-03,休,元旦").run()
    assert calendars.standing().version == 0


@pytest.mark.parametrize(
    ("day", "working", "hours", "field"),
    [
        (date(2003, 1, 1), False, "", "day"),
        (date(2076, 1, 1), False, "", "day"),
        (date(2026, 1, 5), True, "早到晚", "hours"),
        (date(2026, 1, 5), False, "09:00-12:00", "hours"),
    ],
)
def test_a_wrong_day_is_refused(company: Cast, day: date, working: bool, hours: str, field: str) -> None:
    """Too far away, hours that are none, hours of a day off: nothing has changed."""
    with pytest.raises(Refused) as refused:
        SetDay(actor=company.guan_li.actor, day=day, working=working, hours=hours).run()
    assert list(refused.value.fields) == [field]
    assert (calendars.standing().version, CalendarDay.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("week", "opens", "field"),
    [
        (("",) * 7, "09:00", "week"),
        (("09:00-12:00",) * 6, "09:00", "week"),
        (("12:00-09:00", *("",) * 6), "09:00", "week_1"),
        (("09:00-12:00",) * 7, "开盘", "trading_opens"),
    ],
)
def test_wrong_hours_are_refused(company: Cast, week: tuple[str, ...], opens: str, field: str) -> None:
    """A week without work, of six days, hours from late to early, an opening that is no time: nothing has changed."""
    with pytest.raises(Refused) as refused:
        SetHours(actor=company.guan_li.actor, week=week, trading_opens=opens).run()
    assert list(refused.value.fields) == [field]
    assert calendars.standing().version == 0


def test_only_who_maintains_the_calendar_may_change_it(company: Cast) -> None:
    """周敏, who manages customer service, may not: nothing has changed."""
    for action in (
        SetDay(actor=company.zhou_min.actor, day=date(2026, 1, 5), working=False),
        SetHours(actor=company.zhou_min.actor, week=("09:00-12:00",) * 7),
        ImportYear(actor=company.zhou_min.actor, year=2027, text=NOTICE_2027),
        ConfirmYear(actor=company.zhou_min.actor, year=2027),
    ):
        with pytest.raises(Refused, match="not_permitted"):
            action.run()
    assert calendars.standing().version == 0


def test_a_new_edition_is_adopted_once(company: Cast) -> None:
    """The first time, and again when the program comes with other national days; then everybody reckons anew."""
    heard: list[CalendarChanged] = []
    assert edition_is_new()
    with events.listening(CalendarChanged, heard.append):
        AdoptEdition(actor=SYSTEM).run()
    assert heard == [CalendarChanged(1)]
    assert not edition_is_new()
    with pytest.raises(Refused, match=r"calendars\.same_edition"):
        AdoptEdition(actor=SYSTEM).run()
    assert len(heard) == 1


def test_a_change_that_is_undone_is_forgotten(company: Cast) -> None:
    """A version rolled back and given again to another change shows that one, not the first."""
    day = date(2026, 3, 2)
    with transaction.atomic():
        SetDay(actor=SYSTEM, day=day, working=False).run()
        assert not calendars.company_calendar().is_working(day)
        transaction.set_rollback(True)
    SetDay(actor=SYSTEM, day=day, working=True, hours="10:00-11:00").run()
    assert (calendars.standing().version, calendars.day_card(day).hours) == (1, "10:00-11:00")


def test_the_calendar_costs_one_query_and_none_when_pinned(
    company: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """An unchanged calendar is looked up by its stamp; within a request only once; a change inside it is noticed."""
    calendars.company_calendar()
    with django_assert_num_queries(1):
        calendars.company_calendar()
    with calendars.pinned():
        calendars.company_calendar()
        with django_assert_num_queries(0):
            calendars.company_calendar()
        SetDay(actor=SYSTEM, day=date(2026, 3, 2), working=False).run()
        assert not calendars.company_calendar().is_working(date(2026, 3, 2))
