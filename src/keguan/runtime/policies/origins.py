"""What became of the paper that a draft was made from, as it is kept beside the draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.runtime.policies.language_door import Brought

MOST_KEPT = 500
"""So many of the lines that were left out are kept to be read; a file of nothing else would swell the draft."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that was not taken over: its paragraph or line in the file, its words, and why, in one language."""

    place: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Origin:
    """A file that was brought in: what was found in it, what was left out (``dropped`` in all, the first of them in
    ``left_out``), and which articles have another number now (as they were, as they are).
    """

    file_name: str
    clauses: int
    tables: int
    dropped: int
    left_out: tuple[LeftOut, ...]
    renumbered: tuple[tuple[str, str], ...]


def kept(file_name: str, brought: Brought) -> dict[str, Any]:
    """What is kept of a file that was brought in."""
    return {
        "file": file_name,
        "clauses": brought.clauses,
        "tables": brought.tables,
        "dropped": len(brought.dropped),
        "left_out": [
            {"place": each.place, "text": each.text, "zh": each.zh, "en": each.en}
            for each in brought.dropped[:MOST_KEPT]
        ],
        "renumbered": [list(pair) for pair in brought.renumbered],
    }


def origin(data: Mapping[str, Any], language: str) -> Origin:
    """What was kept, for a reader of ``zh`` or ``en``."""
    return Origin(
        file_name=data["file"],
        clauses=data["clauses"],
        tables=data["tables"],
        dropped=data["dropped"],
        left_out=tuple(LeftOut(each["place"], each["text"], each[language]) for each in data["left_out"]),
        renumbered=tuple((before, after) for before, after in data["renumbered"]),
    )
