"""From text to other values, and back."""

from __future__ import annotations

import re
from decimal import Decimal

from keguan.language.dmn.execution.expressions import Compiler
from keguan.language.dmn.execution.scope import Scope
from keguan.language.dmn.functions.dates import FUNCTIONS as DATES
from keguan.language.dmn.functions.declaring import functions, needs, takes
from keguan.language.dmn.types.comparison import at_most
from keguan.language.dmn.types.function import Parameter
from keguan.language.dmn.types.text import text_of
from keguan.language.dmn.types.types import ANY, NUMBER, RANGE, STRING
from keguan.language.dmn.values.numbers import parse_number
from keguan.language.dmn.values.ranges import Range
from keguan.language.feel import nodes, parse_expression
from keguan.language.source import Span

_PLAIN = re.compile(r"-?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?", re.ASCII)
_WRITTEN_OUT = frozenset({"date", "time", "date and time", "duration"})


def number(text: str, grouping: str | None, separator: str | None) -> Decimal | None:
    """The number written with these separators: of groups a space, a comma or a point, of the fraction the latter."""
    if grouping not in {None, " ", ",", "."} or separator not in {None, ",", "."}:
        return None
    if grouping is not None and grouping == separator:
        return None
    plain = text.replace(grouping, "") if grouping else text
    plain = (
        plain if separator is None else plain.replace(separator, "." if "." not in plain or separator == "." else "x")
    )
    return parse_number(plain) if _PLAIN.fullmatch(plain) else None


def interval(text: str) -> Range | None:
    """The range written as ``[1..3]``; its ends are values written out, the lower first."""
    node, _ = parse_expression(text, Span("", 1, 1, 1, 1 + len(text)))
    if not isinstance(node, nodes.RangeNode) or not (_is_constant(node.low) and _is_constant(node.high)):
        return None
    found = Compiler(lambda _name: None).expression(node)(Scope(DATES))
    return found if isinstance(found, Range) and at_most(found.low, found.high) is True else None


def _is_constant(node: nodes.Node | None) -> bool:
    if isinstance(node, nodes.NegateNode):
        return isinstance(node.value, nodes.NumberNode)
    if isinstance(node, nodes.CallNode):
        return node.name in _WRITTEN_OUT and all(isinstance(each, nodes.TextNode) for each in node.arguments)
    return isinstance(node, nodes.NumberNode | nodes.TextNode | nodes.AtNode | nodes.DateNode)


def _separator(name: str) -> Parameter:
    return Parameter(name, STRING, nullable=True)


FUNCTIONS = functions(
    number=takes(
        number,
        needs("from", STRING),
        _separator("grouping separator"),
        _separator("decimal separator"),
        result=NUMBER,
    ),
    string=takes(text_of, needs("from", ANY), result=STRING),
    range=takes(interval, needs("from", STRING), result=RANGE),
)
