"""Days, as forms, people and sheets write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.access.normal import half_width
from keguan.runtime.records.validation.invalid import Invalid, Typed

if TYPE_CHECKING:
    from keguan.runtime.records.validation.holder import Holder

_WRITTEN = re.compile(
    r"(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})\s*日?"
    r"(?:[T ]\s*[\d:.]+)?(?:\s*(?:周|星期)[一二三四五六日天])?",
    re.ASCII,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_SHEET_ZERO = date(1899, 12, 30)
_FIRST, _LAST = 1900, 2100


def day(field: Holder, typed: Typed, today: date) -> date:
    """A day between 1900 and 2100: 2026-11-21, 2026/11/21, 2026年11月21日, 20261121, or a sheet's serial number."""
    del field, today
    found = _day(typed)
    if not _FIRST <= found.year <= _LAST:
        raise Invalid(_("日期的年份应在1900至2100之间。"))
    return found


def _day(typed: Typed) -> date:
    if isinstance(typed, datetime):
        return typed.date()
    if isinstance(typed, date):
        return typed
    if isinstance(typed, int | float) and not isinstance(typed, bool):
        typed = str(int(typed)) if abs(typed) < 10**9 else ""
    text = half_width(str(typed))
    match = _WRITTEN.fullmatch(text) or _COMPACT.fullmatch(text)
    if match:
        try:
            return date(*(int(part) for part in match.groups()))
        except ValueError:
            raise Invalid(_("没有这一天，请检查月份和日子。")) from None
    if _SERIAL.fullmatch(text):
        return _SHEET_ZERO + timedelta(days=int(float(text)))
    raise Invalid(_("日期应写成 2026-11-21 的样子。"))
