"""Functions of plain values as Python source. What each one means is in ``feel.functions``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.arithmetic import scale_of
from keguan.language.feel.typed import Function, Literal
from keguan.language.feel.types import Date, DateTime, Number, Time
from keguan.language.run.writer import ADD, ATOM, COMPARE, MULTIPLY, SIGN, Code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.feel.typed import Call

_ATTRIBUTES = {
    Function.YEAR: "year",
    Function.MONTH: "month",
    Function.DAY: "day",
    Function.HOUR: "hour",
    Function.MINUTE: "minute",
    Function.SECOND: "second",
    Function.WEEKDAY: "isoweekday()",
    Function.DATE_OF: "date()",
    Function.TIME_OF: "time()",
}
_METHODS = {Function.STARTS_WITH: "startswith", Function.ENDS_WITH: "endswith"}
_CALLED = {
    Function.STRING_LENGTH: "len",
    Function.SUBSTRING: "substring",
    Function.SUBSTRING_BEFORE: "substring_before",
    Function.SUBSTRING_AFTER: "substring_after",
    Function.HAS_MOBILE: "has_mobile",
    Function.UPPER: "upper",
    Function.LOWER: "lower",
    Function.ABS: "abs",
    Function.MODULO: "modulo",
    Function.DAY_OF_YEAR: "day_of_year",
    Function.MAKE_DATE: "make_date",
    Function.DATE_TIME: "combine",
    Function.ADD_DAYS: "add_days",
    Function.ADD_SECONDS: "add_seconds",
    Function.ADD_MONTHS: "add_months",
    Function.MONTHS_BETWEEN: "months_between",
}
_ROUNDED = {
    Function.ROUND_HALF_UP: "half_up",
    Function.ROUND_HALF_DOWN: "half_down",
    Function.ROUND_UP: "away",
    Function.ROUND_DOWN: "towards",
}
_PARTIAL = frozenset(
    {
        Function.SUBSTRING,
        Function.MODULO,
        Function.MAKE_DATE,
        Function.ADD_DAYS,
        Function.ADD_SECONDS,
        Function.ADD_MONTHS,
    }
)
"""What may be null though no argument is."""


def call_code(node: Call, arguments: Sequence[Code]) -> tuple[Code, bool]:
    """The source of a call whose arguments are not null (its ``guards`` are those of the arguments), and whether its
    value may be null all the same.
    """
    guards = tuple(dict.fromkeys(guard for argument in arguments for guard in argument.guards))
    text, level = _source(node, arguments)
    return Code(text, level, guards), node.function in _PARTIAL and not _is_whole(node)


def _is_whole(node: Call) -> bool:
    """Whether constant arguments rule out that a partial function gives null."""
    constants = [argument.value for argument in node.arguments[1:] if isinstance(argument, Literal)]
    if len(constants) < len(node.arguments) - 1:
        return False
    if node.function is Function.MODULO:
        return bool(constants[0])
    return (
        node.function is Function.SUBSTRING
        and bool(constants[0])
        and all(isinstance(length, int) and length > 0 for length in constants[1:])
    )


def _source(node: Call, arguments: Sequence[Code]) -> tuple[str, int]:  # noqa: PLR0911 - one return per form
    function, first = node.function, arguments[0]
    if function in _ATTRIBUTES:
        return f"{first.at(ATOM)}.{_ATTRIBUTES[function]}", ATOM
    if function in _METHODS:
        return f"{first.at(ATOM)}.{_METHODS[function]}({arguments[1].text})", ATOM
    if function in _ROUNDED:
        return f"{_ROUNDED[function]}({first.text}, {_factor(node)})", ATOM
    match function:
        case Function.CONCAT:
            return f"{first.at(ADD)} + {arguments[1].at(ADD + 1)}", ADD
        case Function.CONTAINS:
            return f"{arguments[1].at(ADD)} in {first.at(ADD)}", COMPARE
        case Function.FLOOR:
            return f"{first.at(MULTIPLY)} // {_factor(node)}", MULTIPLY
        case Function.CEILING:
            return f"-(-{first.at(SIGN)} // {_factor(node)})", SIGN
        case Function.MODULO if _is_whole(node):
            return f"{first.at(MULTIPLY)} % {arguments[1].at(MULTIPLY + 1)}", MULTIPLY
        case Function.TEXT_OF:
            return _text_of(node, first), ATOM
        case Function.SECONDS_BETWEEN if isinstance(node.arguments[0].type, Date):
            return f"({first.at(ADD)} - {arguments[1].at(ADD + 1)}).days * 86400", MULTIPLY
        case Function.SECONDS_BETWEEN:
            return f"seconds_between({first.text}, {arguments[1].text})", ATOM
    listed = ", ".join(argument.text for argument in arguments)
    return f"{_CALLED[function]}({listed})", ATOM


def _factor(node: Call) -> int:
    """How many units of the argument's scale make one of the result's."""
    factor: int = 10 ** (scale_of(node.arguments[0]) - scale_of(node))
    return factor


def _text_of(node: Call, first: Code) -> str:
    kind = node.arguments[0].type
    if isinstance(kind, Number):
        return f"number_text({first.text}, {kind.scale})"
    if isinstance(kind, Date | DateTime | Time):
        return f"{first.at(ATOM)}.isoformat()"
    return f"text_of({first.text})"
