"""Long numbers (phones, ID and card numbers) as text, whatever a sheet has made of them."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from django.utils.translation import gettext as _

from keguan.runtime.access.normal import digits_only
from keguan.runtime.records.validation.invalid import Invalid, Typed

_EXPONENT = re.compile(r"^(\d(?:\.(\d+))?)[eE]\+?(\d{1,2})$")
_EXACT = 10**15


def long_number(typed: Typed) -> str:
    """The digits without blanks and dashes. Raises ``Invalid`` when a sheet has already lost the last of them."""
    if isinstance(typed, float) or (isinstance(typed, int) and not isinstance(typed, bool)):
        if not math.isfinite(typed) or typed != int(typed) or (isinstance(typed, float) and abs(typed) >= _EXACT):
            raise Invalid(_lost())
        return str(int(typed))
    text = str(typed)
    if "e" in text or "E" in text:
        match = _EXPONENT.match(text.strip())
        if match:
            return _written_out(match)
    text = text.removesuffix(".0")
    return digits_only(text)


def _written_out(match: re.Match[str]) -> str:
    """Scientific notation, if no digit is missing from it."""
    digits, exponent = len(match.group(2) or ""), int(match.group(3))
    if digits < exponent - 3 or digits > exponent:
        raise Invalid(_lost())
    return str(int(Decimal(match.group(0))))


def _lost() -> str:
    return _("这个号码被表格存成了数值，末几位已经丢失。请把该列设为文本格式后重新填写。")
