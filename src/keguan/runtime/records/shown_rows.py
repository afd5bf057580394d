"""Rows of a page as the viewer may see them, with the names that their references, owners and units have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keguan.runtime.access.columns import columns
from keguan.runtime.access.present import Sight
from keguan.runtime.access.viewer import Place
from keguan.runtime.org import queries as org
from keguan.runtime.records.classes import attribute, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from keguan.language.model.model import Model
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.exits import Exit
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Viewer

Row = dict[str, Any]

PLACE = ("id", "owner_id", "unit_id", "version")
"""Columns fetched of every row, whatever is shown."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One record as shown: its title, the asked-for cells by code, and whose it is (empty: nobody's)."""

    id: int
    version: int
    title: Shown
    cells: Mapping[str, Shown]
    place: Place
    owner: str
    unit: str


def physical_columns(model: Model, record_type: str, codes: Iterable[str]) -> tuple[str, ...]:
    """The columns to fetch in order to show these codes and the title."""
    known = columns(model, record_type)
    title = model.record_types[record_type].title
    return tuple(dict.fromkeys((*PLACE, *(known[code].physical for code in (title, *codes)))))


def shown_rows(
    viewer: Viewer, model: Model, record_type: str, rows: Sequence[Row], codes: Sequence[str], through: Exit
) -> tuple[ShownRow, ...]:
    """The rows as shown. One query for each referred-to type, one for owners and one for units."""
    title = model.record_types[record_type].title
    sight = Sight(viewer, record_type, through, dict.fromkeys((title, *codes)), model)
    related = _related(model, sight.columns, rows)
    owners = org.names({row["owner_id"] for row in rows if row["owner_id"] is not None}) if rows else {}
    units = {unit.id: unit.name for unit in org.units()} if rows else {}
    shown = []
    for row in rows:
        cells = sight.show(row, related)
        shown.append(
            ShownRow(
                row["id"],
                row["version"],
                cells[title],
                {code: cells[code] for code in codes},
                Place(row["owner_id"], row["unit_id"]),
                owners.get(row["owner_id"], ""),
                units.get(row["unit_id"], ""),
            )
        )
    return tuple(shown)


def _related(model: Model, shown: Iterable[Column], rows: Sequence[Row]) -> dict[tuple[str, int], Row]:
    """The rows that references point to: whose they are and their title's column."""
    wanted: dict[str, set[int]] = {}
    for column in shown:
        if column.target is not None:
            found = {row[column.physical] for row in rows if row[column.physical] is not None}
            wanted.setdefault(column.target, set()).update(found)
    related: dict[tuple[str, int], Row] = {}
    for target, ids in wanted.items():
        if ids:
            related |= {(target, row["id"]): row for row in rows_by_id(model, target, ids, ())}
    return related


def rows_by_id(model: Model, record_type: str, ids: Iterable[int], codes: Iterable[str]) -> list[Row]:
    """The stored columns behind the title and these codes, of the records with these ids. One query."""
    names = physical_columns(model, record_type, codes)
    found = rows_of(model, record_type).filter(id__in=set(ids))
    return [dict(zip(names, row, strict=True)) for row in found.values_list(*map(attribute, names))]
