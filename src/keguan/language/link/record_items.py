"""What a record has — fields, facts and outcomes — by label and by code, for blocks that name one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.language.feel.types import Type
    from keguan.language.link.linking import Linking
    from keguan.language.model.model import FieldKind


@dataclass(frozen=True, slots=True)
class RecordItem:
    """A field, fact or outcome; ``stored`` is False for what is computed and cannot be written."""

    code: str
    kind: FieldKind
    type: Type
    information_class: str
    sensitive: bool = False
    stored: bool = False
    target: str | None = None


def record_items(linking: Linking, record_type: str) -> dict[str, RecordItem]:
    """Everything that a record of a type has."""
    found: dict[str, RecordItem] = {}
    for field in linking.records[record_type].fields:
        found[field.code] = found[field.label.zh] = RecordItem(
            field.code, field.kind, field.type, field.information_class, field.sensitive, True, field.target
        )
    for fact in linking.computed.facts[record_type]:
        found[fact.code] = found[fact.label.zh] = RecordItem(fact.code, fact.kind, fact.type, fact.information_class)
    for decision in linking.computed.decisions.values():
        if decision.record_type == record_type:
            for output in decision.outputs:
                found[output.code] = found[output.label.zh] = RecordItem(
                    output.code, output.kind, output.type, decision.information_class
                )
    return found


def title_class(linking: Linking, record_type: str) -> str:
    """The information class of what a record is called by: whoever sees it knows that the record exists."""
    record = linking.records[record_type]
    return next((field.information_class for field in record.fields if field.code == record.title), "")
