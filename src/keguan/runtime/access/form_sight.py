"""The choke point of what is filled into the forms of cases: the same classes and masks as for records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.language.model.model import RowScope
from keguan.runtime.access import crypto
from keguan.runtime.access.exits import ORACLES, SILENT, Exit
from keguan.runtime.access.formatting import formatted, scale_of
from keguan.runtime.access.masks import mask
from keguan.runtime.access.present import reference
from keguan.runtime.access.sealed_values import Value, as_text, from_text
from keguan.runtime.access.shown import EMPTY, HIDDEN, Shown
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.form import FormField
    from keguan.language.model.model import Model
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.present import Related
    from keguan.runtime.access.viewer import Place, Viewer


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
    roles, but for what they have written themselves and is not sensitive. ``model`` is the policy in force.
    """

    viewer: Viewer
    case_id: int
    place: Place
    given: bool
    through: Exit
    model: Model

    def sees(self, field: FormField | Column) -> bool:
        """Whether the viewer may see what stands in the field."""
        if field.sensitive and (self.through in ORACLES or self.through is Exit.LEDGER):
            return False
        return self.sees_class(field.information_class)

    def sees_class(self, information_class: str) -> bool:
        """Whether the viewer may see what the case holds of a class."""
        return self.through not in SILENT and any(
            grant.sees(information_class) and (self.given or grant.covers(self.place)) for grant in self.viewer.grants
        )

    def reveals(self, field: FormField) -> bool:
        """Whether the viewer may ask to see a sensitive value in full."""
        return field.sensitive and self.reveals_class(field.information_class)

    def reveals_class(self, information_class: str) -> bool:
        """Whether the viewer may ask to see what is sensitive of a class in full."""
        return any(
            grant.sees(information_class)
            and (grant.reveals(self.place) or (self.given and grant.reveal is not RowScope.NONE))
            for grant in self.viewer.grants
        )

    def show(self, form: str, field: FormField, filled: Filled, related: Related) -> Shown:
        """What stands in a field of a form: plain, masked, hidden or empty. Raises ``crypto.Unsealable``."""
        own = not field.sensitive and filled.by is not None and filled.by == self.viewer.staff_id
        if not self.sees(field) and not (own and self.through not in SILENT):
            return HIDDEN[self.viewer.language]
        if filled.empty:
            return EMPTY
        if filled.sealed is not None:
            return Shown(mask(field.kind, open_form_value(form, field, self.case_id, filled.sealed)), "masked")
        value = filled.plain
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
