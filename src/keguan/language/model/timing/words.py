"""Times in words, Chinese and English; ``blocks.timing`` reads them back as the same times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.timing import Point, Unit

if TYPE_CHECKING:
    from keguan.language.model.timing import Deadline, Frequency, Length

UNITS = {
    Unit.MINUTE: ("分钟", "minute"),
    Unit.HOUR: ("小时", "hour"),
    Unit.WORKING_HOUR: ("个工作小时", "working hour"),
    Unit.DAY: ("天", "day"),
    Unit.WORKING_DAY: ("个工作日", "working day"),
    Unit.TRADING_DAY: ("个交易日", "trading day"),
    Unit.WEEK: ("周", "week"),
    Unit.MONTH: ("个月", "month"),
    Unit.QUARTER: ("个季度", "quarter"),
    Unit.YEAR: ("年", "year"),
}
_POINTS = {
    Point.AT_ONCE: ("立即", "at once"),
    Point.SAME_DAY: ("当日", "same day"),
    Point.SAME_WORKING_DAY: ("当个工作日", "same working day"),
    Point.NEXT_DAY: ("次日", "next day"),
    Point.NEXT_WORKING_DAY: ("次工作日", "next working day"),
    Point.NEXT_OPENING: ("次日上班前", "before the next opening"),
    Point.NEXT_TRADING_OPENING: ("次日开盘前", "before the market opens"),
    Point.END_OF_WEEK: ("本周内", "by the end of the week"),
    Point.END_OF_MONTH: ("本月底前", "by the end of the month"),
    Point.END_OF_QUARTER: ("本季度末前", "by the end of the quarter"),
    Point.END_OF_YEAR: ("本年底前", "by the end of the year"),
}
WEEKDAYS = (
    ("周一", "Monday"), ("周二", "Tuesday"), ("周三", "Wednesday"), ("周四", "Thursday"), ("周五", "Friday"),
    ("周六", "Saturday"), ("周日", "Sunday"),
)  # fmt: skip


def show_length(length: Length, language: str) -> str:
    """``3个工作日`` or ``3 working days``; the sign is not shown."""
    amount = abs(length.amount)
    zh, en = UNITS[length.unit]
    return f"{amount}{zh}" if language == "zh" else f"{amount} {en}{'' if amount == 1 else 's'}"


def show_deadline(deadline: Deadline, language: str) -> str:
    """``到期前15天`` or ``15 days before expiry``."""
    event = deadline.event
    if deadline.length is not None:
        length, ahead = show_length(deadline.length, language), deadline.length.amount < 0
        if language == "zh":
            return f"{event}{'前' if ahead else '后'}{length}" if event else f"{'提前' if ahead else ''}{length}"
        if not event:
            return f"{length} ahead" if ahead else length
        return f"{length} {'before' if ahead else 'after'} {event}"
    zh, en = _POINTS[deadline.point or Point.AT_ONCE]
    if language == "zh":
        return f"{event}{'后' if event and deadline.point is Point.AT_ONCE else ''}{zh}"
    return f"{en} {'as' if en.startswith('same') else 'after'} {event}" if event else en


def show_frequency(frequency: Frequency, language: str) -> str:
    """``每月第一个周一至少1次`` or ``at least 1 time every month on the first Monday``."""
    zh = language == "zh"
    times = _times(frequency.at_least, frequency.at_most, language)
    every = _every(frequency.every, language)
    place = _place_zh(frequency) if zh else _place_en(frequency)
    return f"{every}{place}{times}" if zh else f"{times} {every}{place}"


def _times(least: int, most: int | None, language: str) -> str:
    count = least if most is None else most
    if language == "zh":
        limit = "至少" if most is None else f"{least}至" if least else "至多"
        return f"{limit}{count}次"
    limit = "at least " if most is None else f"{least} to " if least else "at most "
    return f"{limit}{count} time{'' if count == 1 else 's'}"


def _every(every: Length, language: str) -> str:
    zh, en = UNITS[every.unit]
    if language == "zh":
        return f"每{zh.removeprefix('个')}" if every.amount == 1 else f"每{every.amount}{zh}"
    return f"every {en}" if every.amount == 1 else f"every {every.amount} {en}s"


def _place_zh(frequency: Frequency) -> str:
    named = WEEKDAYS[frequency.weekday - 1][0] if frequency.weekday else ""
    if frequency.ordinal is not None:
        nth = "最后一个" if frequency.ordinal == -1 else f"第{frequency.ordinal}个"
        return nth + (named or "工作日")
    if frequency.day is None:
        return named.removeprefix("周") if frequency.every.amount == 1 else named
    month = f"{frequency.month}月" if frequency.month else ""
    return month + ("底前" if frequency.day == -1 else f"{frequency.day}日前")


def _place_en(frequency: Frequency) -> str:
    named = WEEKDAYS[frequency.weekday - 1][1] if frequency.weekday else ""
    if frequency.ordinal is not None:
        return f" on the {_nth(frequency.ordinal)} {named or 'working day'}"
    if frequency.day is None:
        return f" on {named}" if named else ""
    day = "by the end" if frequency.day == -1 else f"by the {_nth(frequency.day)}"
    return f" {day}" + (f" of month {frequency.month}" if frequency.month else "")


def _nth(number: int) -> str:
    if number == -1:
        return "last"
    teen = 10 < number % 100 < 14
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
