"""The choke point of what customers answer: the classes of the questions, at the place of what was asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.access import crypto
from keguan.runtime.access.formatting import formatted, scale_of
from keguan.runtime.access.masks import mask
from keguan.runtime.access.rights import sees
from keguan.runtime.access.sealed_columns import SealedColumn
from keguan.runtime.access.sealed_values import as_text
from keguan.runtime.access.shown import EMPTY, HIDDEN, Shown

if TYPE_CHECKING:
    from keguan.language.model.form import FormField
    from keguan.runtime.access.form_sight import Filled
    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.access.viewer import Place, Viewer


def seal_answer(survey: str, field: str, invitation_id: int, value: Value) -> bytes:
    """A free or sensitive answer, sealed for its invitation. Raises ``KeyringError``."""
    return crypto.seal(_where(survey, field), invitation_id, as_text(value))


def shown_answer(
    viewer: Viewer, survey: str, field: FormField, invitation_id: int, place: Place, filled: Filled
) -> Shown:
    """An answer as the viewer may see it (``Exit.SURVEY``): plain, masked, hidden or empty.

    Raises ``crypto.Unsealable``.
    """
    if not sees(viewer, (field.information_class,), place):
        return HIDDEN[viewer.language]
    if filled.sealed is not None:
        text = crypto.open_sealed(_where(survey, field.code), invitation_id, filled.sealed)
        return Shown(mask(field.kind, text), "masked") if field.sensitive else Shown(text, "plain", text)
    if filled.plain is None or filled.plain == "":
        return EMPTY
    return Shown(formatted(field.kind, scale_of(field.type), filled.plain, viewer.language), "plain", filled.plain)


def _where(survey: str, field: str) -> str:
    """The name under which an answer is sealed; no record's has two dots."""
    return crypto.place(f"survey.{survey}", field)


SEALED = SealedColumn(
    "surveys_reply",
    "sealed",
    lambda _id, reads: (_where(reads[0], reads[1]), reads[2]),
    reads=("survey", "field", "invitation_id"),
)
"""Where answers lie."""
