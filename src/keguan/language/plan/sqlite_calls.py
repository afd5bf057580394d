"""SQLite's functions of plain values. Dates and times are ISO text there, booleans 0 and 1.

``upper`` and ``lower`` of SQLite change the 26 Latin letters only. Its ``date`` takes 30 February for a day until a
modifier is applied, and gives the years 0 and before, which FEEL does not have here.
"""

from __future__ import annotations

from keguan.language.feel.typed import Function
from keguan.language.feel.types import Boolean, Date, DateTime, Number, Time
from keguan.language.plan.calls import FIRST_DAY, FIRST_MONTH, LAST_MONTH, LONGEST, Templates

_NINE_FIGURES = "[0-9]" * 9
_START = f"max(min({{1}}, {LONGEST}), {-LONGEST})"
_MONTH = "(substr({0}, 1, 4) * 12 + substr({0}, 6, 2) - 1 + {1})"
_LAST_OF_MONTH = "date({0}, 'start of month', {1} || ' months', '+1 month', '-1 day')"
_SAME_DAY = "date({0}, 'start of month', {1} || ' months', (substr({0}, 9, 2) - 1) || ' days')"
_MONTHS_LATER = (
    f"(CASE WHEN {_MONTH} BETWEEN {FIRST_MONTH} AND {LAST_MONTH}"
    f" THEN coalesce(min({_LAST_OF_MONTH}, {_SAME_DAY}), {_SAME_DAY}) END)"
)
"""In the very last month the month after it is null, and no day is missing."""
_WHOLE_MONTHS = (
    "((substr({1}, 1, 4) - substr({0}, 1, 4)) * 12 + substr({1}, 6, 2) - substr({0}, 6, 2)"
    " - (substr({1}, 1, 7) > substr({0}, 1, 7) AND substr({1}, 9) < substr({0}, 9))"
    " + (substr({1}, 1, 7) < substr({0}, 1, 7) AND substr({1}, 9) > substr({0}, 9)))"
)
_SECONDS = "(CAST(strftime('%%s', {0}) AS INTEGER) - CAST(strftime('%%s', {1}) AS INTEGER))"
_WRITTEN_DATE = "printf('%%04d-%%02d-%%02d', {0}, {1}, {2})"
_DIGITS = (
    "rtrim(rtrim((CASE WHEN {0} < 0 THEN '-' ELSE '' END) || abs({0} / {power}) || '.'"
    " || printf('%%0{places}d', abs({0} %% {power})), '0'), '.')"
)


def _part(position: int, length: int) -> str:
    return f"CAST(substr({{0}}, {position}, {length}) AS INTEGER)"


TEMPLATES: Templates = {
    Function.STRING_LENGTH: "length({0})",
    (Function.SUBSTRING, 2): f"(CASE WHEN {{1}} <> 0 THEN substr({{0}}, {_START}) END)",
    (Function.SUBSTRING, 3): (
        f"(CASE WHEN {{1}} <> 0 AND {{2}} >= 1 THEN substr(substr({{0}}, {_START}), 1, min({{2}}, {LONGEST})) END)"
    ),
    Function.SUBSTRING_BEFORE: "substr({0}, 1, instr({0}, {1}) - 1)",
    Function.SUBSTRING_AFTER: (
        "(CASE WHEN instr({0}, {1}) = 0 THEN '' ELSE substr({0}, instr({0}, {1}) + length({1})) END)"
    ),
    Function.CONTAINS: "(instr({0}, {1}) > 0)",
    Function.STARTS_WITH: "(substr({0}, 1, length({1})) = {1})",
    Function.ENDS_WITH: "(substr({0}, length({0}) - length({1}) + 1) = {1})",
    Function.HAS_MOBILE: f"({{0}} GLOB '*1[3-9]{_NINE_FIGURES}*')",
    Function.UPPER: "upper({0})",
    Function.LOWER: "lower({0})",
    (Function.TEXT_OF, Number): _DIGITS,
    (Function.TEXT_OF, Boolean): "(CASE {0} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)",
    (Function.TEXT_OF, DateTime): "replace({0}, ' ', 'T')",
    (Function.TEXT_OF, Date): "{0}",
    (Function.TEXT_OF, Time): "{0}",
    Function.YEAR: _part(1, 4),
    Function.MONTH: _part(6, 2),
    Function.DAY: _part(9, 2),
    Function.WEEKDAY: "((CAST(strftime('%%w', {0}) AS INTEGER) + 6) %% 7 + 1)",
    Function.DAY_OF_YEAR: "CAST(strftime('%%j', {0}) AS INTEGER)",
    (Function.HOUR, Time): _part(1, 2),
    (Function.MINUTE, Time): _part(4, 2),
    (Function.SECOND, Time): _part(7, 2),
    Function.HOUR: _part(12, 2),
    Function.MINUTE: _part(15, 2),
    Function.SECOND: _part(18, 2),
    Function.MAKE_DATE: (
        f"(CASE WHEN {{0}} BETWEEN 1 AND 9999 AND date({_WRITTEN_DATE}, '0 days') = {_WRITTEN_DATE}"
        f" THEN {_WRITTEN_DATE} END)"
    ),
    Function.DATE_OF: "substr({0}, 1, 10)",
    Function.TIME_OF: "substr({0}, 12)",
    Function.DATE_TIME: "({0} || ' ' || {1})",
    Function.ADD_DAYS: (
        f"(CASE WHEN date({{0}}, ({{1}} / 86400 - ({{1}} %% 86400 < 0)) || ' days') >= '{FIRST_DAY}'"
        " THEN date({0}, ({1} / 86400 - ({1} %% 86400 < 0)) || ' days') END)"
    ),
    Function.ADD_SECONDS: (
        f"(CASE WHEN datetime({{0}}, {{1}} || ' seconds') >= '{FIRST_DAY}'"
        " THEN datetime({0}, {1} || ' seconds') END)"
    ),
    (Function.ADD_MONTHS, Date): _MONTHS_LATER,
    (Function.ADD_MONTHS, DateTime): f"({_MONTHS_LATER} || substr({{0}}, 11))",
    Function.SECONDS_BETWEEN: _SECONDS,
    Function.MONTHS_BETWEEN: _WHOLE_MONTHS,
}
