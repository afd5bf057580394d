"""The form for customers: an input for each field that the policy asks them for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.language.model.model import FieldKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import QueryDict

    from keguan.runtime.intake.queries import Asked

PREFIX = "v-"
"""Stands before a field's code in the names of inputs, so that no field is called like something else on the page."""

TRAP = "website"
"""An input that people do not see: what programs write into it gives them away."""

INPUTS = {
    FieldKind.DATE: "date",
    FieldKind.TIME: "time",
    FieldKind.DATE_TIME: "datetime-local",
    FieldKind.EMAIL: "email",
    FieldKind.PHONE: "tel",
}
MODES = {
    FieldKind.INTEGER: "numeric",
    FieldKind.NUMBER: "decimal",
    FieldKind.MONEY: "decimal",
    FieldKind.PERCENT: "decimal",
    FieldKind.PHONE: "tel",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to choose."""

    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Widget:
    """One field with its input: ``choice``, ``long``, or the type of a plain one."""

    name: str
    label: str
    input: str
    inputmode: str
    required: bool
    max_length: int
    text: str
    choices: tuple[Choice, ...]
    note: str
    error: str

    @property
    def described(self) -> str:
        """The ids of what is said about it: what was wrong, and the note."""
        about = {"e": self.error, "n": self.note}
        return " ".join(f"{each}-{self.name}" for each, said in about.items() if said)


def widgets(asked: Iterable[Asked], typed: Mapping[str, str], errors: Mapping[str, str]) -> list[Widget]:
    """The inputs, holding what was typed."""
    return [_widget(each, typed.get(each.code, ""), errors.get(each.code, "")) for each in asked]


def typed_in(asked: Iterable[Asked], posted: QueryDict) -> dict[str, str]:
    """What was typed, by field code; nothing but the form's own fields is looked at."""
    return {each.code: posted.get(PREFIX + each.code, "").strip() for each in asked}


def _widget(asked: Asked, text: str, error: str) -> Widget:
    plain = "long" if asked.kind is FieldKind.LONG_TEXT else INPUTS.get(asked.kind, "text")
    choices = _choices(asked, text)
    return Widget(
        name=PREFIX + asked.code,
        label=asked.label,
        input="choice" if choices else plain,
        inputmode=MODES.get(asked.kind, ""),
        required=asked.required,
        max_length=asked.max_length,
        text=text,
        choices=choices,
        note=asked.note,
        error=error,
    )


def _choices(asked: Asked, text: str) -> tuple[Choice, ...]:
    if asked.kind is FieldKind.BOOLEAN:
        return tuple(Choice(zh, label, text == zh) for zh, label in (("是", _("是")), ("否", _("否"))))
    return tuple(Choice(value, value, text == value) for value in asked.choices)
