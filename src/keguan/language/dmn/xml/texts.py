"""The small parts that every reader needs: a text, a literal expression, a variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.dmn.xml import boxed
from keguan.language.dmn.xml.fault import Fault

if TYPE_CHECKING:
    from keguan.language.dmn.xml.tree import Element

LONGEST = 20_000
"""Characters of one expression."""


def text(element: Element | None) -> boxed.Text | None:
    """What the element's ``text`` says, or None when it says nothing. Raises ``Fault`` when it is too long."""
    said = None if element is None else element.first("text")
    if said is None or not said.text.strip():
        return None
    if len(said.text) > LONGEST:
        raise Fault(
            f"第 {said.line} 行的表达式超过 {LONGEST} 个字符",
            f"line {said.line}: the expression has more than {LONGEST} characters",
        )
    return boxed.Text(said.text.strip(), said.line)


def literal(element: Element) -> boxed.Literal:
    """A literal expression; without a text it is null."""
    return boxed.Literal(text(element) or boxed.Text("null", element.line), element.get("typeRef"))


def variable(element: Element) -> boxed.Variable:
    """A variable, a formal parameter or a column."""
    return boxed.Variable(name_of(element), element.get("typeRef"))


def name_of(element: Element) -> str:
    """The element's name with single spaces, as FEEL reads names."""
    return " ".join((element.get("name") or "").split())
