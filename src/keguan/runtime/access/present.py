"""The choke point: stored rows go in, and what this viewer may see of them comes out.

Rows are mappings of physical columns, with ``id``, ``owner_id`` and ``unit_id`` always among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from keguan.language.model.access import Permission, Right
from keguan.language.model.model import FieldKind, RecordType
from keguan.runtime.access import crypto
from keguan.runtime.access.attached import opened_name
from keguan.runtime.access.columns import columns, condition_columns
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.formatting import formatted, scale_of
from keguan.runtime.access.granted import GENEROUS, granted
from keguan.runtime.access.masks import mask_of
from keguan.runtime.access.rights import allowed, passes, permission, sees, shows
from keguan.runtime.access.sealed_values import Value, as_text, from_text
from keguan.runtime.access.shown import CHANGED, EMPTY, HIDDEN, Shown
from keguan.runtime.access.viewer import Place
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keguan.language.feel.types import Type
    from keguan.language.model.model import Model
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.viewer import Viewer

Row = Mapping[str, Any]
Related = Mapping[tuple[str, int], Row]
"""Rows that references point to, by (record type, id): ``id``, ``owner_id``, ``unit_id`` and the title's column; and
members of staff, by (``PERSON``, id): their ``name``; and the files under a record's field, by (``FILES`` and what
:func:`files_key` says, record id): ``files``, each with its ``token`` and its sealed ``name``.
"""
PERSON = "@staff"
FILES = "@files."

_SHORT = frozenset({Exit.LIST, Exit.TRIAL})
_NONE: Related = {}


class Sight:
    """One viewer's sight of one record type through one through, worked out once for all rows of a page."""

    def __init__(
        self,
        viewer: Viewer,
        record_type: RecordType | str,
        through: Exit,
        codes: Iterable[str] | None = None,
        model: Model | None = None,
    ) -> None:
        """Raises ``KeyError`` for an unknown record type or code."""
        self.viewer = viewer
        self.record_type = record_type.code if isinstance(record_type, RecordType) else record_type
        self.through = through
        self.model = model or policies.current().model
        known = columns(self.model, self.record_type)
        self.columns: tuple[Column, ...] = tuple(known[code] for code in (known if codes is None else codes))
        self._hidden = HIDDEN[viewer.language]
        self._granted = granted(viewer, self.model, self.record_type)
        self._conditions = condition_columns(self.model, self.record_type)
        self._by_place: dict[tuple[object, ...], Mapping[str, Permission]] = {}
        self._scales = {column.code: scale_of(column.type) for column in self.columns}

    def codes_on(self, row: Row) -> frozenset[str]:
        """Codes that may be seen on this very record, some of them perhaps masked."""
        return frozenset(self.permissions_on(row))

    def permissions_on(self, row: Row) -> Mapping[str, Permission]:
        """How each may be seen on this very record, by code; what may not is left out."""
        at = (row["owner_id"], row["unit_id"], *(row.get(each) for each in self._conditions))
        if at not in self._by_place:
            place = Place(at[0], at[1], frozenset(each for each in self._conditions if row.get(each)))
            covering = [each for each in self._granted if each.covers(place)]
            self._by_place[at] = {
                column.code: max(seen, key=GENEROUS.index)
                for column in self.columns
                if passes(column, self.through)
                and (seen := [each.gives(Right.SEE, column) for each in covering if shows(each, column, self.through)])
            }
        return self._by_place[at]

    def show(self, row: Row, related: Related = _NONE) -> dict[str, Shown]:
        """Every asked-for column of the record by code: plain, masked, hidden or empty."""
        allowed = self.permissions_on(row)
        return {
            column.code: self._shown(column, row, related, allowed[column.code])
            if column.code in allowed
            else self._hidden
            for column in self.columns
        }

    def _shown(self, column: Column, row: Row, related: Related, permission: Permission) -> Shown:
        value = row[column.physical]
        if value is None or value == "":
            return EMPTY
        if column.sensitive:
            text = crypto.open_sealed(crypto.place(self.record_type, column.code), row["id"], value)
            return Shown(mask_of(column, text), "masked")
        if permission is Permission.MASKED:
            return Shown(mask_of(column, value), "masked")
        if column.target is not None:
            return reference(self.viewer, self.model, column.target, value, self.through, related)
        name = self._name(column, row["id"], value, related)
        if name is not None:
            return Shown(name, "plain", value)
        scale, short = self._scales[column.code], self.through in _SHORT
        return Shown(formatted(column.kind, scale, value, self.viewer.language, short=short), "plain", value)

    def _name(self, column: Column, record_id: int, value: Any, related: Related) -> str | None:
        """What a person, or the files that lie there, are called; None for other values and where it is not known."""
        if column.kind is FieldKind.STAFF and (PERSON, value) in related:
            return str(related[PERSON, value]["name"])
        if column.files_of and (files_key(column), record_id) in related:
            files = related[files_key(column), record_id]["files"]
            between = "、" if self.viewer.language == "zh" else ", "
            return between.join(opened_name(each.token, each.name) for each in files)
        return None


def files_key(column: Column) -> str:
    """Under what the files of an attachment's column are found among related rows, together with the record's id."""
    return f"{FILES}{column.files_of}.{column.code}"


def reference(viewer: Viewer, model: Model, target: str, record_id: int, through: Exit, related: Related) -> Shown:
    """A reference is shown by the other record's title, which has a class and an owner of its own."""
    row = related.get((target, record_id))
    if row is None:
        return HIDDEN[viewer.language]
    title = model.record_types[target].title
    shown = Sight(viewer, target, through, (title,), model).show(row)[title]
    return Shown(shown.text, "plain", record_id) if shown.state == "plain" else shown


def present(
    viewer: Viewer,
    record_type: RecordType | str,
    row: Row,
    through: Exit,
    codes: Iterable[str] | None = None,
    related: Related = _NONE,
) -> dict[str, Shown]:
    """What ``viewer`` may see of one stored row through ``exit``: all columns, or those with ``codes``.

    Raises ``KeyError`` for an unknown code and ``crypto.Unsealable`` for a damaged value.
    """
    return Sight(viewer, record_type, through, codes).show(row, related)


def present_computed(
    viewer: Viewer,
    kind: FieldKind,
    value_type: Type,
    value: Value | None,
    classes: Iterable[str],
    place: Place,
    through: Exit,
) -> Shown:
    """What ``viewer`` may see of a value computed from a record: nothing, unless they may see every class that it
    gives away (see :func:`keguan.runtime.access.disclosure.classes_of`).
    """
    if through in (Exit.ERROR, Exit.LOG) or not sees(viewer, classes, place):
        return HIDDEN[viewer.language]
    if value is None:
        return EMPTY
    return Shown(formatted(kind, scale_of(value_type), value, viewer.language), "plain", value)


def present_changes(
    viewer: Viewer,
    record_type: str,
    changes: Mapping[str, Sequence[Any]],
    place: Place,
) -> dict[str, tuple[Shown, Shown]]:
    """Old and new of each changed field as an entry of the ledger keeps them, as far as this viewer may see them.

    A sensitive field's values are not in the ledger: both sides say "changed". A field that the policy no longer has
    stays hidden, since its class is unknown.
    """
    known = columns(policies.current().model, record_type)
    hidden = HIDDEN[viewer.language]
    told: dict[str, tuple[Shown, Shown]] = {}
    for code, sides in changes.items():
        column = known.get(code)
        seen = Permission.NO if column is None else permission(viewer, record_type, code, Right.SEE, place)
        if column is None or seen is Permission.NO:
            told[code] = (hidden, hidden)
        elif seen is Permission.MASKED or len(sides) != 2 or column.target is not None:
            told[code] = (CHANGED[viewer.language], CHANGED[viewer.language])
        else:
            before, after = (_side(viewer, column, side) for side in sides)
            told[code] = (before, after)
    return told


def present_typed(viewer: Viewer, record_type: RecordType | str, code: str, text: str) -> Shown:
    """A cell that somebody typed for a field, given back to ``viewer`` (error files): masked when it is sensitive."""
    name = record_type.code if isinstance(record_type, RecordType) else record_type
    column = columns(policies.current().model, name)[code]
    if text == "":
        return EMPTY
    seen = allowed(viewer, name, Right.SEE, Exit.IMPORT_ERRORS).get(code, Permission.NO)
    if seen is Permission.NO:
        return HIDDEN[viewer.language]
    return Shown(mask_of(column, text), "masked") if seen is Permission.MASKED else Shown(text, "plain", text)


def _side(viewer: Viewer, column: Column, stored: Any) -> Shown:
    if stored is None:
        return EMPTY
    value = from_text(column.type, as_text(stored))
    return Shown(formatted(column.kind, scale_of(column.type), value, viewer.language), "plain", value)
