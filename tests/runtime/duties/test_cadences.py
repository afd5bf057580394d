"""When something is owed over a year, against a slow, obvious reference that walks the days one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

import pytest

from keguan.language.model.timing import Deadline, Length, Unit
from keguan.runtime import clock
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.duties.lines import lines
from keguan.runtime.duties.occasions import of_date, of_period
from keguan.runtime.policies.queries import current
from tests.language.blocks.test_timing import frequency
from tests.runtime.duties.world import contract, customer, duties, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from keguan.language.model.duty import Obligation
    from tests.cast import Cast

YEAR = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]


@dataclass(frozen=True)
class Owed:
    """What the reference says of one period: its days, the day by which it is due, how often."""

    days: tuple[date, ...]
    by: date
    times: int


def periods(key: Callable[[date], object]) -> Iterator[tuple[date, ...]]:
    """The days of the year in groups, and of the periods that reach beyond it all days too."""
    days = [YEAR[0] + timedelta(days=number) for number in range(-40, 405)]
    for _key, group in groupby(days, key):
        found = tuple(group)
        if any(day.year == 2026 for day in found):
            yield found


def months(day: date) -> object:
    """Months."""
    return (day.year, day.month)


def quarters(day: date) -> object:
    """Quarters."""
    return (day.year, (day.month - 1) // 3)


def weeks(day: date) -> object:
    """Weeks from Monday to Sunday."""
    return day.isocalendar()[:2]


def last(days: tuple[date, ...]) -> date:
    """The last of these days."""
    return days[-1]


def first_monday(days: tuple[date, ...]) -> date:
    """The first Monday among these days."""
    return next(day for day in days if day.weekday() == 0)


def fifth(days: tuple[date, ...]) -> date:
    """The fifth of the month."""
    return next(day for day in days if day.day == 5)


CADENCES = {
    "每月至少2次": (months, last, 2),
    "每季度一次": (quarters, last, 1),
    "每月第一个周一": (months, first_monday, 1),
    "每月5日前": (months, fifth, 1),
    "每周至少1次": (weeks, last, 1),
}


@pytest.fixture
def row(office: Cast) -> Obligation:
    """Any row with a frequency; the tests put another in its place."""
    return next(line.obligation for line in lines(current().model) if line.obligation.frequency)


@pytest.mark.parametrize("text", CADENCES)
def test_every_day_of_a_year_lies_in_its_period(row: Obligation, text: str) -> None:
    """On each day: the period, the day by which it is due, and how often."""
    key, by, times = CADENCES[text]
    owed = {day: Owed(days, by(days), times) for days in periods(key) for day in days}
    asked = replace(row, frequency=frequency(text))
    with calendars.pinned():
        calendar = calendars.company_calendar()
        for day in YEAR:
            found, said = of_period(asked, day, calendar), owed[day]
            assert (found.start, found.end) == (said.days[0], said.days[-1]), day
            assert (clock.local(found.due).date(), found.times) == (said.by, said.times), day
            assert found.slot == said.days[0].isoformat()


@pytest.mark.parametrize("ahead", [1, 30])
def test_days_ahead_of_every_date_of_a_year(row: Obligation, ahead: int) -> None:
    """提前30天: due at the end of the day so many days before, and evidence counts from as long before that."""
    deadline = Deadline(f"提前{ahead}天", Length(-ahead, Unit.DAY))
    asked = replace(row, frequency=None, trigger=None, deadline=deadline, remind=None)
    with calendars.pinned():
        calendar = calendars.company_calendar()
        for day in YEAR:
            found = of_date(asked, day, calendar)
            assert clock.local(found.due).date() == day - timedelta(days=ahead)
            assert (found.start, found.end, found.slot) == (day - timedelta(days=2 * ahead), None, day.isoformat())


def test_a_year_of_visits(office: Cast) -> None:
    """From March to February: one visit a month, each made on its first day, due on its last, each once."""
    zhang = customer(office.lin_xiao)
    contract(office.zhou_min, zhang)
    for number in range(3, 15):
        year, month = (2026, number) if number <= 12 else (2027, number - 12)
        if number > 3:
            until(year, month, 1, 0, 1)
        until(year, month, 20)
    made = duties("visits", zhang)
    firsts = [date(2026 + (number > 12), (number - 1) % 12 + 1, 1) for number in range(3, 15)]
    assert [duty.slot for duty in made] == [day.isoformat() for day in firsts]
    following = [*firsts[1:], date(2027, 3, 1)]
    assert [clock.local(duty.due_at).date() for duty in made] == [day - timedelta(days=1) for day in following]
