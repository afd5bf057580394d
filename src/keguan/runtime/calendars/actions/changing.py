"""The base of every change of the calendar: it gets a new version and announces it."""

from __future__ import annotations

import secrets
from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime.calendars.events import CalendarChanged
from keguan.runtime.calendars.models import CompanyCalendar
from keguan.runtime.calendars.national import FIRST_YEAR, LAST_YEAR
from keguan.runtime.calendars.state import ROW, forget
from keguan.runtime.ledger.actions import Action, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.utils.functional import Promise

    from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class CalendarChange(Action[int]):
    """Base of every change of the calendar: it gives back the new version."""

    operation: ClassVar[str | None] = "calendar"

    @abstractmethod
    def change(self) -> None:
        """Write what was asked for."""

    @property
    def span(self) -> tuple[date | None, date | None]:
        """The first and last day that may have changed; None where there is no such limit."""
        return None, None

    def do(self) -> int:
        """Take the calendar for this transaction, change it, and count the change."""
        CompanyCalendar.objects.get_or_create(pk=ROW)
        row = CompanyCalendar.objects.select_for_update().get(pk=ROW)
        self.change()
        row.refresh_from_db()
        row.version += 1
        row.stamp = secrets.token_hex(16)
        row.save()
        forget()
        return row.version

    def announce(self, result: int) -> Iterable[Event]:
        """That the calendar has changed, and between which days."""
        return [CalendarChanged(result, *self.span)]


def outside(year: int) -> str | None:
    """The sentence for a year whose days cannot be set; None for one whose days can."""
    if FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return _("只能设置%(first)s年至%(last)s年的日子。") % {"first": FIRST_YEAR, "last": LAST_YEAR}


def refuse_any(fields: Mapping[str, str | Promise]) -> None:
    """Raise ``Refused`` when any input is wrong."""
    if fields:
        raise Refused("calendars.invalid", _("没有保存：有几项需要改正。"), fields)
