"""By what cases can be told apart: coded fields of their record, coded fields of their forms, where and how they stand.

A dimension is offered only to whoever may see what it says: counting by a value is asking about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.language.model.form import value_code
from keguan.language.model.model import FieldKind, RowScope
from keguan.runtime.access.columns import columns
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.rights import readable
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.model.form import FormField
    from keguan.language.model.model import Model
    from keguan.language.model.process import Process
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.viewer import Viewer

Key = str | int | bool | None
"""A stored value that cases are told apart by; None: nothing was filled in."""

TIME, UNIT, STATE, RECORD = "@time", "@unit", "@state", "@record"

_CODED = {FieldKind.CHOICE, FieldKind.BOOLEAN, FieldKind.REFERENCE, FieldKind.STAFF}


class Source(StrEnum):
    """Where the value stands."""

    CASE = "case"
    RECORD = "record"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of them. ``place`` is the column of the record's table or of the case, or the form that has ``field``;
    ``target`` the record type that its values refer to; ``needed`` the code that the viewer must be able to see.
    """

    code: str
    label: str
    source: Source
    kind: FieldKind
    place: str
    field: str = ""
    target: str | None = None
    information_class: str = ""
    choices: tuple[str, ...] = ()


def dimensions(viewer: Viewer, model: Model, process: Process) -> dict[str, Dimension]:
    """Everything by which this viewer may tell the cases of a process apart, by code: first what the policy has coded
    with choices, then what refers to something else, then where and how they stand.
    """
    found = sorted(_coded(viewer, model, process), key=_places)
    own = (
        Dimension(UNIT, _("部门"), Source.CASE, FieldKind.REFERENCE, "unit_id"),
        Dimension(STATE, _("办理状态"), Source.CASE, FieldKind.CHOICE, "state"),
    )
    return {each.code: each for each in (*found, *own)}


def time_axis() -> Dimension:
    """Along the time at which cases began."""
    return Dimension(TIME, _("时间"), Source.CASE, FieldKind.DATE, "started_at")


def parties(viewer: Viewer, model: Model, process: Process) -> dict[str, Dimension]:
    """What may stand for whoever brings a case up: what its record refers to, or the record itself."""
    referring = [
        each
        for each in dimensions(viewer, model, process).values()
        if each.source is Source.RECORD and each.kind is FieldKind.REFERENCE
    ]
    label = model.record_types[process.record_type].label.text(viewer.language)
    itself = Dimension(RECORD, label, Source.CASE, FieldKind.REFERENCE, "record_id", target=process.record_type)
    return {each.code: each for each in (*referring, itself)}


def dimension(known: dict[str, Dimension], code: str) -> Dimension:
    """One of those known. Raises ``Refused`` (``statistics.dimension``) alike for one that there is not and for one
    that the viewer may not see.
    """
    if code not in known:
        raise Refused("statistics.dimension", _("不能按“%(code)s”统计。") % {"code": code})
    return known[code]


def conclusions(viewer: Viewer, model: Model, process: Process) -> tuple[Dimension, ...]:
    """What the forms of the process come to (结论), in the order of its steps."""
    named = dict.fromkeys(step.form for step in process.steps if step.form is not None)
    found = []
    for code in named:
        form = model.blocks.forms[code]
        if form.outcome is not None and _sees(viewer, form.field(form.outcome)):
            found.append(_of_field(viewer, code, form.field(form.outcome)))
    return tuple(found)


def _coded(viewer: Viewer, model: Model, process: Process) -> Iterator[Dimension]:
    allowed = readable(viewer, process.record_type, Exit.STATISTICS, model)
    for column in columns(model, process.record_type).values():
        if column.code in allowed and _is_coded(column.kind, column.choices):
            yield _of_column(viewer, column)
    for code in dict.fromkeys(step.form for step in process.steps if step.form is not None):
        for field in model.blocks.forms[code].fields:
            kept = field.target is not None or field.source is not None  # the record has the same
            if not kept and _is_coded(field.kind, ()) and _sees(viewer, field):
                yield _of_field(viewer, code, field)


def _is_coded(kind: FieldKind, choices: tuple[str, ...]) -> bool:
    return kind in _CODED or bool(choices)


def _sees(viewer: Viewer, field: FormField) -> bool:
    granted = any(grant.scope is not RowScope.NONE and grant.sees(field.information_class) for grant in viewer.grants)
    return granted and not field.sensitive


def _of_column(viewer: Viewer, column: Column) -> Dimension:
    kind = FieldKind.CHOICE if column.choices else column.kind
    return Dimension(
        column.code,
        column.label.text(viewer.language),
        Source.RECORD,
        kind,
        column.physical,
        target=column.target,
        information_class=column.information_class,
        choices=column.choices,
    )


def _of_field(viewer: Viewer, form: str, field: FormField) -> Dimension:
    return Dimension(
        value_code(form, field.code),
        field.label.text(viewer.language),
        Source.FORM,
        field.kind,
        form,
        field=field.code,
        target=field.refers_to,
        information_class=field.information_class,
    )


def _places(found: Dimension) -> int:
    """Choices of more than yes and no come first."""
    order = (FieldKind.CHOICE, FieldKind.REFERENCE, FieldKind.STAFF, FieldKind.BOOLEAN)
    return order.index(found.kind)
