"""Times of day, moments and durations, as forms, people and sheets write them."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.language.model.lengths import read_duration, read_time
from keguan.runtime.access.normal import half_width
from keguan.runtime.records.validation import dates
from keguan.runtime.records.validation.invalid import Invalid, Typed

if TYPE_CHECKING:
    from keguan.runtime.records.validation.holder import Holder

_CLOCK_BEHIND = re.compile(r"(.*\S)[T ]\s*([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)", re.ASCII)
_LONGEST = 100 * 366 * 86_400


def clock(field: Holder, typed: Typed, today: date) -> time:
    """A time of day: 09:30 or 09:30:15."""
    del field, today
    try:
        return read_time(half_width(str(typed)))
    except ValueError:
        raise Invalid(_("时间应写成 09:30 的样子。")) from None


def moment(field: Holder, typed: Typed, today: date) -> datetime:
    """A day and a time: 2026-11-21 09:30; a day alone is its beginning."""
    if isinstance(typed, datetime):
        return typed.replace(tzinfo=None, microsecond=0)
    found = _CLOCK_BEHIND.fullmatch(half_width(str(typed)))
    if found is None:
        return datetime.combine(dates.day(field, typed, today), time())
    return datetime.combine(dates.day(field, found.group(1), today), clock(field, found.group(2), today))


def duration(field: Holder, typed: Typed, today: date) -> int:
    """A duration in seconds: 3天, 24小时, 1天12小时."""
    del field, today
    try:
        seconds = read_duration(half_width(str(typed)))
    except ValueError:
        seconds = _LONGEST + 1
    if abs(seconds) > _LONGEST:
        raise Invalid(_("时长应写成 3天、24小时 或 1天12小时 的样子，最长一百年。"))
    return seconds
