"""One difference between two versions of a policy: where, what it was, what it is, and how far it reaches."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.language.model.model import ClauseRef, Label

WIDTH = 240
"""So many characters of a text are told in a sentence; the whole stands in ``before`` and ``after``."""


class What(StrEnum):
    """What happened to the place."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    RENUMBERED = "renumbered"  # a clause has another number
    MOVED = "moved"  # a block stands in another clause
    REORDERED = "reordered"  # the same rows in another order


class Reach(StrEnum):
    """How far a difference reaches, from furthest to least."""

    OUTCOME = "outcome"  # decisions, facts, parameters, scorecards, quotas: outcomes may change
    PRACTICE = "practice"  # roles, processes, duties and the like: what people do or may do changes
    STRUCTURE = "structure"  # records and forms: what is kept changes
    TEXT = "text"  # wording, numbering, labels: nothing that is carried out changes


_WORDS = {
    What.RENUMBERED: ("由{before}改为{after}", "now {after}, was {before}"),
    What.MOVED: ("由{before}移到{after}", "moved from {before} to {after}"),
    What.REORDERED: ("各行次序由{before}改为{after}", "rows now in the order {after}, was {before}"),
    What.CHANGED: ("由“{before}”改为“{after}”", "from “{before}” to “{after}”"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    ``kind`` is the block's kind, or ``clause``, ``prose`` or ``policy`` (the front matter; its ``clause`` then has no
    number). ``row`` names the row (its name, or its number where the order counts) and ``column`` the heading; both are
    empty where the whole block or clause is meant. ``before`` and ``after`` are as written, empty for nothing.
    """

    what: What
    reach: Reach
    clause: ClauseRef
    kind: str
    code: str
    label: Label
    row: str
    column: str
    before: str
    after: str

    def place(self, language: str = "zh") -> str:
        """Clause, block, row and column."""
        number = self.clause.number or self.clause.pack
        parts = (number, self.label.text(language), row_text(self.row, language), self.column)
        return " ".join(part for part in parts if part)

    def sentence(self, language: str = "zh") -> str:
        """The difference in words."""
        zh = language == "zh"
        before, after = _short(self.before), _short(self.after)
        match self.what:
            case What.ADDED:
                told = f"新增{f'“{after}”' if after else ''}" if zh else f"added {after}".rstrip()
            case What.REMOVED:
                told = f"删去{f'“{before}”' if before else ''}" if zh else f"removed {before}".rstrip()
            case _:
                told = _WORDS[self.what][0 if zh else 1].format(before=before, after=after)
        return f"{self.place(language)}：{told}" if zh else f"{self.place(language)}: {told}"

    def as_data(self) -> dict[str, object]:
        """The difference as JSON has it; ``docs/reference/difference.schema.json`` describes it."""
        return {
            "what": self.what.value,
            "reach": self.reach.value,
            "clause": {
                "pack": self.clause.pack,
                "anchor": self.clause.anchor,
                "number": self.clause.number,
                "title": self.clause.title,
            },
            "kind": self.kind,
            "code": self.code,
            "label": {"zh": self.label.zh, "en": self.label.en},
            "row": self.row,
            "column": self.column,
            "before": self.before,
            "after": self.after,
            "sentence": {"zh": self.sentence("zh"), "en": self.sentence("en")},
        }


def row_text(row: str, language: str) -> str:
    """The name of a row; a bare number is that of a row whose place counts."""
    if not row.isdecimal():
        return row
    return f"第{row}行" if language == "zh" else f"row {row}"


def _short(text: str) -> str:
    return text if len(text) <= WIDTH else f"{text[:WIDTH]}…"
