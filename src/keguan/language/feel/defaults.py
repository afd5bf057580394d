"""``with default``: a value, or another one where it is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import fitting
from keguan.language.feel.conversion import common, convert
from keguan.language.feel.logic import is_null
from keguan.language.feel.typed import If, Literal
from keguan.language.feel.words import type_values

if TYPE_CHECKING:
    from keguan.language.feel.context import Context
    from keguan.language.feel.scalars import Arguments
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type


def with_default(context: Context, arguments: Arguments, wanted: Type | None) -> Typed | None:
    """The first of two arguments of one type, the second where the first is null."""
    value, other = (context.value(each, wanted) for each in arguments)
    if value is None or other is None:
        return None
    kind = common(value.type, other.type)
    if kind is None:
        kinds = type_values(expected=value.type, found=other.type)
        return context.report(fitting.WRONG_TYPE, arguments[1].span, **kinds)
    first = convert(context, value, kind, arguments[0].span)
    second = convert(context, other, kind, arguments[1].span)
    if first is None or second is None:
        return None
    if isinstance(first, Literal):
        return second if first.value is None else first
    return If(is_null(first), second, first, kind)
