"""The choke point of what is filled into the forms of cases: the same classes and masks as for records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.language.model.access import Permission, Right
from keguan.language.model.form import FormField
from keguan.language.model.model import RowScope
from keguan.runtime.access import crypto
from keguan.runtime.access.columns import columns, display_of
from keguan.runtime.access.disclosure import reading_of
from keguan.runtime.access.exits import ORACLES, SILENT, Exit
from keguan.runtime.access.formatting import formatted, scale_of
from keguan.runtime.access.granted import GENEROUS, capped, granted, guarded
from keguan.runtime.access.masks import mask_shown
from keguan.runtime.access.present import reference
from keguan.runtime.access.sealed_columns import SealedColumn
from keguan.runtime.access.sealed_values import Value, as_text, from_text
from keguan.runtime.access.shown import EMPTY, HIDDEN, Shown
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.model import Model
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.present import Related
    from keguan.runtime.access.viewer import Grant, Place, Viewer


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in one field of a form: a plain value, or a sealed one. ``by`` is the person who put it there; None
    when the system did.
    """

    plain: Value | None = None
    sealed: bytes | None = None
    by: int | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return self.sealed is None and (self.plain is None or self.plain == "")


@dataclass(frozen=True, slots=True)
class FormSight:
    """One viewer's sight of the forms of one case.

    ``place`` is the case's. ``given`` says that the case was put into the viewer's hands (a share in it, or they began
    it): then it is within their reach wherever it is. What they see of it is still bounded by the classes of their
    roles, but for what they have written themselves and is not sensitive. ``model`` is the policy in force,
    ``record_type`` the type of the record that the case is about.
    """

    viewer: Viewer
    case_id: int
    place: Place
    given: bool
    through: Exit
    model: Model
    record_type: str = ""

    def sees(self, field: FormField | Column) -> bool:
        """Whether the viewer may see what stands in the field, masked perhaps."""
        if field.sensitive and (self.through in ORACLES or self.through is Exit.LEDGER):
            return False
        return self.permission(field) is not Permission.NO

    def permission(self, field: FormField | Column, right: Right = Right.SEE) -> Permission:
        """How the viewer may see what stands in the field. What a form takes from a record (取自) or carries into it
        (存入) is protected as it is there, once the record type has an access block.
        """
        code = self._of_record(field)
        if self.through in SILENT:
            return Permission.NO
        if code is not None:
            return self._on_record(self.record_type, code, right)
        given = self._reveals if right is Right.REVEAL else self.sees_class
        found = Permission.YES if given(field.information_class) else Permission.NO
        return capped(found, right, display_of(self.model, field.information_class))

    def sees_class(self, told: str) -> bool:
        """Whether the viewer may see what the case holds of a class, or a reading (``disclosure``)."""
        if self.through in SILENT:
            return False
        reading = reading_of(told)
        if reading is not None:
            known = columns(self.model, reading[0]) if reading[0] in self.model.record_types else {}
            return reading[1] in known and self._on_record(*reading, Right.SEE) is Permission.YES
        return any(grant.sees(told) and (self.given or grant.covers(self.place)) for grant in self.viewer.grants)

    def _of_record(self, field: FormField | Column) -> str | None:
        """The field of the record that protects this one; None where its class does."""
        if not self.record_type or not guarded(self.model, self.record_type):
            return None
        known = columns(self.model, self.record_type)
        codes = (field.source, field.target) if isinstance(field, FormField) else (field.code,)
        return next((code for code in codes if code is not None and code in known), None)

    def _on_record(self, record_type: str, code: str, right: Right) -> Permission:
        """As ``rights.permission``, with the case's hands counting as reach."""
        column = columns(self.model, record_type)[code]
        given = granted(self.viewer, self.model, record_type)
        covering = [each for each in given if each.holds(self.place) and (self.given or each.covers(self.place))]
        if right is Right.REVEAL:
            covering = [each for each in covering if self._within_reveal(each.grant)]
        return max((each.gives(right, column) for each in covering), key=GENEROUS.index, default=Permission.NO)

    def _within_reveal(self, grant: Grant) -> bool:
        return grant.reveals(self.place) or (self.given and grant.reveal is not RowScope.NONE)

    def reveals(self, field: FormField) -> bool:
        """Whether the viewer may ask to see a sensitive value in full."""
        return field.sensitive and self.permission(field, Right.REVEAL) is Permission.YES

    def reveals_class(self, told: str) -> bool:
        """Whether the viewer may ask to see what is sensitive of a class, or of a reading, in full."""
        reading = reading_of(told)
        if reading is None:
            return self._reveals(told)
        known = columns(self.model, reading[0]) if reading[0] in self.model.record_types else {}
        return reading[1] in known and self._on_record(*reading, Right.REVEAL) is Permission.YES

    def _reveals(self, information_class: str) -> bool:
        return any(grant.sees(information_class) and self._within_reveal(grant) for grant in self.viewer.grants)

    def show(self, form: str, field: FormField, filled: Filled, related: Related) -> Shown:
        """What stands in a field of a form: plain, masked, hidden or empty. Raises ``crypto.Unsealable``."""
        own = not field.sensitive and filled.by is not None and filled.by == self.viewer.staff_id
        if not self.sees(field) and not (own and self.through not in SILENT):
            return HIDDEN[self.viewer.language]
        if filled.empty:
            return EMPTY
        if filled.sealed is not None:
            return self._masked(field, open_form_value(form, field, self.case_id, filled.sealed))
        if not own and self.permission(field) is Permission.MASKED:
            return self._masked(field, filled.plain)
        return self._plain(field, filled.plain, related)

    def _masked(self, field: FormField, value: object) -> Shown:
        return Shown(mask_shown(field.kind, display_of(self.model, field.information_class), value), "masked")

    def _plain(self, field: FormField, value: Value | None, related: Related) -> Shown:
        if value is None:
            return EMPTY
        if field.refers_to is not None and isinstance(value, int):
            return reference(self.viewer, self.model, field.refers_to, value, self.through, related)
        return Shown(formatted(field.kind, scale_of(field.type), value, self.viewer.language), "plain", value)

    def revealed(self, form: str, field: FormField, filled: Filled) -> str:
        """A sensitive value in full; whoever calls writes the reason into the ledger. Raises ``Refused``."""
        if not field.sensitive:
            raise Refused("reveal.field", _("这一项不是加密保存的信息，无须查看原文。"))
        if not self.reveals(field):
            raise Refused("reveal.scope", _("这份档案的原文不在您的原文范围内。确有需要时，请联系本部门负责人。"))
        if filled.sealed is None:
            return ""
        value = from_text(field.type, open_form_value(form, field, self.case_id, filled.sealed))
        return formatted(field.kind, scale_of(field.type), value, self.viewer.language)


def present_form(
    sight: FormSight, form: str, fields: Mapping[str, FormField], values: Mapping[str, Filled], related: Related
) -> dict[str, Shown]:
    """Every one of these fields of a form as the viewer may see it."""
    return {code: sight.show(form, field, values.get(code, Filled()), related) for code, field in fields.items()}


def sealed(form: str, field: FormField, case_id: int, value: Value) -> bytes:
    """A sensitive value of a form, sealed for its case, form and field. Raises ``KeyringError``."""
    return crypto.seal(where(form, field.code), case_id, as_text(value))


def open_form_value(form: str, field: FormField, case_id: int, stored: bytes) -> str:
    """The text in a sealed value of a form. Raises ``crypto.Unsealable``.

    Called by nothing but ``access`` and what carries a form's value into its record; a house test holds the list.
    """
    return crypto.open_sealed(where(form, field.code), case_id, stored)


def carried(
    record_type: str, code: str, record_id: int, stored: bytes, form: str, field: FormField, case_id: int
) -> bytes:
    """A record's sealed value, sealed anew for a field of a form (取自): in clear it is nowhere but here."""
    text = crypto.open_sealed(crypto.place(record_type, code), record_id, stored)
    return crypto.seal(where(form, field.code), case_id, text)


def where(form: str, field: str) -> str:
    """The name under which a form's field is sealed; no record's has two dots."""
    return crypto.place(f"case.{form}", field)


SEALED = SealedColumn(
    "processes_value",
    "sealed",
    lambda _id, reads: (where(reads[0], reads[1]), reads[2]),
    reads=("form", "field", "case_id"),
)
"""Where what is filled into the forms of cases lies."""
