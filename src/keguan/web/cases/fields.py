"""The form of a step: a widget for each field that may be filled in, the rest to be read."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from keguan.language.model.model import FieldKind
from keguan.runtime import clock
from keguan.runtime.org import queries as org
from keguan.web.records.form import INPUT_MODES, WIDGETS, FormField, Option, people_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

    from keguan.runtime.processes.forms import FormView, ShownField

PREFIX = "v-"
"""Stands before a field's code in the names of inputs, so that no field is called like something else on the page."""


def widgets(form: FormView, typed: Mapping[str, str] | None, errors: Mapping[str, str]) -> list[FormField]:
    """The widgets, holding what was typed where something was, else what stands in the case."""
    return [
        _widget(field, None if typed is None else typed.get(field.code, ""), _error(form, field, errors))
        for field in form.fields
        if field.right != "read"
    ]


def typed_in(form: FormView | None, posted: QueryDict) -> dict[str, str]:
    """What was typed, by field code: only fields that may be filled in. A sealed one that was left empty stays."""
    fields = () if form is None else form.fields
    found = {field.code: posted.get(PREFIX + field.code, "").strip() for field in fields if field.right != "read"}
    masked = {field.code for field in fields if field.shown.state == "masked"}
    return {code: text for code, text in found.items() if text or code not in masked}


def _error(form: FormView, field: ShownField, errors: Mapping[str, str]) -> str:
    return errors.get(field.code) or errors.get(f"{form.code}.{field.code}", "")


def _widget(field: ShownField, typed: str | None, error: str) -> FormField:
    kind = FieldKind(field.kind)
    text = _held(field) if typed is None else typed
    mask = field.shown.text if field.shown.state == "masked" else ""
    return FormField(
        code=PREFIX + field.code,
        label=field.label,
        widget=WIDGETS.get(kind, "text"),
        inputmode=INPUT_MODES.get(kind, ""),
        wide=kind is FieldKind.LONG_TEXT or (field.max_length or 0) > 100,
        required=field.right == "required",
        text=text,
        choices=_choices(field, kind, text),
        options_url=_options_url(field, kind),
        error=error,
        hint=_("现为 %(mask)s，不改就留空") % {"mask": mask} if mask else field.note,
    )


def _held(field: ShownField) -> str:
    """What stands in the case, as a person would type it."""
    value = field.shown.value
    if field.shown.state != "plain":
        return ""
    if field.kind == FieldKind.STAFF and isinstance(value, int):
        return org.written_name(value)
    if isinstance(value, bool):
        return "是" if value else "否"  # what the validation takes in any language
    if isinstance(value, datetime):
        return f"{(clock.local(value) if value.tzinfo else value):%Y-%m-%dT%H:%M}"
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if field.refers_to is not None or isinstance(value, str) else field.shown.text


def _choices(field: ShownField, kind: FieldKind, text: str) -> tuple[Option, ...]:
    if kind is FieldKind.BOOLEAN:
        return tuple(Option(zh, label, text == zh) for zh, label in (("是", _("是")), ("否", _("否"))))
    if kind is FieldKind.REFERENCE:
        label = field.shown.text if str(field.shown.value) == text else f"#{text}"
        return (Option(text, label, checked=True),) if text else ()
    return tuple(Option(value, value, text == value) for value in field.choices)


def _options_url(field: ShownField, kind: FieldKind) -> str:
    name = PREFIX + field.code
    if kind is FieldKind.STAFF:
        return people_url(name, field.roles)
    return f"{reverse('records:options', args=[field.refers_to])}?field={name}" if field.refers_to else ""
