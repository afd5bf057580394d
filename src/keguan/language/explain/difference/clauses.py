"""Which clause of an old version is which clause of the new one, however they are numbered now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from keguan.language.model.model import Clause

_BY_NUMBER = re.compile(r"clause-\d+")
"""The anchor of a clause to which its author gave none: it moves when a clause is put in before it."""


def counterparts(old: Sequence[Clause], new: Sequence[Clause]) -> dict[str, Clause]:
    """The old clause of each new one that has one, by the new one's anchor.

    Told, in this order, by the anchor that the author gave, by the same prose, by a block that stands in both, by the
    same title, by the same number; each old clause at most once.
    """
    found: dict[str, Clause] = {}
    for marks in (_given_anchor, _prose, _blocks, _title, _anchor):
        _pair(old, new, marks, found)
    return found


def prose_of(clause: Clause) -> str:
    """The clause's own text, without its blocks."""
    return "\n\n".join(part.prose for part in clause.parts if part.control is None)


def _pair(
    old: Iterable[Clause], new: Iterable[Clause], marks: Callable[[Clause], list[str]], found: dict[str, Clause]
) -> None:
    taken = {clause.ref.anchor for clause in found.values()}
    waiting: dict[str, Clause] = {}
    for clause in old:
        if clause.ref.anchor not in taken:
            for mark in marks(clause):
                waiting.setdefault(mark, clause)
    for clause in new:
        if clause.ref.anchor in found:
            continue
        candidates = (waiting[mark] for mark in marks(clause) if mark in waiting)
        match = next((each for each in candidates if each.ref.anchor not in taken), None)
        if match is not None:
            found[clause.ref.anchor] = match
            taken.add(match.ref.anchor)


def _given_anchor(clause: Clause) -> list[str]:
    return [] if _BY_NUMBER.fullmatch(clause.ref.anchor) else [clause.ref.anchor]


def _blocks(clause: Clause) -> list[str]:
    return [f"{part.control.kind} {part.control.code}" for part in clause.parts if part.control is not None]


def _prose(clause: Clause) -> list[str]:
    text = prose_of(clause).strip()
    return [text] if text else []


def _title(clause: Clause) -> list[str]:
    return [clause.ref.title] if clause.ref.title else []


def _anchor(clause: Clause) -> list[str]:
    return [clause.ref.anchor]
