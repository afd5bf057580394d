"""The form of a record: a widget per field the viewer may write, filled with what is there or what was typed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from keguan.language.model.model import FieldKind
from keguan.runtime.access.exits import Exit
from keguan.runtime.attachments.receiving import PREFIX
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.records import queries as records
from keguan.web.records.attaching import accepted, limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.language.model.model import ClauseRef, Field, RecordType
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.records.queries import ShownRow

WIDGETS = {
    FieldKind.CHOICE: "choice",
    FieldKind.BOOLEAN: "choice",
    FieldKind.LONG_TEXT: "long",
    FieldKind.REFERENCE: "reference",
    FieldKind.STAFF: "staff",
    FieldKind.DATE: "date",
    FieldKind.TIME: "time",
    FieldKind.DATE_TIME: "datetime-local",
    FieldKind.EMAIL: "email",
    FieldKind.PHONE: "tel",
    FieldKind.ATTACHMENT: "file",
}
INPUT_MODES = {
    FieldKind.INTEGER: "numeric",
    FieldKind.NUMBER: "decimal",
    FieldKind.MONEY: "decimal",
    FieldKind.PERCENT: "decimal",
}


@dataclass(frozen=True, slots=True)
class Option:
    """A value to choose."""

    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class FormField:
    """One field with its widget: choice, long, reference, staff, file, or the type of a plain input. ``input`` is what
    the input for files is called, ``accept`` what it takes.
    """

    code: str
    label: str
    widget: str
    inputmode: str
    wide: bool
    required: bool
    text: str
    choices: tuple[Option, ...]
    options_url: str
    error: str
    hint: str
    input: str = ""
    accept: str = ""
    multiple: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """The whole form. ``version`` is that of the record being changed; empty for a new one."""

    title: str
    clause: ClauseRef
    fields: tuple[FormField, ...]
    version: str
    refused: str
    back: str
    back_label: str

    @property
    def takes_files(self) -> bool:
        """Whether it has an input for files."""
        return any(field.widget == "file" for field in self.fields)


@dataclass(frozen=True, slots=True)
class Filled:
    """What the widgets hold, by field code: texts, the names of referred records, masks of sealed values."""

    texts: Mapping[str, str]
    names: Mapping[str, str]
    masks: Mapping[str, str]


def writable(viewer: Viewer, record_type: RecordType, stored: ShownRow | None = None) -> tuple[Field, ...]:
    """The fields that this viewer's forms have: of a new record, or those that may be changed of a stored one; not
    those filled by the system, nor of classes out of sight. The files of a stored record are changed on its page.
    """
    at = (None, None) if stored is None else (stored.place, stored.id)
    codes = frozenset(records.editable_codes(viewer, record_type.code, *at))
    return tuple(field for field in record_type.fields if field.code in codes and (stored is None or field.typed))


def from_cells(fields: tuple[Field, ...], cells: Mapping[str, Shown]) -> Filled:
    """What a stored record puts into its form; sealed values stay out, their masks serve as a hint."""
    texts, names, masks = {}, {}, {}
    for field in fields:
        shown = cells[field.code]
        if shown.state == "masked":
            masks[field.code] = shown.text
        elif shown.state == "plain":
            texts[field.code] = _typed(field, shown)
            if field.target is not None:
                names[field.code] = shown.text
    return Filled(texts, names, masks)


def form_fields(
    viewer: Viewer, fields: tuple[Field, ...], filled: Filled, errors: Mapping[str, str]
) -> tuple[FormField, ...]:
    """The widgets."""
    return tuple(_field(viewer, field, filled, errors.get(field.code, "")) for field in fields)


def names_of(viewer: Viewer, fields: tuple[Field, ...], texts: Mapping[str, str]) -> dict[str, str]:
    """The titles of the records that the reference fields hold, as far as the viewer may see them."""
    found: dict[str, str] = {}
    for field in fields:
        held = texts.get(field.code, "")
        if field.target is not None and held.isascii() and held.isdigit() and len(held) < 19:
            with suppress(Refused):  # out of sight: its number stays in the field, and saving will say so
                found[field.code] = records.get(viewer, field.target, int(held), Exit.PROFILE).title.text
    return found


def _typed(field: Field, shown: Shown) -> str:
    """A stored value as a person would type it into the widget."""
    value = shown.value
    if field.kind is FieldKind.STAFF and isinstance(value, int):
        return org.written_name(value)
    if isinstance(value, bool):
        return "是" if value else "否"  # what the validation takes in any language
    if isinstance(value, date | time):
        return value.isoformat()
    if field.target is not None or isinstance(value, str):
        return str(value)
    return shown.text


def _field(viewer: Viewer, field: Field, filled: Filled, error: str) -> FormField:
    text = filled.texts.get(field.code, "")
    mask = filled.masks.get(field.code, "")
    return FormField(
        code=field.code,
        label=field.label.text(viewer.language),
        widget=WIDGETS.get(field.kind, "text"),
        inputmode=INPUT_MODES.get(field.kind, ""),
        wide=field.kind is FieldKind.LONG_TEXT or (field.max_length or 0) > 100,
        required=field.required is True,
        text=text,
        choices=_choices(field, text, filled),
        options_url=_options_url(field),
        error=error,
        hint=gettext("现为 %(mask)s，不改就留空") % {"mask": mask} if mask else _hint(viewer, field),
        input=f"{PREFIX}{field.code}" if field.files is not None else "",
        accept=accepted(field.files) if field.files is not None else "",
        multiple=field.files is not None and field.files.number > 1,
    )


def _hint(viewer: Viewer, field: Field) -> str:
    if field.files is None:
        return field.note
    told = limits(field.files, viewer.language)
    return gettext("%(note)s（%(limits)s）") % {"note": field.note, "limits": told} if field.note else told


def _choices(field: Field, text: str, filled: Filled) -> tuple[Option, ...]:
    if field.kind is FieldKind.BOOLEAN:
        return tuple(Option(zh, label, text == zh) for zh, label in (("是", gettext("是")), ("否", gettext("否"))))
    if field.target is not None:
        name = filled.names.get(field.code, "")
        return (Option(text, name or f"#{text}", checked=True),) if text else ()
    choices: tuple[str, ...] = getattr(field.type, "choices", None) or ()
    return tuple(Option(value, value, text == value) for value in choices)


def people_url(name: str, roles: Iterable[str]) -> str:
    """Where the people to choose from for a staff field called ``name`` are asked for."""
    return f"{reverse('records:people')}?{urlencode([('field', name), *(('role', each) for each in roles)])}"


def _options_url(field: Field) -> str:
    if field.kind is FieldKind.STAFF:
        return people_url(field.code, field.roles)
    return "" if field.target is None else f"{reverse('records:options', args=[field.target])}?field={field.code}"
