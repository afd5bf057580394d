"""Tokens to a tree: a Pratt parser for operators, names and calls. Lists, loops and functions are in ``constructs``,
cells of decision tables in ``cells``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import writing
from keguan.language.diagnostics.diagnostic import Diagnostic
from keguan.language.feel import nodes
from keguan.language.feel.lexer import SyntaxFault
from keguan.language.feel.tokens import WORDS, Kind, Scaled, Token
from keguan.language.feel.typed import Operator
from keguan.language.source import Span

if TYPE_CHECKING:
    from datetime import date

    from keguan.language.diagnostics.diagnostic import Entry

DEEPEST = 64
"""Levels of nesting beyond which an expression is refused (every later pass recurses over the tree)."""

VALUE = ("一个值", "a value")
OPERATOR = ("一个运算符或者结束", "an operator or the end")
NAME = ("一个字段名", "a field name")

_OR, _AND, _NOT, COMPARE, _ADD, _MULTIPLY, _POWER, _SIGN, _POSTFIX = range(1, 10)
_POWERS = {
    "or": _OR, "and": _AND, "in": COMPARE, "between": COMPARE,
    "=": COMPARE, "!=": COMPARE, "<": COMPARE, "<=": COMPARE, ">": COMPARE, ">=": COMPARE,
    "+": _ADD, "-": _ADD, "*": _MULTIPLY, "/": _MULTIPLY, "**": _POWER, ".": _POSTFIX, "[": _POSTFIX, "(": _POSTFIX,
}  # fmt: skip
COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
_APPLIED = nodes.PathNode | nodes.CallNode | nodes.ApplyNode | nodes.FilterNode | nodes.FunctionNode | nodes.IfNode
"""What a call may follow directly, besides a name."""


class Parser(ABC):
    """Reads one expression. ``constructs`` adds what stands in brackets of its own, ``cells`` the tests."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._in_range = False

    # --- what the subclasses read ---------------------------------------------------------------------------------

    @abstractmethod
    def _bracketed_value(self) -> nodes.Node:
        """A list or a range that begins with ``[`` or ``]``."""

    @abstractmethod
    def _parenthesised_value(self) -> nodes.Node:
        """An expression in brackets, or a range that begins with ``(``."""

    @abstractmethod
    def _context(self) -> nodes.Node:
        """``{…}``."""

    @abstractmethod
    def _worded(self, word: str) -> nodes.Node | None:
        """``for``, ``some``, ``every`` or ``function``, unless the word at hand is a name here."""

    @abstractmethod
    def _instance(self, value: nodes.Node) -> nodes.Node:
        """What stands behind ``instance``."""

    @abstractmethod
    def _membership(self) -> nodes.Test:
        """What stands behind ``in``: the tests of a cell."""

    # --- expressions ----------------------------------------------------------------------------------------------

    def whole_expression(self) -> nodes.Node:
        """The expression that is the whole text. Raises ``SyntaxFault``."""
        if self._peek().kind is Kind.END:
            raise self._fault(writing.EMPTY, self._peek().span)
        node = self.expression()
        self._finish()
        return node

    def expression(self, power: int = 0) -> nodes.Node:
        """An expression of operators that bind tighter than ``power``."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._fault(writing.TOO_DEEP, self._peek().span, limit=str(DEEPEST))
        node = self.rest(self._prefix(), power)
        self._depth -= 1
        return node

    def rest(self, left: nodes.Node, power: int) -> nodes.Node:
        """What follows ``left``, as long as its operators bind tighter than ``power``."""
        compared, steps = False, 0
        while True:
            token = self._peek()
            binding = self._binding(token)
            if binding <= power:
                return left
            steps += 1
            if steps > DEEPEST:
                raise self._fault(writing.TOO_DEEP, token.span, limit=str(DEEPEST))
            if binding == COMPARE and compared:
                found = f"a {token.text} b {token.text} c" if token.text in COMPARISONS else token.text
                raise self._fault(writing.UNSUPPORTED, token.span, found=found)
            if token.text == "(" and not isinstance(left, _APPLIED):
                return left
            compared = compared or binding == COMPARE
            left = self._infix(left, token, binding)

    def _binding(self, token: Token) -> int:
        if token.kind is Kind.NAME and WORDS.get(token.text) == "instance":
            return COMPARE
        if token.kind not in {Kind.SYMBOL, Kind.KEYWORD}:
            return 0
        if token.text == "[" and self._in_range:
            return 0
        return _POWERS.get(token.text, 0)

    def _infix(self, left: nodes.Node, token: Token, binding: int) -> nodes.Node:  # noqa: PLR0911 - one per operator
        if binding <= _AND:
            return self._logical(left, token, binding)
        self._next()
        if token.text == "in":
            test = self._membership()
            return nodes.InNode(left, test, join(left.span, test.span))
        if token.text == "between":
            return self._between(left)
        if token.text == ".":
            return self._path(left)
        if token.text == "[":
            return self._filter(left)
        if token.text == "(":
            arguments, names, end = self._arguments()
            return nodes.ApplyNode(left, arguments, join(left.span, end.span), names)
        if token.kind is Kind.NAME:
            return self._instance(left)
        right = self.expression(binding)
        return nodes.BinaryNode(Operator(token.text), left, right, join(left.span, right.span))

    def _logical(self, left: nodes.Node, token: Token, binding: int) -> nodes.Node:
        """A chain of one operator becomes a balanced tree, so that a long list of conditions is not a deep one."""
        chain = [left]
        while self._is(token.text):
            self._next()
            chain.append(self.expression(binding))
        return _balanced(Operator(token.text), chain)

    def _between(self, left: nodes.Node) -> nodes.Node:
        low = self.expression(COMPARE)
        self._expect("and", ("and", "and"))
        high = self.expression(COMPARE)
        test = nodes.RangeTest(low, True, high, True, join(low.span, high.span))
        return nodes.InNode(left, test, join(left.span, test.span))

    def _path(self, base: nodes.Node) -> nodes.Node:
        token = self._peek()
        if token.kind is not Kind.NAME:
            raise self._unexpected(NAME)
        self._next()
        return nodes.PathNode(base, token.text, token.span, join(base.span, token.span))

    def _filter(self, base: nodes.Node) -> nodes.Node:
        condition = self._free()
        end = self._expect("]", ("右方括号 ]", "a closing bracket ]"))
        return nodes.FilterNode(base, condition, join(base.span, end.span))

    def _prefix(self) -> nodes.Node:
        token = self._peek()
        if token.kind is Kind.KEYWORD:
            return self._keyword(token)
        if token.kind is Kind.NAME:
            word = WORDS.get(token.text)
            return (self._worded(word) if word is not None else None) or self._name(token)
        if token.kind is Kind.SYMBOL:
            return self._symbol(token)
        if token.kind is Kind.END:
            raise self._unexpected(VALUE)
        self._next()
        return _literal(token)

    def _keyword(self, token: Token) -> nodes.Node:
        if token.text not in {"true", "false", "null", "not", "if"}:
            raise self._unexpected(VALUE)
        self._next()
        if token.text == "null":
            return nodes.NullNode(token.span)
        if token.text == "not":
            return self._not(token)
        if token.text == "if":
            return self._if(token)
        return nodes.BooleanNode(token.text == "true", token.span)

    def _not(self, token: Token) -> nodes.Node:
        """``not(x)`` binds like a function, as FEEL has it; ``not x`` takes the comparison that follows."""
        operand = self._prefix() if self._is("(") else self.expression(_NOT)
        return nodes.NotNode(operand, join(token.span, operand.span))

    def _if(self, token: Token) -> nodes.Node:
        condition = self._free()
        self._expect("then", ("then（那么）", "then"))
        then = self._free()
        self._expect("else", ("else（否则）", "else"))
        otherwise = self.expression()
        return nodes.IfNode(condition, then, otherwise, join(token.span, otherwise.span))

    def _name(self, token: Token) -> nodes.Node:
        self._next()
        if not self._is("("):
            return nodes.NameNode(token.text, token.span)
        self._next()
        arguments, names, end = self._arguments()
        return nodes.CallNode(token.text, token.span, arguments, join(token.span, end.span), names)

    def _arguments(self) -> tuple[tuple[nodes.Node, ...], tuple[str, ...], Token]:
        """The arguments of a call up to its closing bracket, their names if they are given by name, and the bracket."""
        arguments: list[nodes.Node] = []
        names: list[str] = []
        while not self._is(")"):
            if self._peek().kind is Kind.NAME and self._ahead(1).text == ":" and len(names) == len(arguments):
                names.append(self._next().text)
                self._next()
            elif names:
                raise self._unexpected(("参数名和冒号", "the argument's name and a colon"))
            arguments.append(self._free())
            if not self._is(","):
                break
            self._next()
        end = self._expect(")", ("右括号 )", "a closing bracket )"))
        return tuple(arguments), tuple(names), end

    def _symbol(self, token: Token) -> nodes.Node:
        if token.text == "(":
            return self._parenthesised_value()
        if token.text == "[" or (token.text == "]" and self._opens_range()):
            return self._bracketed_value()
        if token.text == "{":
            return self._context()
        if token.text == "-":
            self._next()
            value = self.expression(_SIGN)
            return nodes.NegateNode(value, join(token.span, value.span))
        if token.text == "?":
            self._next()
            return nodes.InputNode(token.span)
        raise self._unexpected(VALUE)

    def _opens_range(self) -> bool:
        """Whether the ``]`` at hand begins a range rather than closing something that was left unfinished."""
        before = self._tokens[self._at - 1]
        return self._at == 0 or (before.text not in {",", "["} and self._ahead(1).kind is not Kind.END)

    def _free(self) -> nodes.Node:
        """An expression between brackets or words of its own, where ``[`` is a filter again."""
        before, self._in_range = self._in_range, False
        node = self.expression()
        self._in_range = before
        return node

    # --- tokens --------------------------------------------------------------------------------------------------

    def _peek(self) -> Token:
        return self._tokens[self._at]

    def _ahead(self, count: int) -> Token:
        return self._tokens[min(self._at + count, len(self._tokens) - 1)]

    def _next(self) -> Token:
        token = self._tokens[self._at]
        if token.kind is not Kind.END:
            self._at += 1
        return token

    def _is(self, text: str) -> bool:
        token = self._peek()
        return token.kind in {Kind.SYMBOL, Kind.KEYWORD} and token.text == text

    def _is_word(self, word: str) -> bool:
        token = self._peek()
        return token.kind is Kind.NAME and WORDS.get(token.text) == word

    def _expect(self, text: str, expected: tuple[str, str]) -> Token:
        if not self._is(text):
            raise self._unexpected(expected)
        return self._next()

    def _finish(self) -> None:
        if self._peek().kind is not Kind.END:
            raise self._unexpected(OPERATOR)

    def _unexpected(self, expected: tuple[str, str]) -> SyntaxFault:
        token = self._peek()
        zh, en = expected
        if token.kind is Kind.END:
            return self._fault(writing.UNEXPECTED_END, token.span, expected_zh=zh, expected_en=en)
        return self._fault(writing.UNEXPECTED, token.span, found=token.written, expected_zh=zh, expected_en=en)

    @staticmethod
    def _fault(entry: Entry, span: Span, **values: str) -> SyntaxFault:
        return SyntaxFault(Diagnostic(entry, span, values))


def _literal(token: Token) -> nodes.Node:
    value: Scaled | str | date | None = token.value
    if isinstance(value, Scaled):
        return nodes.NumberNode(value, token.text, token.span)
    if isinstance(value, str):
        return nodes.AtNode(value, token.span) if token.kind is Kind.AT else nodes.TextNode(value, token.span)
    if value is None:  # only names, keywords, symbols and the end carry no value
        raise TypeError(token)
    return nodes.DateNode(value, token.span)


def _balanced(operator: Operator, chain: list[nodes.Node]) -> nodes.Node:
    if len(chain) == 1:
        return chain[0]
    middle = len(chain) // 2
    left, right = _balanced(operator, chain[:middle]), _balanced(operator, chain[middle:])
    return nodes.BinaryNode(operator, left, right, join(left.span, right.span))


def join(start: Span, end: Span) -> Span:
    """The stretch from the start of one span to the end of another."""
    return Span(start.file, start.line, start.column, end.end_line, end.end_column)
