"""What a cell holds, and its text as the person who typed it means it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

EXACT_DIGITS = 15
"""Excel keeps this many digits of a number; what lies beyond is already lost."""


@dataclass(frozen=True, slots=True)
class FormulaError:
    """A formula that gave an error (``#N/A``), or, with an empty ``code``, one whose result was never saved."""

    code: str


Cell = str | int | float | bool | date | datetime | time | timedelta | FormulaError | None


def text_of(cell: Cell) -> str:
    """The cell as text: numbers without exponent or binary noise, dates as 2026-01-31."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return _number(cell)
    return _special(cell)


def _special(cell: int | date | datetime | time | timedelta | FormulaError) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return cell.code if isinstance(cell, FormulaError) else str(cell)


def _number(value: float) -> str:
    if not math.isfinite(value):
        return ""
    if value.is_integer():
        return str(int(value))
    text = format(value, f".{EXACT_DIGITS}g")
    return format(Decimal(text), "f") if "e" in text else text
