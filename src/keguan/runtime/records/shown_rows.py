"""Rows of a page as the viewer may see them, with the names that their references, owners and units have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keguan.language.model.model import FieldKind
from keguan.runtime.access.columns import columns, condition_columns
from keguan.runtime.access.present import PERSON, Sight, files_key
from keguan.runtime.access.viewer import place_of
from keguan.runtime.attachments.queries import files_of
from keguan.runtime.org import queries as org
from keguan.runtime.records.classes import attribute, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from keguan.language.model.model import Model
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.exits import Exit
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Place, Viewer

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
    return tuple(
        dict.fromkeys(
            (*PLACE, *condition_columns(model, record_type), *(known[code].physical for code in (title, *codes)))
        )
    )


class Names:
    """What owners, units and referred-to records are called, each looked up once for all that a page shows."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._owners: dict[int, str] = {}
        self._units: dict[int, str] = {}
        self.related: dict[tuple[str, int], Row] = {}

    def learn(self, shown: Iterable[tuple[Iterable[Column], Sequence[Row]]]) -> None:
        """Look up what these rows, shown by these columns, name and is not known yet.

        At most one query for each referred-to type, one for owners and other people, one for units, and one for each
        type whose attachments are shown.
        """
        wanted: dict[str, set[int]] = {}
        owners: set[int] = set()
        people: set[int] = set()
        some = False
        files: dict[str, tuple[set[int], dict[str, Column]]] = {}
        for columns_shown, rows in shown:
            some = some or bool(rows)
            owners |= {row["owner_id"] for row in rows if row["owner_id"] is not None}
            for column in columns_shown:
                if column.kind is FieldKind.STAFF:
                    people |= {row[column.physical] for row in rows if row[column.physical] is not None}
                if column.files_of:
                    ids, held = files.setdefault(column.files_of, (set(), {}))
                    ids |= {row["id"] for row in rows if row[column.physical] is not None}
                    held[column.code] = column
                if column.target is not None:
                    found = {row[column.physical] for row in rows if row[column.physical] is not None}
                    wanted.setdefault(column.target, set()).update(found)
        for target, ids in wanted.items():
            unknown = {each for each in ids if (target, each) not in self.related}
            if unknown:
                self.related |= {(target, row["id"]): row for row in rows_by_id(self._model, target, unknown, ())}
        for record_type, (ids, held) in files.items():
            for (code, record_id), those in files_of(record_type, ids, held).items():
                self.related[files_key(held[code]), record_id] = {"files": those}
        unknown = (owners | people) - self._owners.keys()
        if unknown:
            found_names = org.learn_names(unknown)
            self._owners |= found_names
            self.related |= {(PERSON, each): {"name": name} for each, name in found_names.items()}
        if some and not self._units:
            self._units = {unit.id: unit.name for unit in org.units()}

    def owner(self, row: Row) -> str:
        """The name of the row's owner; empty for nobody's."""
        return self._owners.get(row["owner_id"], "")

    def unit(self, row: Row) -> str:
        """The name of the row's unit; empty for none."""
        return self._units.get(row["unit_id"], "")


def shown_rows(
    viewer: Viewer,
    model: Model,
    record_type: str,
    rows: Sequence[Row],
    codes: Sequence[str],
    through: Exit,
    names: Names | None = None,
) -> tuple[ShownRow, ...]:
    """The rows as shown. One query for each referred-to type, one for owners and one for units; none for what
    ``names`` knows already.
    """
    title = model.record_types[record_type].title
    sight = Sight(viewer, record_type, through, dict.fromkeys((title, *codes)), model)
    names = names or Names(model)
    names.learn([(sight.columns, rows)])
    shown = []
    for row in rows:
        cells = sight.show(row, names.related)
        shown.append(
            ShownRow(
                row["id"],
                row["version"],
                cells[title],
                {code: cells[code] for code in codes},
                place_of(row),
                names.owner(row),
                names.unit(row),
            )
        )
    return tuple(shown)


def rows_by_id(model: Model, record_type: str, ids: Iterable[int], codes: Iterable[str]) -> list[Row]:
    """The stored columns behind the title and these codes, of the records with these ids. One query."""
    names = physical_columns(model, record_type, codes)
    found = rows_of(model, record_type).filter(id__in=set(ids))
    return [dict(zip(names, row, strict=True)) for row in found.values_list(*map(attribute, names))]
