"""The calendar over HTTP: a year to read, a day to set."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from keguan.api.authentication import viewer
from keguan.api.errors import PROBLEMS
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.calendars.actions import SetDay
from keguan.runtime.clock import today
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from keguan.runtime.calendars.queries import DayCard

router = Router()


class DayOut(Schema):
    """One day."""

    day: date
    working: bool
    trading: bool
    hours: str = Field(description="Business hours, e.g. `09:00-12:00, 13:30-18:00`; empty on a day off.")
    name: str = Field(description="The holiday, or what the company called the day.")
    special: bool = Field(description="Whether a holiday, a make-up working day or the company sets it apart.")
    own: bool = Field(description="Whether the company itself has set it.")


class YearOut(Schema):
    """A year of the calendar."""

    year: int
    confirmed: bool = Field(description="Whether its days off are settled. If not, what is due in it is provisional.")
    working_days: int
    days: list[DayOut]


class YearQuery(Schema):
    """Which year."""

    year: int | None = Field(
        None, ge=calendars.FIRST_YEAR, le=calendars.LAST_YEAR, description="Left out: the present one."
    )
    special: bool = Field(default=False, description="Only the days that are set apart.")


class DayIn(Schema):
    """What the company says of a day."""

    working: bool | None = Field(description="null takes back what the company said.")
    name: str = Field("", max_length=200)
    hours: str = Field("", max_length=400, description="Only for a day worked; empty means the usual hours.")
    trading: bool | None = Field(None, description="null leaves it to the national days off.")


@router.get("/", response={200: YearOut, **PROBLEMS}, summary="A year of the calendar")
def read_year(request: HttpRequest, query: Query[YearQuery]) -> YearOut:
    """Every day of a year: worked or off, traded or not, with its hours."""
    viewer(request, Scope.CALENDAR)
    card = calendars.year_card(query.year or today().year)
    days = [_out(each) for each in (card.special if query.special else card.days)]
    return YearOut(year=card.year, confirmed=card.confirmed, working_days=card.working_days, days=days)


@router.put("/days/{day}", response={200: DayOut, **PROBLEMS}, summary="Set a day")
def set_day(request: HttpRequest, day: date, said: DayIn) -> DayOut:
    """Say of a day that it is off or worked. For those who maintain the calendar."""
    caller = viewer(request, Scope.CALENDAR)
    SetDay(
        actor=caller.actor,
        day=day,
        working=said.working,
        label=said.name,
        hours=said.hours,
        trading=said.trading,
    ).run()
    return _out(calendars.day_card(day))


def _out(card: DayCard) -> DayOut:
    return DayOut(
        day=card.day,
        working=card.working,
        trading=card.trading,
        hours=card.hours,
        name=card.name,
        special=card.special,
        own=card.own,
    )
