"""Bringing values to a common or a wanted type: every conversion is made explicit here."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import fitting
from keguan.language.feel.arithmetic import scale_of
from keguan.language.feel.rounding import rescale
from keguan.language.feel.typed import Literal, Rescale
from keguan.language.feel.types import MAX_SCALE, Null, Number, Text, Type
from keguan.language.feel.words import type_values

if TYPE_CHECKING:
    from keguan.language.feel.context import Context
    from keguan.language.feel.typed import Typed
    from keguan.language.source import Span

LARGEST = 2**63 - 1
"""The largest number of units that every database can store."""


def convert(context: Context, typed: Typed, wanted: Type, span: Span) -> Typed | None:
    """``typed`` as a value of type ``wanted``, or None when it cannot be one (which is then reported)."""
    kind = typed.type
    if isinstance(kind, Null):
        return Literal(None, wanted)
    if isinstance(kind, Number) and isinstance(wanted, Number):
        return to_scale(context, typed, wanted.scale, span)
    if isinstance(kind, Text) and isinstance(wanted, Text):
        return typed if check_choice(context, typed, wanted, span) else None
    if type(kind) is type(wanted):
        return typed
    context.report(fitting.WRONG_TYPE, span, **type_values(expected=wanted, found=kind))
    return None


def to_scale(context: Context, typed: Typed, scale: int, span: Span) -> Typed | None:
    """A number in units of 10**-``scale``; a constant that would lose digits or does not fit is reported."""
    before = scale_of(typed)
    if before == scale:
        return typed
    if not isinstance(typed, Literal):
        return Rescale(typed, Number(scale))
    if typed.value is None:
        return Literal(None, Number(scale))
    units = int(typed.value)  # type: ignore[arg-type]
    shifted = rescale(units, scale - before)
    if rescale(shifted, before - scale) != units:
        written = decimal_text(units, before)
        return context.report(fitting.PRECISION_LOSS, span, value=written, places=str(scale))
    return literal_number(context, shifted, scale, span)


def literal_number(context: Context, units: int, scale: int, span: Span) -> Literal | None:
    """A numeric constant, unless it has too many decimals or is too large (which is then reported)."""
    if scale > MAX_SCALE:
        written = decimal_text(units, scale)
        context.report(fitting.PRECISION_LOSS, span, value=written, places=str(MAX_SCALE))
        return None
    if abs(units) > LARGEST:
        context.report(fitting.NUMBER_TOO_LARGE, span, value=decimal_text(units, scale))
        return None
    return Literal(units, Number(scale))


def common(left: Type, right: Type) -> Type | None:
    """The type that holds the values of both, or None."""
    if isinstance(left, Null):
        return right
    if isinstance(right, Null):
        return left
    if isinstance(left, Number) and isinstance(right, Number):
        return Number(max(left.scale, right.scale))
    if isinstance(left, Text) and isinstance(right, Text):
        return left if left == right else Text()
    return left if left == right else None


def check_choice(context: Context, typed: Typed, wanted: Text, span: Span) -> bool:
    """Whether ``typed``, if it is constant text, is one of the choices of ``wanted``; reported when it is not."""
    choices = wanted.choices
    if choices is None or not isinstance(typed, Literal) or typed.value is None or typed.value in choices:
        return True
    value = str(typed.value)
    close = difflib.get_close_matches(value, choices, n=1, cutoff=0.5)
    listed = "、".join(choices)
    if close:
        context.report(fitting.MISSPELT_CHOICE, span, value=value, suggestion=close[0], choices=listed)
    else:
        context.report(fitting.UNKNOWN_CHOICE, span, value=value, choices=listed)
    return False


def decimal_text(units: int, scale: int) -> str:
    """A scaled number as a person writes it."""
    if scale == 0:
        return str(units)
    digits = str(abs(units)).rjust(scale + 1, "0")
    return f"{'-' if units < 0 else ''}{digits[:-scale]}.{digits[-scale:]}"
