"""PostgreSQL's functions of plain values. Its own ``upper`` follows the database's locale, so letters are translated;
a date that does not exist is an error there, so it is looked for first.
"""

from __future__ import annotations

from string import ascii_lowercase, ascii_uppercase

from keguan.language.feel.typed import Function
from keguan.language.feel.types import Boolean, Date, DateTime, Number, Time
from keguan.language.plan.calls import FIRST_DAY, FIRST_MONTH, LAST_DAY, LAST_MONTH, LONGEST, Templates

_DAYS = "({1} / 86400 - CASE WHEN {1} %% 86400 < 0 THEN 1 ELSE 0 END)"
_MONTHS = "(extract(year FROM {0}) * 12 + extract(month FROM {0}))"
_MONTHS_LATER = (
    f"(CASE WHEN {_MONTHS} - 1 + {{1}} BETWEEN {FIRST_MONTH} AND {LAST_MONTH}"
    " THEN {0} + make_interval(months => ({1})::integer) END)"
)
_WITHIN_MONTH = "({%d} - date_trunc('month', {%d}))"
_MORE = f"{_MONTHS.replace('{0}', '{1}')} - {_MONTHS}"
_WHOLE_MONTHS = (
    f"({_MORE} - CASE"
    f" WHEN {_MORE} > 0 AND {_WITHIN_MONTH % (1, 1)} < {_WITHIN_MONTH % (0, 0)} THEN 1"
    f" WHEN {_MORE} < 0 AND {_WITHIN_MONTH % (1, 1)} > {_WITHIN_MONTH % (0, 0)} THEN -1 ELSE 0 END)::bigint"
)
_START = f"least({{1}}, {LONGEST})::integer"
_FROM_END = f"(- greatest({{1}}, {-LONGEST}))::integer"
_LENGTH = f"least({{2}}, {LONGEST})::integer"


def _part(name: str) -> str:
    return f"extract({name} FROM {{0}})::bigint"


TEMPLATES: Templates = {
    Function.STRING_LENGTH: "char_length({0})::bigint",
    (Function.SUBSTRING, 2): (
        f"(CASE WHEN {{1}} > 0 THEN substr({{0}}, {_START}) WHEN {{1}} < 0 THEN right({{0}}, {_FROM_END}) END)"
    ),
    (Function.SUBSTRING, 3): (
        f"(CASE WHEN {{1}} > 0 AND {{2}} > 0 THEN substr({{0}}, {_START}, {_LENGTH})"
        f" WHEN {{1}} < 0 AND {{2}} > 0 THEN left(right({{0}}, {_FROM_END}), {_LENGTH}) END)"
    ),
    Function.SUBSTRING_BEFORE: "(CASE WHEN strpos({0}, {1}) = 0 THEN '' ELSE left({0}, strpos({0}, {1}) - 1) END)",
    Function.SUBSTRING_AFTER: (
        "(CASE WHEN strpos({0}, {1}) = 0 THEN '' ELSE substr({0}, strpos({0}, {1}) + char_length({1})) END)"
    ),
    Function.CONTAINS: "(strpos({0}, {1}) > 0)",
    Function.STARTS_WITH: "starts_with({0}, {1})",
    Function.ENDS_WITH: "(right({0}, char_length({1})) = {1})",
    Function.HAS_MOBILE: "({0} ~ '1[3-9][0-9]{{9}}')",
    Function.UPPER: f"translate({{0}}, '{ascii_lowercase}', '{ascii_uppercase}')",
    Function.LOWER: f"translate({{0}}, '{ascii_uppercase}', '{ascii_lowercase}')",
    (Function.TEXT_OF, Number): "trim_scale({0}::numeric * {unit})::text",
    (Function.TEXT_OF, Boolean): "(CASE {0} WHEN TRUE THEN 'true' WHEN FALSE THEN 'false' END)",
    (Function.TEXT_OF, Date): "to_char({0}, 'YYYY-MM-DD')",
    (Function.TEXT_OF, DateTime): """to_char({0}, 'YYYY-MM-DD"T"HH24:MI:SS')""",
    (Function.TEXT_OF, Time): "to_char({0}, 'HH24:MI:SS')",
    Function.YEAR: _part("year"),
    Function.MONTH: _part("month"),
    Function.DAY: _part("day"),
    Function.WEEKDAY: _part("isodow"),
    Function.DAY_OF_YEAR: _part("doy"),
    Function.HOUR: _part("hour"),
    Function.MINUTE: _part("minute"),
    Function.SECOND: _part("second"),
    Function.MAKE_DATE: (
        "(CASE WHEN {0} BETWEEN 1 AND 9999 AND {1} BETWEEN 1 AND 12 AND {2} BETWEEN 1 AND"
        " extract(day FROM make_date(({0})::integer, ({1})::integer, 1) + interval '1 month - 1 day')"
        " THEN make_date(({0})::integer, ({1})::integer, ({2})::integer) END)"
    ),
    Function.DATE_OF: "{0}::date",
    Function.TIME_OF: "{0}::time",
    Function.DATE_TIME: "({0} + {1})",
    Function.ADD_DAYS: (
        f"(CASE WHEN {_DAYS} BETWEEN DATE '{FIRST_DAY}' - {{0}} AND DATE '{LAST_DAY}' - {{0}}"
        f" THEN {{0}} + {_DAYS}::integer END)"
    ),
    Function.ADD_SECONDS: (
        f"(CASE WHEN {{1}} BETWEEN extract(epoch FROM TIMESTAMP '{FIRST_DAY}' - {{0}})"
        f" AND extract(epoch FROM TIMESTAMP '{LAST_DAY} 23:59:59' - {{0}})"
        " THEN {0} + make_interval(days => ({1} / 86400)::integer) + make_interval(secs => {1} %% 86400) END)"
    ),
    (Function.ADD_MONTHS, Date): f"{_MONTHS_LATER}::date",
    (Function.ADD_MONTHS, DateTime): _MONTHS_LATER,
    (Function.SECONDS_BETWEEN, Date): "(({0} - {1})::bigint * 86400)",
    Function.SECONDS_BETWEEN: "extract(epoch FROM {0} - {1})::bigint",
    Function.MONTHS_BETWEEN: _WHOLE_MONTHS,
}
