"""The choke point of what customers see of their own case on the portal: the fields that the policy sends them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.model.model import FieldKind
from keguan.runtime.access.formatting import formatted, scale_of
from keguan.runtime.access.shown import EMPTY, HIDDEN, Shown

if TYPE_CHECKING:
    from keguan.language.model.form import FormField
    from keguan.language.model.public import Public
    from keguan.runtime.access.form_sight import Filled

OF_THE_HOUSE = frozenset({FieldKind.STAFF, FieldKind.REFERENCE, FieldKind.PERIOD})
"""Kinds of fields that name somebody or something of the company's own lists."""


@dataclass(frozen=True, slots=True)
class PublicSight:
    """The sight of whoever holds a case's query code, through ``Exit.PORTAL``.

    No class is granted to them: a field is theirs because the process names it (网上答复), and it is neither sensitive
    nor a person or a record of the house. ``language`` is ``zh`` or ``en``.
    """

    public: Public
    language: str

    def show(self, form: str, field: FormField, filled: Filled) -> Shown:
        """What stands in a field of a form: plain, hidden or empty."""
        if (form, field.code) not in self.public.replies or field.sensitive or field.kind in OF_THE_HOUSE:
            return HIDDEN[self.language]
        if filled.sealed is not None:
            return HIDDEN[self.language]
        if filled.plain is None or filled.plain == "":
            return EMPTY
        value = filled.plain
        return Shown(formatted(field.kind, scale_of(field.type), value, self.language), "plain", value)
