"""The choke point of what documents say of a record and of a case's forms: as whoever writes them may see it.

A document is written twice: masked, for whoever may read it, and where the policy means sensitive values to stand in it
whole, which is kept sealed and opened for a reason.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from keguan.language.feel.types import Number
from keguan.language.model.access import Permission
from keguan.language.model.classes import Display
from keguan.language.model.model import FieldKind
from keguan.runtime.access import crypto
from keguan.runtime.access.columns import display_of
from keguan.runtime.access.form_sight import open_form_value
from keguan.runtime.access.formatting import formatted, scale_of
from keguan.runtime.access.granted import guarded
from keguan.runtime.access.masks import STARS, Profile, mask, mask_of, on_paper
from keguan.runtime.access.sealed_columns import SealedColumn
from keguan.runtime.access.sealed_values import Value, from_text
from keguan.runtime.access.shown import HIDDEN
from keguan.runtime.access.viewer import place_of
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.feel.types import Type
    from keguan.language.model.form import FormField
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.form_sight import Filled, FormSight

_HIDDEN = HIDDEN["zh"].text
_CURRENCY = "¥"


@dataclass(frozen=True, slots=True)
class Said:
    """A value in a document: ``masked`` for its readers, ``whole`` as it is meant to stand there."""

    masked: str
    whole: str


NOTHING = Said("", "")


def said(text: str) -> Said:
    """What protects nobody."""
    return Said(text, text)


@dataclass(frozen=True, slots=True)
class DocumentText:
    """What one document may say. ``sight`` is that of whoever writes it, None when the system does: then the policy
    alone decides. ``discloses``: sensitive values are meant to stand in it; ``profile`` how the others are masked.
    """

    sight: FormSight | None
    discloses: bool
    profile: Profile = Profile.SCREEN

    def of_record(self, record_type: str, column: Column, row: Mapping[str, Any]) -> Said:
        """A field, fact or outcome of a record."""
        value = row[column.physical]
        permission = self._permission(record_type, column, row)
        if permission is Permission.NO:
            return said(_HIDDEN)
        if value is None or value == "":
            return NOTHING
        if column.display is Display.NEVER:
            return said(STARS)
        if permission is Permission.MASKED and not column.sensitive:
            return said(mask_of(column, value, self.profile))
        if not column.sensitive:
            return self._ordinary(column.kind, column.type, value)
        text = crypto.open_sealed(crypto.place(record_type, column.code), row["id"], value)
        return self._sensitive(column.kind, column.type, text)

    def of_form(self, form: str, field: FormField, filled: Filled, case_id: int) -> Said:
        """What stands in a field of a form."""
        own = self.sight is not None and not field.sensitive and filled.by == self.sight.viewer.staff_id
        permission = Permission.YES if own or self.sight is None else self.sight.permission(field)
        if permission is Permission.NO:
            return said(_HIDDEN)
        if not filled.empty and display_of(policies.current().model, field.information_class) is Display.NEVER:
            return said(STARS)
        if filled.sealed is not None:
            return self._sensitive(field.kind, field.type, open_form_value(form, field, case_id, filled.sealed))
        if permission is Permission.MASKED and not filled.empty and filled.plain is not None:
            plain = filled.plain
            return said(mask(field.kind, plain, self.profile) if isinstance(plain, str) else STARS)
        if filled.empty or filled.plain is None:
            return NOTHING
        return self._ordinary(field.kind, field.type, filled.plain)

    def computed(self, kind: FieldKind | None, value_type: Type, value: Value | None, classes: frozenset[str]) -> Said:
        """What an expression gives, which gives away these classes."""
        if not all(map(self._sees, classes)):
            return said(_HIDDEN)
        return NOTHING if value is None else said(worded(kind or _kind(value_type), value_type, value))

    def _permission(self, record_type: str, column: Column, row: Mapping[str, Any]) -> Permission:
        """How whoever writes the document sees a field of the record, as they would print it."""
        if self.sight is None:
            return Permission.YES
        if not guarded(self.sight.model, record_type):
            return Permission.YES if self._sees(column.information_class) else Permission.NO
        place = place_of(row) if "owner_id" in row else self.sight.place
        return replace(self.sight, place=place, record_type=record_type).permission(column)

    def _sees(self, information_class: str) -> bool:
        return self.sight is None or self.sight.sees_class(information_class)

    def _ordinary(self, kind: FieldKind, value_type: Type, value: Value) -> Said:
        text = worded(kind, value_type, value)
        return said(on_paper(kind, text) if self.profile is Profile.PAPER else text)

    def _sensitive(self, kind: FieldKind, value_type: Type, text: str) -> Said:
        covered = mask(kind, text, self.profile)
        return Said(
            covered,
            worded(kind, value_type, from_text(value_type, text))
            if self.discloses and self.profile is Profile.SCREEN
            else covered,
        )


def seal_document(case_id: int, task_id: int, document: str, text: str) -> bytes:
    """The whole text of a document, sealed for its case and step."""
    return crypto.seal(_where(document, task_id), case_id, text)


def open_document(case_id: int, task_id: int, document: str, sealed: bytes) -> str:
    """The whole text of a document; whoever calls writes the reason into the ledger. Raises ``crypto.Unsealable``."""
    return crypto.open_sealed(_where(document, task_id), case_id, sealed)


def worded(kind: FieldKind, value_type: Type, value: Value) -> str:
    """A value as a Chinese letter writes it: 2026年3月2日, amounts without the sign of the currency."""
    if isinstance(value, datetime):
        return f"{worded(kind, value_type, value.date())}{value:%H:%M}"
    if isinstance(value, date):
        return written_day(value)
    return formatted(kind, scale_of(value_type), value, "zh").replace(_CURRENCY, "")


def written_day(value: date) -> str:
    """A day as a Chinese letter writes it."""
    return f"{value.year}年{value.month}月{value.day}日"


def _kind(value_type: Type) -> FieldKind:
    return FieldKind.NUMBER if isinstance(value_type, Number) else FieldKind.TEXT


def _where(document: str, task_id: int) -> str:
    return crypto.place(f"case.document.{document}", str(task_id))


SEALED = SealedColumn(
    "processes_document",
    "sealed",
    lambda _id, reads: (_where(reads[0], reads[1]), reads[2]),
    reads=("document", "task_id", "case_id"),
)
"""Where the whole texts of letters lie."""
