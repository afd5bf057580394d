"""Decision tables out of their elements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.dmn.xml import boxed
from keguan.language.dmn.xml.fault import Fault
from keguan.language.dmn.xml.texts import literal, name_of, text

if TYPE_CHECKING:
    from keguan.language.dmn.xml.tree import Element


def read_table(element: Element) -> boxed.DecisionTable:
    """The table. Raises ``Fault`` for a hit policy or an aggregation that the standard does not have."""
    written, collected = element.get("hitPolicy") or "UNIQUE", element.get("aggregation")
    try:
        policy = boxed.HitPolicy(written)
        aggregation = None if collected is None else boxed.Aggregation(collected)
    except ValueError:
        raise Fault(
            f"第 {element.line} 行的决策表：没有命中策略 {written} {collected or ''}",
            f"line {element.line}: there is no hit policy {written} {collected or ''}",
        ) from None
    return boxed.DecisionTable(
        tuple(_input(each) for each in element.all("input")),
        tuple(_output(each) for each in element.all("output")),
        tuple(_rule(each) for each in element.all("rule")),
        policy,
        aggregation,
        element.get("typeRef"),
    )


def _input(element: Element) -> boxed.InputClause:
    expression = element.first("inputExpression")
    return boxed.InputClause(literal(expression or element), text(element.first("inputValues")))


def _output(element: Element) -> boxed.OutputClause:
    default = element.first("defaultOutputEntry")
    return boxed.OutputClause(
        name_of(element) or None,
        element.get("typeRef"),
        text(element.first("outputValues")),
        None if default is None else literal(default),
    )


def _rule(element: Element) -> boxed.TableRule:
    tests = tuple(text(each) or boxed.Text("-", each.line) for each in element.all("inputEntry"))
    return boxed.TableRule(tests, tuple(literal(each) for each in element.all("outputEntry")))
