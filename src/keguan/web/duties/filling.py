"""The form that proves a duty, as widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from keguan.language.feel.types import Text
from keguan.language.model.model import FieldKind
from keguan.runtime.policies import queries as policies
from keguan.web.records.form import INPUT_MODES, WIDGETS, FormField, Option, people_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

    from keguan.language.model.form import Form
    from keguan.language.model.form import FormField as Declared
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.duties.queries import DutyView

PREFIX = "v-"
"""Stands before a field's code in the names of inputs, so that no field is called like something else on the page."""


def widgets(viewer: Viewer, found: DutyView, posted: QueryDict | None, errors: Mapping[str, str]) -> list[FormField]:
    """A widget for each field of the form, while the viewer may discharge the duty; none where there is no form."""
    form = _form(found)
    if form is None or "discharge" not in found.may:
        return []
    texts = {
        field.code: (posted.get(PREFIX + field.code, "") if posted is not None else _text(found, field.code))
        for field in form.fields
    }
    return [_widget(viewer, field, texts[field.code], errors.get(field.code, "")) for field in form.fields]


def typed_in(found: DutyView, posted: QueryDict) -> dict[str, str]:
    """What was typed into the form, by field code."""
    form = _form(found)
    return {} if form is None else {field.code: posted.get(PREFIX + field.code, "").strip() for field in form.fields}


def filled(viewer: Viewer, found: DutyView) -> list[tuple[str, Shown]]:
    """What was filled in, by the labels of the form's fields."""
    form = _form(found)
    labels = {} if form is None else {field.code: field.label.text(viewer.language) for field in form.fields}
    return [(labels.get(code, code), shown) for code, shown in found.filled.items()]


def _form(found: DutyView) -> Form | None:
    return policies.current().model.blocks.forms.get(found.evidence) if found.evidence_kind == "form" else None


def _text(found: DutyView, code: str) -> str:
    shown = found.filled.get(code)
    return shown.text if shown is not None and shown.state == "plain" else ""


def _widget(viewer: Viewer, field: Declared, text: str, error: str) -> FormField:
    name = PREFIX + field.code
    people = field.kind is FieldKind.STAFF
    target = field.refers_to
    options = f"{reverse('records:options', args=[target])}?field={name}" if target else ""
    return FormField(
        code=name,
        label=field.label.text(viewer.language),
        widget=WIDGETS.get(field.kind, "text"),
        inputmode=INPUT_MODES.get(field.kind, ""),
        wide=field.kind is FieldKind.LONG_TEXT or (field.max_length or 0) > 100,
        required=field.required is True,
        text=text,
        choices=_choices(field, text),
        options_url=people_url(name, field.roles) if people else options,
        error=error,
        hint=field.note,
    )


def _choices(field: Declared, text: str) -> tuple[Option, ...]:
    if field.kind is FieldKind.BOOLEAN:
        return tuple(Option(zh, label, text == zh) for zh, label in (("是", _("是")), ("否", _("否"))))
    choices = (field.type.choices or ()) if isinstance(field.type, Text) else ()
    return tuple(Option(value, value, text == value) for value in choices)
