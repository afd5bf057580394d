"""One record in full: what a drawer and the 360 page show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from keguan.language.model.access import Permission, Right
from keguan.language.model.model import Decision
from keguan.runtime.access.columns import columns
from keguan.runtime.access.disclosure import disclosed_by
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.formatting import moment
from keguan.runtime.access.permits_door import permitted
from keguan.runtime.access.rights import allowed, reaches, readable, sees, visible
from keguan.runtime.access.viewer import place_of
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.classes import attribute, rows_of
from keguan.runtime.records.editing import by_code
from keguan.runtime.records.layout import record_columns
from keguan.runtime.records.lists import require_visible
from keguan.runtime.records.required import Held, Missing, required
from keguan.runtime.records.shown_rows import ShownRow, shown_rows
from keguan.runtime.records.writing import changeable, verifiable

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.language.model.model import Model
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.viewer import Place, Viewer
    from keguan.runtime.records.shown_rows import Names


@dataclass(frozen=True, slots=True)
class ChildType:
    """A record type whose records refer to this one through the reference field ``via``."""

    record_type: str
    via: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A record with everything that the viewer may see of it (``columns`` and ``row.cells``), what it still lacks of so
    many fields ``asked`` for, and what they may do: ``editable`` as a whole, ``verifiable`` (all found true without a
    change), ``revealable`` sensitive fields, ``explainable`` decisions by code.
    """

    record_type: str
    row: ShownRow
    columns: tuple[Column, ...]
    created: datetime
    import_id: int | None
    created_at: str
    updated_at: str
    missing: tuple[Missing, ...]
    asked: int
    children: tuple[ChildType, ...]
    editable: bool
    verifiable: bool
    revealable: frozenset[str]
    explainable: tuple[str, ...]


def profile(
    viewer: Viewer, record_type: str, record_id: int, through: Exit = Exit.PROFILE, names: Names | None = None
) -> Profile:
    """One record in full, through PROFILE, DRAWER or API. A fixed number of queries, fewer with ``names`` known.

    Raises ``Refused`` (``records.not_found``) in one sentence for a record that does not exist and one out of sight.
    """
    model = policies.current().model
    row = _row(viewer, model, record_type, record_id)
    place = place_of(row)
    allowed = readable(viewer, record_type, through, model)
    shown = tuple(column for code, column in columns(model, record_type).items() if code in allowed)
    (whole,) = shown_rows(viewer, model, record_type, [row], [column.code for column in shown], through, names)
    held = _held(viewer, model, record_type, row, place)
    here = tuple(column for column in shown if whole.cells[column.code].state != "hidden" or column.target)
    return Profile(
        record_type,
        whole,
        here,
        row["created_at"],
        row["import_id"],
        moment(row["created_at"], viewer.language),
        moment(row["updated_at"], viewer.language),
        held.lacking,
        len(held.asked),
        children_types(viewer, model, record_type),
        model.record_types[record_type].cadence is None and bool(editable_codes(viewer, record_type, place, record_id)),
        verifiable(viewer, model, record_type, place, record_id),
        _revealable(viewer, record_type, here, row, place),
        _explainable(viewer, model, record_type, place),
    )


def get(viewer: Viewer, record_type: str, record_id: int, through: Exit = Exit.API) -> ShownRow:
    """One record's fields, facts and outcomes. Raises ``Refused`` as :func:`profile` does."""
    model = policies.current().model
    row = _row(viewer, model, record_type, record_id)
    allowed = readable(viewer, record_type, through, model)
    codes = [code for code in columns(model, record_type) if code in allowed]
    (whole,) = shown_rows(viewer, model, record_type, [row], codes, through)
    return whole


def missing(viewer: Viewer, record_type: str, record_id: int) -> tuple[Missing, ...]:
    """Fields asked for that the record lacks, of which the viewer may be told. Raises ``Refused``."""
    model = policies.current().model
    row = _row(viewer, model, record_type, record_id)
    return _held(viewer, model, record_type, row, place_of(row)).lacking


def children_types(viewer: Viewer, model: Model, record_type: str) -> tuple[ChildType, ...]:
    """The types whose records may be listed under one of this type: those whose reference the viewer may see."""
    return tuple(
        ChildType(code, field.code)
        for code, declared in model.record_types.items()
        if visible(viewer, code, model)
        for field in declared.fields
        if field.target == record_type and field.code in readable(viewer, code, Exit.FILTER, model)
    )


def stored_row(viewer: Viewer, record_type: str, record_id: int) -> tuple[Model, dict[str, Any]]:
    """The policy in force and the record's stored columns: for the runtime's own use. Raises ``Refused`` as
    :func:`profile` does.
    """
    model = policies.current().model
    return model, _row(viewer, model, record_type, record_id)


def _row(viewer: Viewer, model: Model, record_type: str, record_id: int) -> dict[str, Any]:
    require_visible(viewer, model, record_type)
    names = ("id", *(column.name for column in record_columns(model, record_type)))
    found = rows_of(model, record_type).filter(id=record_id)
    values = found.values_list(*map(attribute, names)).first()
    row = None if values is None else dict(zip(names, values, strict=True))
    if row is None or not reaches(viewer, record_type, place_of(row), model):
        raise Refused("records.not_found", _("没有这份档案，或者它不在您的可见范围内。"))
    return row


def _held(viewer: Viewer, model: Model, record_type: str, row: dict[str, Any], place: Place) -> Held:
    """What is asked for of it, as far as the viewer may be told."""
    held = required(model, record_type).held(by_code(model, record_type, row))
    asked = tuple(each for each in held.asked if sees(viewer, each.classes, place, model))
    return Held(asked, tuple(each for each in held.lacking if each in asked))


def _revealable(
    viewer: Viewer, record_type: str, shown: tuple[Column, ...], row: dict[str, Any], place: Place
) -> frozenset[str]:
    return frozenset(
        column.code
        for column in shown
        if column.sensitive
        and row[column.physical] is not None
        and permitted(viewer, record_type, column.code, Right.REVEAL, place, row["id"]) is Permission.YES
    )


def _explainable(viewer: Viewer, model: Model, record_type: str, place: Place) -> tuple[str, ...]:
    return tuple(
        step.code
        for step in model.computations.get(record_type, ())
        if isinstance(step, Decision) and sees(viewer, disclosed_by(model, step), place, model)
    )


def editable_codes(
    viewer: Viewer, record_type: str, place: Place | None = None, record_id: int | None = None
) -> tuple[str, ...]:
    """Fields that the viewer may fill in on a new record, or change on the one at ``place``; in the policy's order."""
    model = policies.current().model
    fields = [field.code for field in model.record_types[record_type].fields if not field.by_system]
    if place is None or record_id is None:
        seen = allowed(viewer, record_type, Right.SEE, Exit.PROFILE, model)
        return tuple(code for code in fields if code in seen)
    return tuple(code for code in fields if changeable(viewer, model, record_type, code, place, record_id))
