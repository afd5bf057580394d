"""What changed in a block as it is written: its lines above the table, its columns, its rows, its cells.

Nothing here knows a kind of block by name: a kind declares its columns, and a row is known by its code, else by its
first cell, else by its place. So a new kind is compared from its first day.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from keguan.language.blocks import KINDS
from keguan.language.explain.difference import What
from keguan.language.markdown.tables import is_row, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from keguan.language.model.model import Part

_CODE, _SINCE = "代码", "起"


@dataclass(frozen=True, slots=True)
class Written:
    """One change inside a block. ``row`` is empty for the block's own lines, ``column`` for a whole row."""

    what: What
    row: str
    column: str
    before: str
    after: str
    label_only: bool = False  # the name of a row that is known by its code


def block_changes(kind: str, old: Part, new: Part) -> Iterator[Written]:
    """Every change from one part to the other; a change of spaces or of the language of keywords is none."""
    found = [*_headers(kind, old, new), *_tables(kind, old, new)]
    if not found and _bare(old.prose) != _bare(new.prose) and not _both_tables(old, new):
        found.append(Written(What.CHANGED, "", "", old.prose, new.prose))
    yield from found


def _bare(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _both_tables(old: Part, new: Part) -> bool:
    return all(bool(part.prose) and all(map(is_row, _bare(part.prose))) for part in (old, new))


def _headers(kind: str, old: Part, new: Part) -> Iterator[Written]:
    names = _names(kind, "headers")
    sides = [{names.get(key.lower(), key): value for key, value in part.headers} for part in (old, new)]
    for key in dict.fromkeys([*sides[0], *sides[1]]):
        before, after = sides[0].get(key, ""), sides[1].get(key, "")
        if before != after:
            yield Written(_what(before, after), "", key, before, after)


def _names(kind: str, of: str) -> dict[str, str]:
    """What the kind's keywords are in Chinese, in which they are compared and told."""
    declared = next((each for each in KINDS if each.code == kind), None)
    lines = () if declared is None else declared.headers if of == "headers" else declared.columns
    return {line.en: line.zh for line in lines}


def _what(before: str, after: str) -> What:
    if not before:
        return What.ADDED
    return What.CHANGED if after else What.REMOVED


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: dict[str, str]

    @property
    def name(self) -> str:
        return next(iter(self.cells.values()), "") or str(self.number)

    @property
    def key(self) -> tuple[str, ...]:
        """What makes a row the same row in both versions."""
        if self.cells.get(_CODE):
            return (self.cells[_CODE], self.cells.get(_SINCE, ""))
        return (self.name, self.cells.get(_SINCE, ""))


@dataclass(frozen=True, slots=True)
class _Table:
    headings: tuple[str, ...]
    rows: tuple[_Row, ...]

    def text(self, row: _Row, columns: Sequence[str]) -> tuple[str, ...]:
        return tuple(row.cells.get(column, "") for column in columns)


def _table(kind: str, part: Part) -> _Table:
    lines = _bare(part.prose)
    if not lines or not all(map(is_row, lines)):
        return _Table((), ())
    names = _names(kind, "columns")
    table = read_table("", lines, 1)
    headings: list[str] = []
    for cell in table.headings.cells:
        name = names.get(cell.text.lower(), cell.text)
        headings.append(name if name not in headings else f"{name} ({headings.count(name) + 1})")
    rows = (dict(zip(headings, (cell.text for cell in row.cells), strict=False)) for row in table.rows)
    return _Table(tuple(headings), tuple(_Row(number, cells) for number, cells in enumerate(rows, 1)))


def _tables(kind: str, old: Part, new: Part) -> Iterator[Written]:
    if not _both_tables(old, new):
        return
    first, second = _table(kind, old), _table(kind, new)
    renamed = _renamed(first, second)
    if renamed:
        first = _Table(
            tuple(renamed.get(name, name) for name in first.headings),
            tuple(
                _Row(r.number, {renamed.get(name, name): cell for name, cell in r.cells.items()}) for r in first.rows
            ),
        )
    yield from (Written(What.CHANGED, "", after, before, after) for before, after in renamed.items())
    gone = [name for name in first.headings if name not in second.headings]
    come = [name for name in second.headings if name not in first.headings]
    yield from (Written(What.REMOVED, "", name, name, "") for name in gone)
    yield from (Written(What.ADDED, "", name, "", name) for name in come)
    yield from _rows(first, second)


def _renamed(old: _Table, new: _Table) -> Mapping[str, str]:
    """Headings that only changed their name: in the same place, over the same cells."""
    if len(old.headings) != len(new.headings):
        return {}
    found = {}
    for before, after in zip(old.headings, new.headings, strict=True):
        if before not in new.headings and after not in old.headings:
            cells = [[row.cells.get(name, "") for row in table.rows] for table, name in ((old, before), (new, after))]
            if cells[0] == cells[1]:
                found[before] = after
    return found


def _rows(old: _Table, new: _Table) -> Iterator[Written]:
    columns = [name for name in new.headings if name in old.headings]
    keyed = _by_key(old) and _by_key(new)
    if not keyed:
        yield from _aligned(old, new, columns)
        return
    before, after = {row.key: row for row in old.rows}, {row.key: row for row in new.rows}
    for key, row in after.items():
        if key in before:
            yield from _cells(before[key], row, row.name, columns, label=bool(row.cells.get(_CODE)))
        else:
            yield Written(What.ADDED, row.name, "", "", _joined(row))
    yield from (
        Written(What.REMOVED, row.name, "", _joined(row), "") for key, row in before.items() if key not in after
    )
    orders = [[row.name for row in after.values() if row.key in before], []]
    orders[1] = [after[key].name for key in before if key in after]
    if orders[0] != orders[1]:
        yield Written(What.REORDERED, "", "", "、".join(orders[1]), "、".join(orders[0]))


def _by_key(table: _Table) -> bool:
    """Whether rows are known by a name of their own: not the rules of a decision, nor rows that begin alike."""
    if any(name.startswith("→") for name in table.headings):
        return False
    keys = [row.key for row in table.rows]
    return len(set(keys)) == len(keys)


def _aligned(old: _Table, new: _Table, columns: Sequence[str]) -> Iterator[Written]:
    """Rows whose order counts: equal ones found by comparing, the rest paired in order."""
    texts = [[table.text(row, columns) for row in table.rows] for table in (old, new)]
    for tag, start, end, to_start, to_end in SequenceMatcher(None, texts[0], texts[1], autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        paired = min(end - start, to_end - to_start)
        for offset in range(paired):
            second = new.rows[to_start + offset]
            yield from _cells(old.rows[start + offset], second, str(second.number), columns, label=False)
        for row in old.rows[start + paired : end]:
            yield Written(What.REMOVED, str(row.number), "", _joined(row), "")
        for row in new.rows[to_start + paired : to_end]:
            yield Written(What.ADDED, str(row.number), "", "", _joined(row))


def _cells(first: _Row, second: _Row, name: str, columns: Sequence[str], *, label: bool) -> Iterator[Written]:
    for position, column in enumerate(columns):
        was, is_ = first.cells.get(column, ""), second.cells.get(column, "")
        if was != is_:
            yield Written(What.CHANGED, name, column, was, is_, label_only=label and position == 0)


def _joined(row: _Row) -> str:
    return " | ".join(row.cells.values())
