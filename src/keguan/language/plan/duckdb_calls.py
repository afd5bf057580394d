"""DuckDB's functions of plain values. Its own ``upper`` changes letters of every script, so letters are translated;
a date that does not exist is an error there, so it is read from text with ``try_cast``.
"""

from __future__ import annotations

from string import ascii_lowercase, ascii_uppercase

from keguan.language.feel.typed import Function
from keguan.language.feel.types import Boolean, Date, DateTime, Number, Time
from keguan.language.plan.calls import FIRST_DAY, FIRST_MONTH, LAST_DAY, LAST_MONTH, LONGEST, Templates

_DAYS = "({1} // 86400 - CASE WHEN {1} %% 86400 < 0 THEN 1 ELSE 0 END)"
_MONTHS = "(year({0}) * 12 + month({0}))"
_MONTHS_LATER = (
    f"(CASE WHEN {_MONTHS} - 1 + {{1}}::HUGEINT BETWEEN {FIRST_MONTH} AND {LAST_MONTH}"
    " THEN {0} + to_months(({1})::INTEGER) END)"
)
_MORE = f"({_MONTHS.replace('{0}', '{1}')} - {_MONTHS})"
_WITHIN_MONTH = "({%d}::TIMESTAMP - date_trunc('month', {%d})::TIMESTAMP)"
_WHOLE_MONTHS = (
    f"({_MORE} - CASE"
    f" WHEN {_MORE} > 0 AND {_WITHIN_MONTH % (1, 1)} < {_WITHIN_MONTH % (0, 0)} THEN 1"
    f" WHEN {_MORE} < 0 AND {_WITHIN_MONTH % (1, 1)} > {_WITHIN_MONTH % (0, 0)} THEN -1 ELSE 0 END)"
)
_START = f"(CASE WHEN abs({{1}}::HUGEINT) < {LONGEST} THEN {{1}} WHEN {{1}} < 0 THEN {-LONGEST} ELSE {LONGEST} END)"
_LENGTH = f"least({{2}}, {LONGEST})"


TEMPLATES: Templates = {
    Function.STRING_LENGTH: "length({0})",
    (Function.SUBSTRING, 2): f"(CASE WHEN {{1}} <> 0 THEN substring({{0}}, {_START}) END)",
    (Function.SUBSTRING, 3): (
        f"(CASE WHEN {{1}} <> 0 AND {{2}} >= 1 THEN substring(substring({{0}}, {_START}), 1, {_LENGTH}) END)"
    ),
    Function.SUBSTRING_BEFORE: "(CASE WHEN strpos({0}, {1}) = 0 THEN '' ELSE left({0}, strpos({0}, {1}) - 1) END)",
    Function.SUBSTRING_AFTER: (
        "(CASE WHEN strpos({0}, {1}) = 0 THEN '' ELSE substring({0}, strpos({0}, {1}) + length({1})) END)"
    ),
    Function.CONTAINS: "contains({0}, {1})",
    Function.STARTS_WITH: "starts_with({0}, {1})",
    Function.ENDS_WITH: "suffix({0}, {1})",
    Function.HAS_MOBILE: "regexp_matches({0}, '1[3-9][0-9]{{9}}')",
    Function.UPPER: f"translate({{0}}, '{ascii_lowercase}', '{ascii_uppercase}')",
    Function.LOWER: f"translate({{0}}, '{ascii_uppercase}', '{ascii_lowercase}')",
    (Function.TEXT_OF, Number): "rtrim(rtrim(({0}::DECIMAL(19, 0) * {unit})::VARCHAR, '0'), '.')",
    (Function.TEXT_OF, Boolean): "(CASE {0} WHEN TRUE THEN 'true' WHEN FALSE THEN 'false' END)",
    (Function.TEXT_OF, Date): "strftime({0}, '%%Y-%%m-%%d')",
    (Function.TEXT_OF, DateTime): "strftime({0}, '%%Y-%%m-%%dT%%H:%%M:%%S')",
    (Function.TEXT_OF, Time): "{0}::VARCHAR",
    Function.YEAR: "year({0})",
    Function.MONTH: "month({0})",
    Function.DAY: "day({0})",
    Function.WEEKDAY: "isodow({0})",
    Function.DAY_OF_YEAR: "dayofyear({0})",
    Function.HOUR: "hour({0})",
    Function.MINUTE: "minute({0})",
    Function.SECOND: "second({0})",
    Function.MAKE_DATE: (
        "(CASE WHEN {0} BETWEEN 1 AND 9999 AND {1} BETWEEN 1 AND 12 AND {2} BETWEEN 1 AND 31"
        " THEN try_cast(printf('%%04d-%%02d-%%02d', {0}, {1}, {2}) AS DATE) END)"
    ),
    Function.DATE_OF: "{0}::DATE",
    Function.TIME_OF: "{0}::TIME",
    Function.DATE_TIME: "({0} + {1})",
    Function.ADD_DAYS: (
        f"(CASE WHEN {_DAYS} BETWEEN DATE '{FIRST_DAY}' - {{0}} AND DATE '{LAST_DAY}' - {{0}}"
        f" THEN {{0}} + {_DAYS}::INTEGER END)"
    ),
    Function.ADD_SECONDS: (
        f"(CASE WHEN {{1}} BETWEEN date_diff('second', {{0}}, TIMESTAMP '{FIRST_DAY}')"
        f" AND date_diff('second', {{0}}, TIMESTAMP '{LAST_DAY} 23:59:59')"
        " THEN {0} + to_seconds({1}) END)"
    ),
    (Function.ADD_MONTHS, Date): f"{_MONTHS_LATER}::DATE",
    (Function.ADD_MONTHS, DateTime): _MONTHS_LATER,
    (Function.SECONDS_BETWEEN, Date): "(({0} - {1}) * 86400)",
    Function.SECONDS_BETWEEN: "date_diff('second', {1}, {0})",
    Function.MONTHS_BETWEEN: _WHOLE_MONTHS,
}
