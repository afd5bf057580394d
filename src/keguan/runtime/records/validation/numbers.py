"""Amounts, numbers and shares: full-width digits, thousands separators, 万 and 亿, ¥ and %."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.language.feel.types import Number
from keguan.runtime.access.normal import half_width
from keguan.runtime.records.validation.invalid import Invalid, Typed

if TYPE_CHECKING:
    from datetime import date

    from keguan.runtime.records.validation.holder import Holder

_UNITS = {"": 1, "千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
_WRITTEN = re.compile(
    r"([+-]?)\s*(?:¥|￥|RMB|CNY|人民币)?\s*([+-]?)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+)\s*(千万|百万|[千万亿])?\s*(?:元整?|圆整?)?",
    re.ASCII | re.IGNORECASE,
)
_LARGEST = 10**17
_NOISE = 6
"""Decimals beyond the scale that a sheet's binary fractions may add; they are rounded away."""


def money(field: Holder, typed: Typed, today: date) -> int:
    """An amount in yuan as fen."""
    del today
    return _scaled(_amount(typed, _("金额应为数字，例如 1234.50 或 5000万。")), _scale(field), typed)


def number(field: Holder, typed: Typed, today: date) -> int:
    """A number in units of its scale; an integer has scale 0."""
    del today
    return _scaled(_amount(typed, _("这里应为数字，例如 12。")), _scale(field), typed)


def percent(field: Holder, typed: Typed, today: date) -> int:
    """A share. Text needs its sign (15%); a number comes from a sheet, which keeps 15% as 0.15."""
    del today
    if not isinstance(typed, str):
        return _scaled(_amount(typed, _("百分比应写成 15% 的样子。")), _scale(field), typed)
    text = half_width(typed).replace("％", "%")
    if not text.endswith("%") and text not in {"0", "0.0"}:
        raise Invalid(_("百分比应写成 15% 的样子，带上百分号。"))
    return _scaled(_amount(text.rstrip("% "), _("百分比应写成 15% 的样子。")) / 100, _scale(field), typed)


def _scale(field: Holder) -> int:
    return field.type.scale if isinstance(field.type, Number) else 0


def _amount(typed: Typed, sentence: str) -> Decimal:
    if isinstance(typed, bool) or typed is None:
        raise Invalid(sentence)
    if isinstance(typed, int | float):
        try:
            return Decimal(repr(typed))
        except InvalidOperation:
            raise Invalid(sentence) from None
    text = half_width(str(typed))
    if text.isascii() and text.isdigit():
        return Decimal(text)
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return _exponent(text, sentence)
    outer, inner, digits, unit = match.groups()
    value = Decimal(digits.replace(",", "")) * _UNITS[unit or ""]
    return -value if "-" in (outer, inner) else value


def _exponent(text: str, sentence: str) -> Decimal:
    """Scientific notation, as sheets write large numbers."""
    if not re.fullmatch(r"[+-]?\d(?:\.\d+)?[eE][+-]?\d{1,2}", text, re.ASCII):
        raise Invalid(sentence)
    return Decimal(text)


def _scaled(amount: Decimal, scale: int, typed: Typed) -> int:
    if not amount.is_finite() or abs(amount) * 10**scale > _LARGEST:
        raise Invalid(_("这个数太大，请检查是否多写了几位。"))
    units = amount.scaleb(scale)
    whole = units.to_integral_value()
    if units != whole and (isinstance(typed, str) or abs(units - whole) > Decimal(10) ** -(_NOISE - 2)):
        if scale == 0:
            raise Invalid(_("这里应为整数。"))
        raise Invalid(_("小数位数太多，请检查。"))
    return int(whole)
