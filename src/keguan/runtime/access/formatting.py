"""Stored values as people read them, in Chinese or English."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache

from keguan.language.feel.types import Number
from keguan.language.model.files import show_number
from keguan.language.model.lengths import show_duration, show_time
from keguan.language.model.model import FieldKind
from keguan.runtime.access.sealed_values import Value
from keguan.runtime.clock import local
from keguan.runtime.org import queries as org

_WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_YES_NO = {"zh": ("否", "是"), "en": ("No", "Yes")}
_FEN_PER_YUAN = 100
_YUAN_PER_WAN = 10_000


def formatted(  # noqa: PLR0911 - one per kind of value
    kind: FieldKind, scale: int, value: Value, language: str, *, short: bool = False
) -> str:
    """``value`` (in storage form) as text. ``short`` writes whole amounts from one 万 up in 万, in Chinese only.

    One query for a member of staff whose name is not known in this request.
    """
    if isinstance(value, bool):
        return _YES_NO[language][value]
    if isinstance(value, time):
        return show_time(value)
    if isinstance(value, datetime):
        return f"{day(value.date(), language)} {show_time(value.time())}"
    if kind is FieldKind.STAFF and isinstance(value, int):
        return org.name_of(value)
    if isinstance(value, int) and kind is FieldKind.ATTACHMENT:
        return show_number(value, language)
    if isinstance(value, int) and kind is FieldKind.DURATION:
        return show_duration(value, language)
    if isinstance(value, int):
        return _number(kind, scale, value, short=short and language == "zh")
    return day(value, language) if isinstance(value, date) else value


def scale_of(kind: object) -> int:
    """The scale of a number type; 0 for everything else."""
    return kind.scale if isinstance(kind, Number) else 0


@lru_cache(maxsize=4096)
def day(value: date, language: str) -> str:
    """``2026-11-21 周六``."""
    return f"{value.isoformat()} {_WEEKDAYS[language][value.weekday()]}"


def moment(value: datetime, language: str) -> str:
    """``2026-11-21 周六 09:30`` on the company's clocks."""
    here = local(value)
    return f"{day(here.date(), language)} {here:%H:%M}"


def money(fen: int, *, short: bool = False) -> str:
    """``¥1,234.50``; short: ``5,000 万``, never rounded, so that a boundary is not crossed by display."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), _FEN_PER_YUAN)
    if short and rest == 0 and yuan >= _YUAN_PER_WAN:
        wan, below = divmod(yuan, _YUAN_PER_WAN)
        fraction = f".{below:04d}".rstrip("0") if below else ""
        return f"{sign}{wan:,}{fraction} 万"
    return f"{sign}¥{yuan:,}.{rest:02d}"


def _number(kind: FieldKind, scale: int, value: int, *, short: bool) -> str:
    if kind is FieldKind.MONEY:
        return money(value, short=short)
    if kind is FieldKind.PERCENT:
        return _decimal(value, max(scale - 2, 0)).rstrip("0").rstrip(".") + "%" if scale > 2 else f"{value}%"
    return _decimal(value, scale)


def _decimal(value: int, scale: int) -> str:
    whole, rest = divmod(abs(value), 10**scale)
    fraction = f".{rest:0{scale}d}" if scale else ""
    return f"{'-' if value < 0 else ''}{whole:,}{fraction}"
