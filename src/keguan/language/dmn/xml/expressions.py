"""Boxed expressions out of their elements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.dmn.xml import boxed
from keguan.language.dmn.xml.fault import Fault
from keguan.language.dmn.xml.tables import read_table
from keguan.language.dmn.xml.texts import literal, variable

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.language.dmn.xml.tree import Element


def read_expression(parent: Element) -> boxed.Expression | None:
    """The expression directly inside an element, or None when there is none."""
    found = next((child for child in parent.children if child.name in _READERS), None)
    return None if found is None else _READERS[found.name](found)


def read_definition(element: Element) -> boxed.Definition:
    """A function's definition, as a boxed expression or as the encapsulated logic of a knowledge model."""
    parameters = tuple(variable(each) for each in element.all("formalParameter"))
    kind = (element.get("kind") or "FEEL").upper()
    return boxed.Definition(parameters, read_expression(element), kind, element.get("typeRef"))


def _within(parent: Element, *names: str) -> boxed.Expression:
    """The expression that must stand in the first child of one of these names. Raises ``Fault``."""
    holder = parent.first(*names)
    found = None if holder is None else read_expression(holder)
    if found is None:
        raise Fault(
            f"第 {parent.line} 行的 {parent.name} 缺少 {names[0]}",
            f"line {parent.line}: {parent.name} has no {names[0]}",
        )
    return found


def _inside(parent: Element) -> boxed.Expression:
    return read_expression(parent) or boxed.Literal(boxed.Text("null", parent.line))


def _context(element: Element) -> boxed.Expression:
    entries = []
    for entry in element.all("contextEntry"):
        named = entry.first("variable")
        entries.append((None if named is None else variable(named), _inside(entry)))
    return boxed.Context(tuple(entries), element.get("typeRef"))


def _items(element: Element) -> boxed.Expression:
    items = tuple(_READERS[child.name](child) for child in element.children if child.name in _READERS)
    return boxed.Items(items, element.get("typeRef"))


def _relation(element: Element) -> boxed.Expression:
    columns = tuple(variable(each) for each in element.all("column"))
    rows = tuple(
        tuple(_READERS[child.name](child) for child in row.children if child.name in _READERS)
        for row in element.all("row")
    )
    return boxed.Relation(columns, rows, element.get("typeRef"))


def _invocation(element: Element) -> boxed.Expression:
    bindings = []
    for binding in element.all("binding"):
        parameter = binding.first("parameter")
        if parameter is not None:
            bindings.append((variable(parameter).name, _inside(binding)))
    return boxed.Invocation(_inside(element), tuple(bindings), element.get("typeRef"))


def _conditional(element: Element) -> boxed.Expression:
    condition, then, otherwise = (_within(element, name) for name in ("if", "then", "else"))
    return boxed.Conditional(condition, then, otherwise, element.get("typeRef"))


def _iteration(element: Element) -> boxed.Expression:
    domain, body = _within(element, "in"), _within(element, "return", "satisfies")
    name = element.get("iteratorVariable") or ""
    return boxed.Iteration(element.name, name, domain, body, element.get("typeRef"))


def _filter(element: Element) -> boxed.Expression:
    return boxed.Filter(_within(element, "in"), _within(element, "match"), element.get("typeRef"))


_READERS: dict[str, Callable[[Element], boxed.Expression]] = {
    "literalExpression": literal,
    "context": _context,
    "list": _items,
    "relation": _relation,
    "functionDefinition": read_definition,
    "invocation": _invocation,
    "conditional": _conditional,
    "for": _iteration,
    "some": _iteration,
    "every": _iteration,
    "filter": _filter,
    "decisionTable": read_table,
}
