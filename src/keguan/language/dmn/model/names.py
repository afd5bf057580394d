"""The names that a text may mean, found by the first word of each, so that a model of many names stays quick."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"\w+|[^\w\s]")


class Names:
    """Names, to be asked which of them a text may contain."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_word: dict[str, list[str]] = {}
        for name in names:
            word = _WORD.match(name)
            if word is not None and word.group() != name:  # a plain word needs no help to be read
                self._by_word.setdefault(word.group(), []).append(name)

    def within(self, text: str) -> frozenset[str]:
        """The names whose first word stands in the text."""
        words = {word for word in _WORD.findall(text) if word in self._by_word}
        return frozenset(name for word in words for name in self._by_word[word])
