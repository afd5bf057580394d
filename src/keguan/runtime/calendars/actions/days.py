"""Setting single days and the weekly hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.calculators.working_time.hours import read_hours, show_hours
from keguan.runtime.calendars.actions.changing import CalendarChange, outside, refuse_any
from keguan.runtime.calendars.models import CalendarDay, CompanyCalendar, Layer
from keguan.runtime.calendars.notices import LONGEST_NAME
from keguan.runtime.calendars.state import ROW, TRADING_OPENS, USUAL_WEEK, minute_of
from keguan.runtime.ledger.actions import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import Promise

HOURS_WRONG = _("请照“09:00-12:00, 13:30-18:00”这样写，从早到晚，不能重叠。")


@dataclass(frozen=True, kw_only=True)
class SetDay(CalendarChange):
    """Say of one day that it is off or worked, with hours of its own or the usual ones; ``working`` None takes back
    what the company said of it. ``trading`` opens or closes it for trading; None leaves that to the notice.
    """

    name: ClassVar[str] = "calendars.set_day"
    day: date
    working: bool | None
    label: str = ""
    hours: str = ""
    trading: bool | None = None

    @property
    def span(self) -> tuple[date | None, date | None]:
        """That day."""
        return self.day, self.day

    def check(self) -> None:
        """Refuse a day too far away, hours that are none, and hours of a day off."""
        far = outside(self.day.year)
        fields: dict[str, str | Promise] = {} if far is None else {"day": far}
        if len(self.label.strip()) > LONGEST_NAME:
            fields["label"] = _("名称最多写%(most)s个字。") % {"most": LONGEST_NAME}
        if self.hours.strip() and not self.working:
            fields["hours"] = _("只有上班的日子才写工作时间。")
        elif not _readable(self.hours):
            fields["hours"] = HOURS_WRONG
        refuse_any(fields)

    def change(self) -> None:
        """Keep the company's word on the day."""
        mine = CalendarDay.objects.filter(day=self.day, layer=Layer.COMPANY)
        mine.delete()
        if self.working is not None:
            CalendarDay.objects.create(
                day=self.day,
                layer=Layer.COMPANY,
                working=self.working,
                name=self.label.strip(),
                hours=show_hours(read_hours(self.hours)),
                trading=self.trading,
            )

    def log(self, result: int) -> Iterable[Record]:
        """The day and what was said of it."""
        said = {"working": self.working, "label": self.label.strip(), "hours": self.hours, "trading": self.trading}
        yield Record(self.name, "calendar", self.day.isoformat(), data={**said, "calendar": result})


@dataclass(frozen=True, kw_only=True)
class SetHours(CalendarChange):
    """Set the business hours of Monday to Sunday (``09:00-12:00, 13:30-18:00``; empty: off), and when trading opens."""

    name: ClassVar[str] = "calendars.set_hours"
    week: tuple[str, ...]
    trading_opens: str = TRADING_OPENS

    def check(self) -> None:
        """Refuse what is not seven lists of hours, a week without any, and a time that is none."""
        fields: dict[str, str | Promise] = {}
        for place, text in enumerate(self.week):
            if not _readable(text):
                fields[f"week_{place + 1}"] = HOURS_WRONG
        if not _is_time(self.trading_opens):
            fields["trading_opens"] = _("请写一个时刻，例如 09:00。")
        if len(self.week) != len(USUAL_WEEK) or (not fields and not any(read_hours(text) for text in self.week)):
            fields["week"] = _("一周里至少要有一天上班。")
        refuse_any(fields)

    def change(self) -> None:
        """Keep them as they are read, not as they were typed."""
        minute = minute_of(self.trading_opens)
        CompanyCalendar.objects.filter(pk=ROW).update(
            week=[show_hours(read_hours(text)) for text in self.week],
            trading_opens=f"{minute // 60:02}:{minute % 60:02}",
        )

    def log(self, result: int) -> Iterable[Record]:
        """The hours."""
        data = {"week": list(self.week), "trading_opens": self.trading_opens, "calendar": result}
        yield Record(self.name, "calendar", "week", data=data)


def _readable(hours: str) -> bool:
    try:
        read_hours(hours)
    except ValueError:
        return False
    return True


def _is_time(text: str) -> bool:
    try:
        minute_of(text)
    except ValueError:
        return False
    return True
