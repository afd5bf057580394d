"""The cells of a decision table, and what follows ``in``: lists of tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import writing
from keguan.language.diagnostics.diagnostic import Diagnostic
from keguan.language.feel import characters, nodes
from keguan.language.feel.constructs import ConstructParser
from keguan.language.feel.lexer import SyntaxFault, tokens
from keguan.language.feel.parser import COMPARE, COMPARISONS, DEEPEST, join
from keguan.language.feel.tokens import Kind
from keguan.language.feel.typed import Operator

if TYPE_CHECKING:
    from keguan.language.source import Span


class CellParser(ConstructParser):
    """Reads tests as well as expressions."""

    def whole_cell(self) -> tuple[nodes.Test, ...]:
        """The tests that are the whole cell. Raises ``SyntaxFault``."""
        if self._peek().kind is Kind.END:
            raise self._fault(writing.EMPTY, self._peek().span)
        found = self._tests()
        self._finish()
        return found

    def _tests(self) -> tuple[nodes.Test, ...]:
        found = [self._test()]
        while self._is(","):
            self._next()
            found.append(self._test())
        return tuple(found)

    def _test(self, power: int = 0) -> nodes.Test:
        """One test; a value in it has operators that bind tighter than ``power``."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._fault(writing.TOO_DEEP, self._peek().span, limit=str(DEEPEST))
        test = self._one(power)
        self._depth -= 1
        return test

    def _one(self, power: int) -> nodes.Test:
        token = self._peek()
        if token.kind is Kind.SYMBOL and token.text in COMPARISONS:
            self._next()
            value = self.expression(COMPARE)
            return nodes.CompareTest(Operator(token.text), value, join(token.span, value.span))
        if self._is("not") and self._tokens[self._at + 1].text == "(":
            return self._none_of()
        if self._is("[") or self._is("]"):
            return self._continued(self._bracketed(), power)
        if self._is("("):
            return self._parenthesised(power)
        value = self.expression(power)
        return nodes.EqualTest(value, value.span)

    def _none_of(self) -> nodes.Test:
        start = self._next()
        self._next()
        found = self._tests()
        end = self._expect(")", ("右括号 )", "a closing bracket )"))
        return nodes.NotTest(found, join(start.span, end.span))

    def _bracketed(self) -> nodes.Test:
        """``[a..b]``, ``]a..b[`` or a list ``[a, b]``."""
        start = self._next()
        if start.text == "]":
            low = self._bound()
            if not self._is(".."):
                raise self._unexpected(("两点 ..", "two dots .."))
            return self._range(start.span, low, closed=False)
        if self._is("]"):
            return nodes.AnyTest((), join(start.span, self._next().span))
        first = self._test()
        if self._is("..") and isinstance(first, nodes.EqualTest):
            return self._range(start.span, first.value, closed=True)
        return self._list(start.span, first, "]", ("右方括号 ]", "a closing bracket ]"))

    def _continued(self, test: nodes.Test, power: int) -> nodes.Test:
        """``[…]`` may be the start of an expression: ``[1, 2, 3][1]``."""
        if self._binding(self._peek()) <= power or not isinstance(test, nodes.AnyTest):
            return test
        items = tuple(each.value for each in test.tests if isinstance(each, nodes.EqualTest))
        if len(items) != len(test.tests):
            return test
        value = self.rest(nodes.ListNode(items, test.span), power)
        return nodes.EqualTest(value, value.span)

    def _list(self, start: Span, first: nodes.Test, closing: str, expected: tuple[str, str]) -> nodes.Test:
        found = [first]
        while self._is(","):
            self._next()
            found.append(self._test())
        end = self._expect(closing, expected)
        return nodes.AnyTest(tuple(found), join(start, end.span))

    def _parenthesised(self, power: int) -> nodes.Test:
        """``(a..b)``, a list ``(a, b)``, or an expression that merely starts with a bracket."""
        start = self._next()
        first = self._test()
        if self._is("..") and isinstance(first, nodes.EqualTest):
            return self._range(start.span, first.value, closed=False)
        if self._is(",") or not isinstance(first, nodes.EqualTest):
            return self._list(start.span, first, ")", ("右括号 )", "a closing bracket )"))
        inner = self._grouped(first.value)
        self._expect(")", ("右括号 )", "a closing bracket )"))
        value = self.rest(inner, power)
        return nodes.EqualTest(value, value.span)

    def _grouped(self, left: nodes.Node) -> nodes.Node:
        before, self._in_range = self._in_range, False
        node = self.rest(left, 0)
        self._in_range = before
        return node

    def _range(self, start: Span, low: nodes.Node, *, closed: bool) -> nodes.Test:
        self._next()
        high, end = self._upper()
        return nodes.RangeTest(low, closed, high, end.text == "]", join(start, end.span))

    def _membership(self) -> nodes.Test:
        return self._test(COMPARE)


def parse_expression(
    text: str, span: Span, names: frozenset[str] = frozenset()
) -> tuple[nodes.Node | None, list[Diagnostic]]:
    """The tree of an expression, or None and what is wrong with it. ``span`` is where ``text`` stands; ``names`` are
    the names in reach that hold spaces or operator characters (others may be among them).
    """
    try:
        node = CellParser(tokens(text, span, names)).whole_expression()
        _limit(node, span)
    except SyntaxFault as fault:
        return None, [fault.diagnostic]
    return node, []


def parse_unary_tests(
    text: str, span: Span, names: frozenset[str] = frozenset()
) -> tuple[nodes.UnaryTests | None, list[Diagnostic]]:
    """The tests in a cell, or None and what is wrong with them. A lone dash is the test that everything passes.

    ``names`` as for ``parse_expression``.
    """
    if characters.plain(text).strip() in {"-", "--"}:
        return nodes.UnaryTests(True, (), span), []
    try:
        tests = nodes.UnaryTests(False, CellParser(tokens(text, span, names)).whole_cell(), span)
        _limit(tests, span)
    except SyntaxFault as fault:
        return None, [fault.diagnostic]
    return tests, []


def _limit(node: nodes.Node | nodes.UnaryTests, span: Span) -> None:
    if nodes.depth(node) > DEEPEST:
        raise SyntaxFault(Diagnostic(writing.TOO_DEEP, span, {"limit": str(DEEPEST)}))
