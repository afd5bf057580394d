"""编号: the pattern by which cases and documents are numbered, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class Place(StrEnum):
    """A part of a number that is filled in; a sequence starts anew with every value of the date parts beside it."""

    YEAR = "year"  # 年: four digits
    MONTH = "month"  # 月: two digits
    DAY = "day"  # 日: two digits
    SEQUENCE = "sequence"  # 序号:4: at least so many digits


@dataclass(frozen=True, slots=True)
class Numbering:
    """A pattern: literal text and places in order; ``digits`` is the sequence's least width. ``text`` as written."""

    text: str
    parts: tuple[str | Place, ...]
    digits: int

    def period(self, day: date) -> str:
        """Within what the sequence counts on a day: the date parts of the pattern ("" counts for ever)."""
        dates = {Place.YEAR: f"{day:%Y}", Place.MONTH: f"{day:%m}", Place.DAY: f"{day:%d}"}
        return "-".join(dates[place] for place in dates if place in self.parts)

    def write(self, day: date, sequence: int) -> str:
        """The number of the ``sequence``-th thing (from 1) of its period."""
        values = {
            Place.YEAR: f"{day.year:04}",
            Place.MONTH: f"{day.month:02}",
            Place.DAY: f"{day.day:02}",
            Place.SEQUENCE: f"{sequence:0{self.digits}}",
        }
        return "".join(values[part] if isinstance(part, Place) else part for part in self.parts)
