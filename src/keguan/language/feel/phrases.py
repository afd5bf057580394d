"""Names of several words: FEEL's own, those in reach, and those an expression introduces itself."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from keguan.language.feel import characters
from keguan.language.feel.tokens import PHRASES, WORDS, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.feel.tokens import Token

_PROPERTIES = ("start included", "end included", "time offset")
_JOINTS = frozenset({"+", "-", "*", "/", "."})


class Phrases:
    """The names that hold spaces or operator characters, ready to be found at a place of a text."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = {_key(name): name for name in names if not _is_plain(name)}
        calls = [f"{_pattern(phrase)}(?=\\s*\\()" for phrase in sorted(PHRASES, key=len, reverse=True)]
        others = [_pattern(name) for name in sorted({*self._names, *_PROPERTIES}, key=len, reverse=True)]
        self._pattern = re.compile("|".join([*others, *calls]))

    def match(self, text: str, at: int) -> tuple[str, int] | None:
        """The longest of the names that stands at ``at`` in plain ``text``, and where it ends."""
        found = self._pattern.match(text, at)
        if found is None:
            return None
        key = _key(found.group())
        return self._names.get(key, key), found.end()


@lru_cache(maxsize=256)
def phrases(names: frozenset[str]) -> Phrases:
    """The names of several words among ``names`` and FEEL's own."""
    return Phrases(names)


def introduced(tokens: Sequence[Token], text: str) -> frozenset[str]:
    """The names of several words that an expression gives to iteration variables, parameters, arguments and entries.

    ``tokens`` were read from ``text`` without knowing them.
    """
    found: set[str] = set()
    for at, token in enumerate(tokens):
        if _opens(tokens, at) and not _begins_loop(tokens, at + 1):
            end = _run(tokens, at + 1)
            if end > at + 2 and _closes(tokens, at, end):
                found.add(_key(characters.plain(text[tokens[at + 1].start : tokens[end - 1].end])))
        elif token.kind is Kind.END:
            break
    return frozenset(name for name in found if not _is_plain(name))


def _opens(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    return token.text in {"(", "{", ",", "["} if token.kind is Kind.SYMBOL else _word(token) in {"for", "some", "every"}


def _begins_loop(tokens: Sequence[Token], at: int) -> bool:
    """Whether ``for c in`` begins at ``at``; its name is found from the word ``for``."""
    return _word(tokens[at]) in {"for", "some", "every"} and tokens[at + 1].kind is Kind.NAME


def _closes(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether what stands from after ``at`` to before ``end`` must be one name."""
    closing = tokens[end]
    adjacent = any(
        first.kind is Kind.NAME and second.kind is Kind.NAME
        for first, second in zip(tokens[at + 1 : end], tokens[at + 2 : end], strict=False)
    )
    if closing.kind is Kind.KEYWORD:
        return closing.text == "in" and (tokens[at].kind is Kind.NAME or adjacent)
    if closing.text == ":":
        return True
    return closing.text in {",", ")"} and adjacent and _in_parameters(tokens, at)


def _in_parameters(tokens: Sequence[Token], at: int) -> bool:
    """Whether the bracket that ``at`` stands in, or is, belongs to ``function(…)``."""
    while at >= 0 and tokens[at].text not in {"(", ")"}:
        at -= 1
    return at >= 1 and tokens[at].text == "(" and _word(tokens[at - 1]) == "function"


def _run(tokens: Sequence[Token], start: int) -> int:
    """Where the words and joints that begin with a word at ``start`` end."""
    if tokens[start].kind is not Kind.NAME:
        return start
    end = start + 1
    while tokens[end].kind in {Kind.NAME, Kind.NUMBER} or (
        tokens[end].kind is Kind.SYMBOL and tokens[end].text in _JOINTS
    ):
        end += 1
    return end


def _word(token: Token) -> str | None:
    return WORDS.get(token.text) if token.kind is Kind.NAME else None


def _is_plain(name: str) -> bool:
    return all(characters.is_name_part(character) for character in name)


def _key(name: str) -> str:
    return " ".join(characters.plain(name).split())


def _pattern(name: str) -> str:
    """The name with any white space between its words, and not going on into another word."""
    body = r"\s+".join(re.escape(word) for word in name.split())
    return body + (r"(?!\w)" if characters.is_name_part(name[-1]) else "")
