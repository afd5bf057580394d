"""What changed between two versions of a set of packs, clause by clause and cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

from keguan.language.markdown.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from keguan.language.model.model import Clause, ClauseRef, Label, Model, Part, Policy


class What(StrEnum):
    """What happened to the place."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    ``kind`` is the block's kind, or ``clause`` or ``prose``; ``row`` names the row (its name, or its number in a
    decision table) and ``column`` the heading; both are empty where the whole block or clause is meant.
    """

    what: What
    clause: ClauseRef
    kind: str
    code: str
    label: str
    row: str
    column: str
    before: str
    after: str

    def sentence(self, language: str = "zh") -> str:
        """The difference in words."""
        zh = language == "zh"
        place = " ".join(part for part in (self.clause.number, self.label, self.row, self.column) if part)
        match self.what:
            case What.ADDED:
                return (
                    f"{place}：新增{f'“{self.after}”' if self.after else ''}" if zh else f"{place}: added {self.after}"
                )
            case What.REMOVED:
                gone = f"“{self.before}”" if self.before else ""
                return f"{place}：删去{gone}" if zh else f"{place}: removed {self.before}"
            case _:
                if zh:
                    return f"{place}：由“{self.before}”改为“{self.after}”"
                return f"{place}: from “{self.before}” to “{self.after}”"


def changes(old: Model | None, new: Model) -> tuple[Change, ...]:
    """Every difference, in the reading order of the new version; what is gone stands at the end of its policy."""
    found: list[Change] = []
    policies = old.policies if old is not None else {}
    for id_, policy in new.policies.items():
        found.extend(_policy(policies.get(id_), policy))
    for id_, policy in policies.items():
        if id_ not in new.policies:
            found.extend(_clause_change(What.REMOVED, clause) for clause in policy.clauses)
    return tuple(found)


def _policy(old: Policy | None, new: Policy) -> Iterator[Change]:
    before = {clause.ref.anchor: clause for clause in old.clauses} if old else {}
    blocks = {key: part for clause in before.values() for key, part in _blocks(clause).items()}
    kept = {key for clause in new.clauses for key in _blocks(clause)}
    for clause in new.clauses:
        if clause.ref.anchor not in before:
            yield _clause_change(What.ADDED, clause)
        else:
            yield from _prose(before[clause.ref.anchor], clause)
        for key, part in _blocks(clause).items():
            yield from _block(blocks.get(key), part, clause.ref)
    anchors = {clause.ref.anchor for clause in new.clauses}
    for anchor, clause in before.items():
        for key, part in _blocks(clause).items():
            if key not in kept and part.control is not None:
                kind, code = key
                yield _change(What.REMOVED, clause.ref, kind, code, part.control.label)
        if anchor not in anchors:
            yield _clause_change(What.REMOVED, clause)


def _blocks(clause: Clause) -> dict[tuple[str, str], Part]:
    return {(part.control.kind, part.control.code): part for part in clause.parts if part.control is not None}


def _change(what: What, clause: ClauseRef, kind: str, code: str, label: Label) -> Change:
    return Change(what, clause, kind, code, label.zh, "", "", "", "")


def _clause_change(what: What, clause: Clause) -> Change:
    return Change(what, clause.ref, "clause", clause.ref.anchor, clause.ref.title, "", "", "", "")


def _prose(old: Clause, new: Clause) -> Iterator[Change]:
    texts = ["\n\n".join(part.prose for part in clause.parts if part.control is None) for clause in (old, new)]
    if texts[0] != texts[1]:
        yield Change(What.CHANGED, new.ref, "prose", new.ref.anchor, "", "", "", texts[0], texts[1])
    names = [f"{clause.ref.number} {clause.ref.title}".strip() for clause in (old, new)]
    if names[0] != names[1]:
        yield Change(What.CHANGED, new.ref, "clause", new.ref.anchor, "", "", "", names[0], names[1])


def _block(old: Part | None, new: Part, clause: ClauseRef) -> Iterator[Change]:
    control = new.control
    if control is None:
        return
    if old is None:
        yield _change(What.ADDED, clause, control.kind, control.code, control.label)
        return

    def cell(what: What, row: str, column: str, before: str, after: str) -> Change:
        return Change(what, clause, control.kind, control.code, control.label.zh, row, column, before, after)

    headers = [dict(part.headers) for part in (old, new)]
    for key in dict.fromkeys([*headers[0], *headers[1]]):
        before, after = headers[0].get(key, ""), headers[1].get(key, "")
        if before != after:
            yield cell(What.CHANGED, "", key, before, after)
    tables = [_rows(part) for part in (old, new)]
    for first, second in _pairs(tables[0], tables[1], by_number=control.kind == "decision"):
        yield from _row(first, second, cell)


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: dict[str, str]

    @property
    def name(self) -> str:
        return next(iter(self.cells.values()), "")

    @property
    def key(self) -> tuple[str, ...]:
        """What makes a row the same row in both versions: its code (and since when), else its first cell."""
        named = [self.cells.get(zh) or self.cells.get(en) for zh, en in (("代码", "code"), ("起", "since"))]
        return tuple(each for each in named if each) or (self.name,)


_Named = tuple[str, _Row] | None
"""A row and the name it is spoken of by."""


def _rows(part: Part) -> list[_Row]:
    if not part.prose:
        return []
    table = read_table("", part.prose.split("\n"), 1)
    headings = [cell.text for cell in table.headings.cells]
    return [
        _Row(number, dict(zip(headings, (cell.text for cell in row.cells), strict=False)))
        for number, row in enumerate(table.rows, 1)
    ]


def _pairs(old: Sequence[_Row], new: Sequence[_Row], *, by_number: bool) -> Iterator[tuple[_Named, _Named]]:
    """Rows that belong together, each with the name it is spoken of by; None where there is no counterpart."""
    if by_number:
        yield from _aligned(old, new)
        return
    before = {row.key: row for row in old}
    after = {row.key: row for row in new}
    for key, row in after.items():
        yield (before[key].name, before[key]) if key in before else None, (row.name, row)
    for key, row in before.items():
        if key not in after:
            yield (row.name, row), None


def _aligned(old: Sequence[_Row], new: Sequence[_Row]) -> Iterator[tuple[_Named, _Named]]:
    """Rows of a decision table: equal ones found by comparing, the rest paired in order."""
    texts = [[tuple(row.cells.values()) for row in rows] for rows in (old, new)]
    for tag, start, end, to_start, to_end in SequenceMatcher(None, texts[0], texts[1], autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        paired = min(end - start, to_end - to_start)
        for offset in range(paired):
            first, second = old[start + offset], new[to_start + offset]
            yield (f"第{first.number}行", first), (f"第{second.number}行", second)
        for row in old[start + paired : end]:
            yield (f"第{row.number}行", row), None
        for row in new[to_start + paired : to_end]:
            yield None, (f"第{row.number}行", row)


def _row(first: _Named, second: _Named, cell: Callable[[What, str, str, str, str], Change]) -> Iterator[Change]:
    if second is None:
        if first is not None:
            yield cell(What.REMOVED, first[0], "", _joined(first[1]), "")
        return
    name, row = second
    if first is None:
        yield cell(What.ADDED, name, "", "", _joined(row))
        return
    before = first[1].cells
    for column in dict.fromkeys([*before, *row.cells]):
        was, is_ = before.get(column, ""), row.cells.get(column, "")
        if was != is_:
            yield cell(What.CHANGED, name, column, was, is_)


def _joined(row: _Row) -> str:
    return " | ".join(row.cells.values())
