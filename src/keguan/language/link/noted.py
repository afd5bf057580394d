"""The fields into which an allocation writes who got a record, when, and how often it was given away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.allocation import ALLOCATION
from keguan.language.diagnostics.catalogue import allocations as entries
from keguan.language.model.allocation import Noted
from keguan.language.model.kinds import FieldKind

if TYPE_CHECKING:
    from keguan.language.blocks.allocation import AllocationDeclaration
    from keguan.language.link.linking import Linking
    from keguan.language.model.model import Field


def noted(linking: Linking, declaration: AllocationDeclaration, record_type: str, people: str | None) -> Noted:
    """The fields by code; one that does not fit is reported and left out."""
    found = {}
    for key, written in declaration.noted.items():
        fields = linking.records[record_type].fields
        field = next((each for each in fields if written.text in (each.code, each.label.zh)), None)
        if field is not None and not field.sensitive and _holds(key, field, people):
            found[key] = field.code
            continue
        line = next(each for each in ALLOCATION.headers if each.key == key)
        linking.findings.add(entries.NOTED_FORM, written.span, name=written.text, key=line.zh, key_en=line.en)
    return Noted(found.get("recipient_in"), found.get("date_in"), found.get("times_in"))


def _holds(key: str, field: Field, people: str | None) -> bool:
    if key == "date_in":
        return field.kind is FieldKind.DATE
    if key == "times_in":
        return field.kind is FieldKind.INTEGER
    if people is None:
        return field.kind is FieldKind.STAFF
    return field.kind is FieldKind.REFERENCE and field.target == people
