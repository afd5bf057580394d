"""Values as people write them (5000万, ¥12,860,000.00, 95%, 是, 2026-03-02, 3天) ↔ values as they are stored."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from keguan.language.feel.types import (
    BOOLEAN,
    DATE,
    DAY_DURATION,
    MONTH_DURATION,
    TEXT,
    Attachment,
    Boolean,
    Date,
    DateTime,
    DayDuration,
    MonthDuration,
    Number,
    Staff,
    Text,
    Time,
    Type,
)
from keguan.language.model.files import show_number
from keguan.language.model.lengths import (
    read_duration,
    read_moment,
    read_months,
    read_time,
    show_duration,
    show_moment,
    show_months,
    show_time,
)
from keguan.language.model.model import FieldKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.language.feel.types import Null

Value = int | str | bool | date | time | None
"""A plain value in storage form (see ``feel.types``); a moment is a ``date`` too, being a ``datetime``."""

_BOOLEANS = {"是": True, "否": False, "true": True, "false": False, "yes": True, "no": False}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LISTED = re.compile("[,，、]")
_UNITS = {"万": 4, "亿": 8, "%": -2}
_UNCLEAR = re.compile(r"[0-9]+\s*(?:分|时|月|[dhsmyw])|[0-9]{4}\s*年")
"""What is more likely a score, a month or a year than a length of time."""
_WIDE = str.maketrans("０１２３４５６７８９．，－％￥", "0123456789.,-%¥")


def read_value(text: str, type_: Type) -> Value:  # noqa: PLR0911 - one return per type
    """The stored value of ``text``; a member of staff stays their name, since only the runtime knows who there is;
    of attachments it is how many file names there are.

    Raises ``ValueError`` when it is not of this type.
    """
    text = text.strip()
    match type_:
        case Boolean():
            return _read(_BOOLEANS, text)
        case Date():
            return read_date(text)
        case Time():
            return read_time(text)
        case DateTime():
            return read_moment(text)
        case DayDuration():
            return read_duration(text)
        case MonthDuration():
            return read_months(text)
        case Number(scale):
            return scaled(read_number(text), scale)
        case Text(choices):
            if choices is not None and text not in choices:
                raise ValueError(text)
            return text
        case Staff() if text:
            return text
        case Attachment() if text:
            return len([name for name in _LISTED.split(text) if name.strip()])
        case _:
            raise ValueError(text)


def _read(words: dict[str, bool], text: str) -> bool:
    if text.lower() not in words:
        raise ValueError(text)
    return words[text.lower()]


def read_date(text: str) -> date:
    """A day written 2026-01-01. Raises ``ValueError``."""
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def read_number(text: str) -> Decimal:
    """A number with 万, 亿, %, ¥ and thousands commas. Raises ``ValueError``."""
    body = text.translate(_WIDE).strip().removeprefix("¥").removesuffix("元").replace(",", "").strip()
    shift = 0
    while body and body[-1] in _UNITS:
        shift += _UNITS[body[-1]]
        body = body[:-1].rstrip()
    if len(body) > 40 or not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", body):
        raise ValueError(text)
    try:
        return Decimal(body).scaleb(shift)
    except InvalidOperation as problem:
        raise ValueError(text) from problem


def scaled(number: Decimal, scale: int) -> int:
    """A number in units of 10**-scale. Raises ``ValueError`` when it is finer than that or out of range."""
    units = number.scaleb(scale)
    if units != units.to_integral_value() or abs(units) >= 2**62:
        raise ValueError(str(number))
    return int(units)


def infer(text: str) -> tuple[Type, FieldKind]:
    """The type of a parameter's value that was written without one. Raises ``ValueError`` for empty text."""
    if text.lower() in _BOOLEANS:
        return BOOLEAN, FieldKind.BOOLEAN
    if _DATE.fullmatch(text):
        return DATE, FieldKind.DATE
    for length, read in ((DAY_DURATION, read_duration), (MONTH_DURATION, read_months)):
        if not _UNCLEAR.fullmatch(text) and _is(read, text):
            return length, FieldKind.DURATION
    try:
        number = read_number(text)
    except ValueError:
        if not unquote(text):
            raise
        return TEXT, FieldKind.TEXT
    if "%" in text or "％" in text:
        return Number(4), FieldKind.PERCENT
    exponent = number.normalize().as_tuple().exponent
    scale = max(0, -exponent) if isinstance(exponent, int) else 0
    return Number(scale), FieldKind.INTEGER if scale == 0 else FieldKind.NUMBER


def _is(read: Callable[[str], int], text: str) -> bool:
    """Whether text can be read so."""
    try:
        read(text)
    except ValueError:
        return False
    return True


def unquote(text: str) -> str:
    """A text parameter may be written with or without quotation marks."""
    if len(text) >= 2 and (text[0], text[-1]) in {('"', '"'), ("“", "”")}:
        return text[1:-1]
    return text


def show_value(  # noqa: PLR0911 - one return per kind of value
    value: Value, type_: Type | Null, kind: FieldKind | None, language: str = "zh"
) -> str:
    """A stored value as people read it: ¥12,860,000.00, 15%, 是, 2026-03-02, 1天12小时."""
    if value is None:
        return "空" if language == "zh" else "empty"
    if isinstance(value, bool):
        return {"zh": ("否", "是")}.get(language, ("no", "yes"))[value]
    if isinstance(value, int) and isinstance(type_, DayDuration | MonthDuration):
        return (show_duration if isinstance(type_, DayDuration) else show_months)(value, language)
    if isinstance(value, int) and isinstance(type_, Attachment):
        return show_number(value, language)
    if isinstance(value, int):
        return _show_number(value, type_.scale if isinstance(type_, Number) else 0, kind)
    if isinstance(value, time):
        return show_time(value)
    if isinstance(value, datetime):
        return show_moment(value)
    return value.isoformat() if isinstance(value, date) else value


def _show_number(value: int, scale: int, kind: FieldKind | None) -> str:
    number = Decimal(value).scaleb(-scale)
    if kind is FieldKind.MONEY:
        return f"{'-' if number < 0 else ''}¥{abs(number):,.2f}"
    if kind is FieldKind.PERCENT:
        return f"{_plain(number * 100)}%"
    return _plain(number)


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
