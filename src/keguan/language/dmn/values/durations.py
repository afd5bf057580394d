"""The two kinds of duration: days and time, an exact length; years and months, a length by the calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass

from keguan.language.dmn.values.times import DAY, SECOND

_MONTHS = re.compile(r"(-)?P(?:([0-9]{1,12})Y)?(?:([0-9]{1,12})M)?", re.ASCII)
_DAYS = re.compile(
    r"(-)?P(?:([0-9]{1,15})D)?"
    r"(?:T(?:([0-9]{1,15})H)?(?:([0-9]{1,15})M)?(?:([0-9]{1,15})(?:\.([0-9]{1,9})[0-9]*)?S)?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, order=True)
class DaysTime:
    """An exact length in nanoseconds, perhaps negative."""

    nanoseconds: int

    def __str__(self) -> str:
        total = abs(self.nanoseconds)
        days, rest = divmod(total, DAY)
        seconds, fraction = divmod(rest, SECOND)
        hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
        tail = f".{fraction:09}".rstrip("0") if fraction else ""
        time = f"{f'{hours}H' if hours else ''}{f'{minutes}M' if minutes else ''}"
        time += f"{seconds}{tail}S" if seconds or fraction else ""
        text = f"P{f'{days}D' if days else ''}{f'T{time}' if time else ''}"
        return f"{'-' if self.nanoseconds < 0 else ''}{text if total else 'PT0S'}"


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A length in months, perhaps negative."""

    months: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        text = f"P{f'{years}Y' if years else ''}{f'{months}M' if months else ''}"
        return f"{'-' if self.months < 0 else ''}{text if self.months else 'P0M'}"


def parse_duration(text: str) -> DaysTime | YearsMonths | None:
    """The duration written as ``P1Y2M`` or ``P1DT2H3M4.5S``, or None when it is neither."""
    if text.endswith(("P", "T")):
        return None
    if match := _MONTHS.fullmatch(text):
        months = int(match.group(2) or 0) * 12 + int(match.group(3) or 0)
        return YearsMonths(-months if match.group(1) else months)
    if match := _DAYS.fullmatch(text):
        days, hours, minutes, seconds = (int(match.group(index) or 0) for index in (2, 3, 4, 5))
        fraction = int((match.group(6) or "0").ljust(9, "0"))
        total = days * DAY + ((hours * 60 + minutes) * 60 + seconds) * SECOND + fraction
        return DaysTime(-total if match.group(1) else total)
    return None
