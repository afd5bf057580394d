"""What a figure is grouped by, as it is written → the model's grouping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import metrics as entries
from keguan.language.feel import children
from keguan.language.feel.scope import ReferenceName
from keguan.language.feel.typed import FieldRef
from keguan.language.feel.types import Boolean, Number, Staff, Text
from keguan.language.model.metric import GroupBy, Grouping

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.link.linking import Linking
    from keguan.language.markdown.document import Written

PLACES = {
    "记录负责人": GroupBy.OWNER,
    "部门": GroupBy.UNIT,
    "owner": GroupBy.OWNER,
    "unit": GroupBy.UNIT,
}
"""What groups by whom a record belongs to; a field of that name comes first."""

_IDS = Number(0)


def grouping(linking: Linking, label: str, written: Written, expression: Typed) -> Grouping | None:
    """What ``written`` groups the records by that a figure's expression reads; None after a diagnostic."""
    types = tuple(dict.fromkeys(each.child for each in children(expression)))
    if len(types) != 1:
        if types:
            shown = "、".join(linking.records[each].label.zh for each in types)
            linking.findings.add(entries.GROUP_TYPES, written.span, label=label, types=shown)
        return None
    record_type = types[0]
    scope = linking.scopes.inside(record_type)
    own, _, after = written.text.partition(".")
    name = after if after and own in scope.own_names else written.text
    meaning = scope.find(name)
    if isinstance(meaning, ReferenceName):
        value = FieldRef(meaning.via, _IDS)
        return Grouping(GroupBy.RECORD, record_type, value, meaning.record_type, written.text)
    if meaning is None and name.lower() in PLACES:
        return Grouping(PLACES[name.lower()], record_type, None, None, written.text)
    typed = linking.expression(record_type, written)
    if typed is None:
        return None
    if not _tells_apart(typed.type):
        linking.findings.add(entries.GROUP_VALUE, written.span, value=written.text)
        return None
    by = GroupBy.STAFF if isinstance(typed.type, Staff) else GroupBy.VALUE
    return Grouping(by, record_type, typed, None, written.text)


def _tells_apart(type_: Type) -> bool:
    """Whether there are few enough values of a type, and none that an author could not know of."""
    return isinstance(type_, Boolean | Staff) or (isinstance(type_, Text) and type_.choices is not None)
