"""Reading a year's notice in, confirming a year, and taking over what the program newly knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.calendars.actions.changing import CalendarChange, outside
from keguan.runtime.calendars.models import CalendarDay, CalendarYear, CompanyCalendar, Layer
from keguan.runtime.calendars.national import national
from keguan.runtime.calendars.notices import read_notice
from keguan.runtime.calendars.state import ROW, standing
from keguan.runtime.ledger.actions import Record, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

FEWEST_NOTICED = 7
"""A year's notice names at least so many days off; a table with fewer is a piece of one."""


@dataclass(frozen=True, kw_only=True)
class ImportYear(CalendarChange):
    """Take a year's days off and make-up days from its notice, in place of those the program knows.

    The company's own days stay over them. Whoever read the notice in looks at the year and then confirms it.
    """

    name: ClassVar[str] = "calendars.import_year"
    year: int
    text: str

    @property
    def span(self) -> tuple[date | None, date | None]:
        """The year."""
        return date(self.year, 1, 1), date(self.year, 12, 31)

    def check(self) -> None:
        """Refuse a year too far away, any line that cannot be read, and less than a notice."""
        _require_year(self.year)
        days, unread = read_notice(self.text, self.year)
        if unread:
            lines = {f"line_{each.line}": each.reason for each in unread}
            raise Refused("calendars.unread", _("有%(count)s行读不懂，没有导入。") % {"count": len(unread)}, lines)
        if sum(not each.working for each in days) < FEWEST_NOTICED:
            raise Refused(
                "calendars.piece",
                _("全年的放假日至少有%(least)s天，请把整份放假安排贴进来。") % {"least": FEWEST_NOTICED},
            )

    def change(self) -> None:
        """Put the notice in the place of the one before; a year read in anew is to be confirmed anew."""
        CalendarDay.objects.filter(layer=Layer.NOTICE, day__year=self.year).delete()
        days, _unread = read_notice(self.text, self.year)
        CalendarDay.objects.bulk_create(
            CalendarDay(day=each.day, layer=Layer.NOTICE, working=each.working, name=each.name) for each in days
        )
        fresh = {"imported": True, "confirmed_at": None, "confirmed_by": None}
        CalendarYear.objects.update_or_create(year=self.year, defaults=fresh)

    def log(self, result: int) -> Iterable[Record]:
        """The year, and how many days it has off and made up."""
        days, _unread = read_notice(self.text, self.year)
        off = sum(not each.working for each in days)
        yield Record(self.name, "calendar", self.year, data={"off": off, "worked": len(days) - off, "calendar": result})


@dataclass(frozen=True, kw_only=True)
class ConfirmYear(CalendarChange):
    """Say that a year's days off are settled: its deadlines are no longer marked as provisional."""

    name: ClassVar[str] = "calendars.confirm_year"
    year: int

    @property
    def span(self) -> tuple[date | None, date | None]:
        """The year."""
        return date(self.year, 1, 1), date(self.year, 12, 31)

    def check(self) -> None:
        """Refuse a year too far away and one that is settled already."""
        _require_year(self.year)
        if self.year in standing().confirmed:
            raise Refused("calendars.settled", _("%(year)s年的放假安排已经确认过了。") % {"year": self.year})

    def change(self) -> None:
        """Note who says so and when."""
        settled: dict[str, datetime | int | None] = {
            "confirmed_at": clock.now(),
            "confirmed_by": self.actor.staff_id,
        }
        CalendarYear.objects.update_or_create(year=self.year, defaults=settled)

    def log(self, result: int) -> Iterable[Record]:
        """The year."""
        yield Record(self.name, "calendar", self.year, data={"calendar": result})


@dataclass(frozen=True, kw_only=True)
class AdoptEdition(CalendarChange):
    """Take over the national days that came with a new edition of the program, so that open deadlines are reckoned
    by them.
    """

    name: ClassVar[str] = "calendars.adopt_edition"

    def check(self) -> None:
        """Refuse when nothing is new."""
        if not edition_is_new():
            raise Refused("calendars.same_edition", _("全国放假安排没有新的版本。"))

    def change(self) -> None:
        """Note the edition."""
        CompanyCalendar.objects.filter(pk=ROW).update(national=national().edition)

    def log(self, result: int) -> Iterable[Record]:
        """The edition, and the last year whose notice it knows."""
        data = {"edition": national().edition, "until": max(national().known), "calendar": result}
        yield Record(self.name, "calendar", "national", data=data)


def edition_is_new() -> bool:
    """Whether the program came with other national days than those last announced. One query."""
    known = CompanyCalendar.objects.filter(pk=ROW).values_list("national", flat=True).first()
    return known != national().edition


def _require_year(year: int) -> None:
    far = outside(year)
    if far is not None:
        raise Refused("calendars.year", far)
