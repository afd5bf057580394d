"""Figures that blocks write in their cells: constants and parameters, and what they come to on a day."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from keguan.language.feel import parameters as parameters_of
from keguan.language.feel.typed import Binary, Literal, Negate, ParameterRef, Rescale
from keguan.language.feel.types import Number
from keguan.language.feel.walk import walk
from keguan.language.model.evaluate import Values, evaluate, parameters_on
from keguan.language.model.model import FieldKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from keguan.language.diagnostics.diagnostic import Entry
    from keguan.language.feel.typed import Typed
    from keguan.language.link.linking import Linking
    from keguan.language.markdown.document import Written
    from keguan.language.model.model import Parameter
    from keguan.language.model.values import Value

_CONSTANT = (Literal, ParameterRef, Rescale, Negate, Binary)


def constant(linking: Linking, record_type: str, written: Written, entry: Entry) -> Typed | None:
    """A number that no record has a part in; None after diagnostics (``entry``: when it is none)."""
    typed = linking.expression(record_type, written)
    if typed is None:
        return None
    if not isinstance(typed.type, Number) or not all(isinstance(part, _CONSTANT) for part in walk(typed)):
        linking.findings.add(entry, written.span, value=written.text)
        return None
    return typed


def is_share(linking: Linking, typed: Typed, text: str) -> bool:
    """Whether a figure is written as a percentage, or is a parameter that is one."""
    if "%" in text or "％" in text:
        return True
    return any(linking.parameters[code].kind is FieldKind.PERCENT for code in parameters_of(typed))


def snapshots(figures: Iterable[Typed], parameters: Mapping[str, Parameter]) -> Iterator[Mapping[str, Value]]:
    """The parameters that some figures read, on each day on which one of them changes; days on which one of them has no
    value are left out.
    """
    used = {code: parameters[code] for typed in figures for code in parameters_of(typed)}
    days = sorted({value.since for parameter in used.values() for value in parameter.values})
    for snapshot in [parameters_on(used, day) for day in days] or [dict.fromkeys(used)]:
        if None not in snapshot.values():
            yield snapshot


def figure(typed: Typed, parameters: Mapping[str, Value]) -> Decimal:
    """What a constant comes to, in ones (15 % is 0.15)."""
    value = evaluate(typed, Values(parameters=parameters))
    scale = typed.type.scale if isinstance(typed.type, Number) else 0
    return Decimal(value if isinstance(value, int) else 0).scaleb(-scale)


def percent(share: Decimal) -> str:
    """A share as people write it: 90%."""
    text = f"{share * 100:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"
