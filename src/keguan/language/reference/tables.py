"""Markdown tables of the reference pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table's lines. A bar inside a cell is escaped."""
    cells = ([each.replace("|", "\\|") for each in row] for row in rows)
    return [f"| {' | '.join(line)} |" for line in (headings, ["---"] * len(headings), *cells)]


def spellings(words: Mapping[str, object]) -> list[str]:
    """Words that mean the same, in one row: the Chinese ones, the English ones."""
    meanings: dict[object, list[str]] = {}
    for word, meaning in words.items():
        meanings.setdefault(meaning, []).append(word)
    rows = (
        ("、".join(word for word in same if not word.isascii()), ", ".join(word for word in same if word.isascii()))
        for same in meanings.values()
    )
    return table(("中文", "英文"), rows)
