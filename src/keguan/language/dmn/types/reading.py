"""Types as text: ``list<number>``, ``context<a: string>``, ``function<number> -> string``, a name."""

from __future__ import annotations

import re
from collections.abc import Callable

from keguan.language.dmn.types.types import NAMES, ContextOf, FunctionOf, ListOf, RangeOf, Type

Lookup = Callable[[str], Type | None]
"""The item definition of that name, or None."""

_TOKEN = re.compile(r"\s*(->|[<>:,]|[^<>:,\s](?:(?!->)[^<>:,])*)")
_DEEPEST = 64


def read_type(text: str, named: Lookup) -> Type | None:
    """The type that ``text`` writes, its other names looked up by ``named``; None when it writes none."""
    words = [match.strip() for match in _TOKEN.findall(text)]
    try:
        reader = _Reader(words, named)
        found = reader.type(0)
    except (LookupError, ValueError):
        return None
    return found if reader.at == len(words) else None


class _Reader:
    def __init__(self, words: list[str], named: Lookup) -> None:
        self._words = words
        self._named = named
        self.at = 0

    def type(self, depth: int) -> Type:
        """The type that starts here. Raises ``LookupError`` or ``ValueError`` when there is none."""
        if depth > _DEEPEST:
            raise ValueError(depth)
        name = self._next()
        if not self._is("<"):
            return self._plain(name)
        self._next()
        if name == "context":
            entries = self._entries(depth)
            return ContextOf(entries)
        types = self._types(depth)
        if name == "function":
            self._expect("->")
            return FunctionOf(types, self.type(depth + 1))
        (inner,) = types
        if name not in {"list", "range"}:
            raise LookupError(name)
        return ListOf(inner) if name == "list" else RangeOf(inner)

    def _plain(self, name: str) -> Type:
        # a model may give its own name to a type that FEEL has too, but not its own meaning
        found = NAMES.get(name.lower()) or self._named(name)
        if found is None:
            raise LookupError(name)
        return found

    def _types(self, depth: int) -> tuple[Type, ...]:
        found: list[Type] = []
        while not self._is(">"):
            found.append(self.type(depth + 1))
            if not self._is(">"):
                self._expect(",")
        self._next()
        return tuple(found)

    def _entries(self, depth: int) -> tuple[tuple[str, Type], ...]:
        found: list[tuple[str, Type]] = []
        while not self._is(">"):
            name = self._next()
            self._expect(":")
            found.append((name, self.type(depth + 1)))
            if not self._is(">"):
                self._expect(",")
        self._next()
        return tuple(found)

    def _is(self, word: str) -> bool:
        return self.at < len(self._words) and self._words[self.at] == word

    def _next(self) -> str:
        word = self._words[self.at]
        self.at += 1
        return word

    def _expect(self, word: str) -> None:
        if self._next() != word:
            raise ValueError(word)
