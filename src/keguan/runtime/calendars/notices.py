"""A year's notice as people paste it: one line for a day or a run of days, with 休 or 班 and the holiday's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 40_000
"""Characters of a notice; a year of single days has a tenth of it."""

LONGEST_NAME = 60
"""Characters of a day's name."""

WORDS = {
    **dict.fromkeys(("休", "假", "休息", "放假", "节假日", "off", "holiday", "h"), False),
    **dict.fromkeys(("班", "上班", "补班", "调休上班", "工作日", "on", "work", "working", "w"), True),
}
"""How people write that a day is off or worked."""

_CELL = re.compile(r"[\t,，;；|]+|(?<=[^\s至到~—–-])\s+(?=[^\s至到~—–-])")
_DATE = r"(?:([0-9]{4})[-/.年])?([0-9]{1,2})[-/.月]([0-9]{1,2})日?"
_DAYS = re.compile(rf"{_DATE}(?:\s*(?:至|到|~|—|–|-|to)\s*(?:{_DATE}|([0-9]{{1,2}})日))?")


@dataclass(frozen=True, slots=True)
class Noticed:
    """One day of a notice."""

    day: date
    working: bool
    name: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that could not be read, by its number, and why."""

    line: int
    reason: str


def read_notice(text: str, year: int) -> tuple[tuple[Noticed, ...], tuple[Unread, ...]]:
    """The days of the notice in order, and the lines that could not be read. Days without a year are ``year``'s; a line
    without any digit is taken for a heading; the last line about a day counts.
    """
    found: dict[date, Noticed] = {}
    unread: list[Unread] = []
    for number, line in enumerate(text[:LONGEST].splitlines(), 1):
        if not any(sign.isdigit() for sign in line):
            continue
        try:
            found.update({each.day: each for each in _line(line.strip(), year)})
        except ValueError as error:
            unread.append(Unread(number, str(error)))
    return tuple(found[day] for day in sorted(found)), tuple(unread)


def _line(line: str, year: int) -> Iterator[Noticed]:
    days = _DAYS.match(line)
    if days is None:
        raise ValueError(_("开头应是日期，例如 %(year)s-10-01 或 10月1日至7日。") % {"year": year})
    start, end = _span(days, year)
    cells = [cell.strip() for cell in _CELL.split(line[days.end() :]) if cell and cell.strip()]
    kinds = [WORDS[cell.lower()] for cell in cells if cell.lower() in WORDS]
    if len(kinds) != 1:
        raise ValueError(_("日期之后应写“休”或“班”，只写一个。"))
    name = " ".join(cell for cell in cells if cell.lower() not in WORDS)
    if len(name) > LONGEST_NAME:
        raise ValueError(_("名称最多写%(most)s个字。") % {"most": LONGEST_NAME})
    for place in range((end - start).days + 1):
        yield Noticed(start + timedelta(days=place), kinds[0], name)


def _span(days: re.Match[str], year: int) -> tuple[date, date]:
    first_year, month, day, last_year, last_month, last_day, same_month = days.groups()
    try:
        start = date(int(first_year or year), int(month), int(day))
        end = start
        if same_month:
            end = start.replace(day=int(same_month))
        elif last_month:
            end = date(int(last_year or first_year or year), int(last_month), int(last_day))
    except ValueError:
        raise ValueError(_("没有这一天。")) from None
    if start.year != year or end.year != year:
        raise ValueError(_("这一天不在%(year)s年。") % {"year": year})
    if end < start:
        raise ValueError(_("结束的一天早于开始的一天。"))
    return start, end
