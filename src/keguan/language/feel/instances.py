"""``value instance of type``: the type is known already, only whether there is a value is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import reach
from keguan.language.feel.logic import is_null
from keguan.language.feel.shapes import single
from keguan.language.feel.typed import Literal, Not
from keguan.language.feel.types import (
    BOOLEAN,
    Attachment,
    Boolean,
    Date,
    DateTime,
    DayDuration,
    MonthDuration,
    Null,
    Number,
    Staff,
    Text,
    Time,
)

if TYPE_CHECKING:
    from keguan.language.feel import nodes
    from keguan.language.feel.context import Context
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type

_NAMES: dict[type[Type], tuple[str, ...]] = {
    Number: ("number", "数字"),
    Text: ("string", "文本"),
    Boolean: ("boolean", "是否"),
    Date: ("date", "日期"),
    Time: ("time", "时间"),
    DateTime: ("date and time", "日期时间"),
    DayDuration: ("days and time duration", "时长"),
    MonthDuration: ("years and months duration", "年月时长"),
    Staff: ("staff", "人员"),
    Attachment: ("attachment", "附件"),
    Null: ("Null", "null", "空"),
}
_TYPES = {name: kind for kind, names in _NAMES.items() for name in names}
_ANY = "Any"


def instance(context: Context, node: nodes.InstanceNode) -> Typed | None:
    """Whether the value is of the type; null is of none but ``Null``."""
    value = single(context, context.shape(node.value), node.value.span)
    if value is None:
        return None
    if node.type not in _TYPES and node.type != _ANY:
        known = "、".join(names[0] for names in _NAMES.values())
        return context.report(reach.UNKNOWN_TYPE, node.span, name=node.type, known=known)
    if _TYPES.get(node.type) is Null:
        return is_null(value)
    fits = node.type == _ANY or isinstance(value.type, _TYPES[node.type])
    return Not(is_null(value)) if fits else Literal(False, BOOLEAN)
