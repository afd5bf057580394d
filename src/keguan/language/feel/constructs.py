"""Lists, ranges, contexts, loops and functions of FEEL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import writing
from keguan.language.feel import nodes
from keguan.language.feel.parser import COMPARE, COMPARISONS, DEEPEST, NAME, Parser, join
from keguan.language.feel.tokens import TYPE_PHRASES, WORDS, Kind, Token

if TYPE_CHECKING:
    from keguan.language.source import Span

_CLOSING = ("右方括号 ]", "a closing bracket ]")
_ROUND = ("右括号 )", "a closing bracket )")
_TYPE = ("一个类型名", "the name of a type")
_IN = ("in（属于）", "in")
_COLON = ("冒号 :", "a colon :")


class ConstructParser(Parser):
    """Reads what stands in brackets or begins with a word of its own."""

    # --- lists and ranges -----------------------------------------------------------------------------------------

    def _bracketed_value(self) -> nodes.Node:
        start = self._next()
        if start.text == "]":
            low = self._bound()
            return self._range_value(start.span, low, closed=False)
        items: list[nodes.Node] = []
        if not self._is("]"):
            items.append(self._free())
            if self._is(".."):
                return self._range_value(start.span, items[0], closed=True)
        while self._is(","):
            self._next()
            items.append(self._free())
        end = self._expect("]", _CLOSING)
        return nodes.ListNode(tuple(items), join(start.span, end.span))

    def _parenthesised_value(self) -> nodes.Node:
        start = self._next()
        if self._peek().kind is Kind.SYMBOL and self._peek().text in COMPARISONS:
            return self._half_open(start.span)
        node = self._free()
        if self._is(".."):
            return self._range_value(start.span, node, closed=False)
        self._expect(")", _ROUND)
        return node

    def _half_open(self, start: Span) -> nodes.Node:
        """``(< 5)`` and its like; ``(= 5)`` is ``[5..5]``."""
        operator = self._next()
        if operator.text == "!=":
            raise self._fault(writing.UNSUPPORTED, operator.span, found="(!= …)")
        value = self.expression(COMPARE)
        span = join(start, self._expect(")", _ROUND).span)
        closed = operator.text.endswith("=")
        low = value if operator.text[0] in ">=" else None
        high = value if operator.text[0] in "<=" else None
        return nodes.RangeNode(low, closed and low is not None, high, closed and high is not None, span)

    def _range_value(self, start: Span, low: nodes.Node, *, closed: bool) -> nodes.Node:
        self._expect("..", ("两点 ..", "two dots .."))
        high, end = self._upper()
        return nodes.RangeNode(low, closed, high, end.text == "]", join(start, end.span))

    def _upper(self) -> tuple[nodes.Node, Token]:
        """The upper end of a range and the bracket that closes it."""
        high = self._bound()
        if not (self._is("]") or self._is(")") or self._is("[")):
            raise self._unexpected(("] 或 )", "] or )"))
        return high, self._next()

    def _bound(self) -> nodes.Node:
        """An endpoint of a range, where ``[`` closes the range rather than filters."""
        before, self._in_range = self._in_range, True
        node = self.expression(COMPARE)
        self._in_range = before
        return node

    # --- contexts -------------------------------------------------------------------------------------------------

    def _context(self) -> nodes.Node:
        start = self._next()
        entries: list[nodes.Node] = []
        while not self._is("}"):
            entries.append(self._entry())
            if not self._is(","):
                break
            self._next()
        end = self._expect("}", ("右花括号 }", "a closing brace }"))
        found = tuple(entry for entry in entries if isinstance(entry, nodes.EntryNode))
        return nodes.ContextNode(found, join(start.span, end.span))

    def _entry(self) -> nodes.EntryNode:
        key = self._peek()
        if key.kind not in {Kind.NAME, Kind.TEXT}:
            raise self._unexpected(("一个名称", "a name"))
        self._next()
        self._expect(":", _COLON)
        value = self._free()
        name = str(key.value) if key.kind is Kind.TEXT else key.text
        return nodes.EntryNode(name, key.span, value, join(key.span, value.span))

    # --- loops and functions --------------------------------------------------------------------------------------

    def _worded(self, word: str) -> nodes.Node | None:
        following = self._ahead(1)
        if word == "function" and following.text == "(" and following.kind is Kind.SYMBOL:
            return self._function()
        if word not in {"for", "some", "every"} or following.kind is not Kind.NAME:
            return None
        start = self._next()
        iterations = [self._iteration()]
        while self._is(","):
            self._next()
            iterations.append(self._iteration())
        ending = "return" if word == "for" else "satisfies"
        if not self._is_word(ending):
            chinese = next(spelling for spelling, meant in WORDS.items() if meant == ending and not spelling.isascii())
            raise self._unexpected((f"{ending}（{chinese}）", ending))
        self._next()
        body = self._free()
        span = join(start.span, body.span)
        if word == "for":
            return nodes.ForNode(tuple(iterations), body, span)
        return nodes.QuantifiedNode(word == "every", tuple(iterations), body, span)

    def _iteration(self) -> nodes.IterationNode:
        name = self._peek()
        if name.kind is not Kind.NAME:
            raise self._unexpected(NAME)
        self._next()
        self._expect("in", _IN)
        domain = self._free()
        until = None
        if self._is(".."):
            self._next()
            until = self._free()
        end = (until or domain).span
        return nodes.IterationNode(name.text, name.span, domain, until, join(name.span, end))

    def _function(self) -> nodes.Node:
        start = self._next()
        self._next()
        names: list[str] = []
        types: list[str | None] = []
        while not self._is(")"):
            if self._peek().kind is not Kind.NAME:
                raise self._unexpected(("一个参数名", "a parameter's name"))
            names.append(self._next().text)
            types.append(None)
            if self._is(":"):
                self._next()
                types[-1] = self._type()[0]
            if not self._is(","):
                break
            self._next()
        self._expect(")", _ROUND)
        external = self._is_word("external")
        if external:
            self._next()
        body = self._free()
        return nodes.FunctionNode(tuple(names), tuple(types), body, external, join(start.span, body.span))

    # --- types ----------------------------------------------------------------------------------------------------

    def _instance(self, value: nodes.Node) -> nodes.Node:
        word = self._tokens[self._at - 1]
        if word.text.isascii():
            if self._peek().text != "of":
                raise self._unexpected(("of", "of"))
            self._next()
        written, end = self._type()
        return nodes.InstanceNode(value, written, join(value.span, end))

    def _type(self) -> tuple[str, Span]:
        """A type as written, its words one space apart: ``list<number>``, ``days and time duration``."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._fault(writing.TOO_DEEP, self._peek().span, limit=str(DEEPEST))
        written, end = self._type_name()
        if self._is("<"):
            parts, end = self._type_arguments()
            written += f"<{parts}>"
        if self._is("->"):
            self._next()
            result, end = self._type()
            written += f" -> {result}"
        self._depth -= 1
        return written, end

    def _type_name(self) -> tuple[str, Span]:
        words = next((phrase for phrase in TYPE_PHRASES if self._follows(phrase)), None)
        if words is None:
            token = self._peek()
            if token.kind is not Kind.NAME and token.text != "null":
                raise self._unexpected(_TYPE)
            words = (token.text,)
        for _ in words:
            end = self._next().span
        written = " ".join(words)
        while self._is(".") and self._ahead(1).kind is Kind.NAME:
            self._next()
            written += f".{self._peek().text}"
            end = self._next().span
        return written, end

    def _follows(self, words: tuple[str, ...]) -> bool:
        return all(self._ahead(offset).text == word for offset, word in enumerate(words))

    def _type_arguments(self) -> tuple[str, Span]:
        self._next()
        parts: list[str] = []
        while not self._is(">"):
            label = ""
            if self._ahead(1).text == ":":
                label = f"{self._next().text}: "
                self._next()
            parts.append(label + self._type()[0])
            if not self._is(","):
                break
            self._next()
        end = self._expect(">", ("右尖括号 >", "a closing >"))
        return ", ".join(parts), end.span
