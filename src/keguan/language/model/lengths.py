"""Times of day, moments and durations as people write them: 09:30, 2026-03-02 09:30, 3天, 1天12小时, 6个月."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from keguan.language.feel.temporal import parse_months, parse_seconds

_CLOCK = re.compile(r"([0-9]{1,2})[:：]([0-9]{2})(?:[:：]([0-9]{2}))?")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]\s*(\S+)")
_DURATION = re.compile(
    r"(-?)\s*(?:([0-9]{1,5})\s*(?:周|个?星期|weeks?|w)\s*)?(?:([0-9]{1,7})\s*(?:天|日|days?|d)\s*)?"
    r"(?:([0-9]{1,8})\s*(?:个?小时|时|hours?|h)\s*)?(?:([0-9]{1,9})\s*(?:分钟|分|minutes?|min)\s*)?"
    r"(?:([0-9]{1,10})\s*(?:秒|seconds?|s)\s*)?"
)
_MONTHS = re.compile(
    r"(-?)\s*(?:([0-9]{1,4})\s*(?:年|years?|y)\s*)?(?:([0-9]{1,4})\s*(?:个?季度|quarters?)\s*)?"
    r"(?:([0-9]{1,5})\s*(?:个?月|months?|m)\s*)?"
)
_UNITS = (86_400, 3600, 60, 1)
_WEEK = 604_800
_WORDS = {"zh": ("天", "小时", "分钟", "秒"), "en": (" d", " h", " min", " s")}


def read_time(text: str) -> time:
    """A time of day written 09:30 or 09:30:15. Raises ``ValueError``."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise ValueError(text)
    hour, minute, second = (int(part or 0) for part in found.groups())
    return time(hour, minute, second)


def read_moment(text: str) -> datetime:
    """A moment written 2026-03-02 09:30, or with a T between. Raises ``ValueError``."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return datetime.combine(date.fromisoformat(found.group(1)), read_time(found.group(2)))


def read_duration(text: str) -> int:
    """The seconds of 3天, 2周, 24小时, 1天12小时, 1 d 12 h or P1DT12H. Raises ``ValueError``."""
    if (seconds := parse_seconds(text)) is not None:
        return seconds
    found = _DURATION.fullmatch(text)
    if found is None or not any(found.groups()[1:]):
        raise ValueError(text)
    total = sum(int(part or 0) * unit for part, unit in zip(found.groups()[1:], (_WEEK, *_UNITS), strict=True))
    return -total if found.group(1) else total


def read_months(text: str) -> int:
    """The months of 6个月, 2年, 1年6个月, 2个季度, 1 y 6 m or P1Y6M. Raises ``ValueError``."""
    if (months := parse_months(text)) is not None:
        return months
    found = _MONTHS.fullmatch(text)
    if found is None or not any(found.groups()[1:]):
        raise ValueError(text)
    total = sum(int(part or 0) * unit for part, unit in zip(found.groups()[1:], (12, 3, 1), strict=True))
    return -total if found.group(1) else total


def show_time(value: time) -> str:
    """09:30, with seconds only where there are any."""
    return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"


def show_moment(value: datetime) -> str:
    """2026-03-02 09:30."""
    return f"{value.date().isoformat()} {show_time(value.time())}"


def show_duration(seconds: int, language: str) -> str:
    """1天12小时, or 1 d 12 h; no time at all is 0秒."""
    shown, rest = [], abs(seconds)
    words = _WORDS.get(language, _WORDS["en"])
    for unit, word in zip(_UNITS, words, strict=True):
        amount, rest = divmod(rest, unit)
        shown += [f"{amount}{word}"] if amount else []
    joint = "" if language == "zh" else " "
    return ("-" if seconds < 0 else "") + (joint.join(shown) or f"0{words[-1]}")


def show_months(months: int, language: str) -> str:
    """1年6个月, or 1 y 6 m."""
    years, rest = divmod(abs(months), 12)
    year, month = ("年", "个月") if language == "zh" else (" y", " m")
    shown = ([f"{years}{year}"] if years else []) + ([f"{rest}{month}"] if rest or not years else [])
    return ("-" if months < 0 else "") + ("" if language == "zh" else " ").join(shown)
