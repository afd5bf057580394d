"""指标 metric: figures over the whole base, with the target each has to meet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from keguan.language.feel.types import DATE

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.model.actors import Party
    from keguan.language.model.model import ClauseRef, FieldKind, Label
    from keguan.language.model.timing import Frequency
    from keguan.language.source import Span

PERIOD = {"period_start": ("期初", DATE), "period_end": ("期末", DATE)}
"""What a formula can read beside records and parameters: the first and the last day of the period it is worked out for.
They are ``ParameterRef`` in the typed tree; whoever runs a figure gives them a value like a parameter's.
"""


def period_values(start: date, end: date) -> dict[str, date]:
    """The values of ``PERIOD`` for a period from ``start`` to ``end``, both days included."""
    return {"period_start": start, "period_end": end}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure and its target.

    ``expression`` is over the whole base: it has no ``FieldRef`` of its own, and an ``Aggregate`` in it has an empty
    ``via``, which means every record of the type ``child`` (not those that refer to some record). ``target`` and
    ``warning`` are Booleans over ``InputRef(0)``, the figure; None sets no target. Null meets no target.
    """

    code: str
    label: Label
    kind: FieldKind | None  # how the figure is shown; None: as a plain number
    type: Type
    expression: Typed
    text: str  # the formula as written
    target: Typed | None
    target_text: str
    warning: Typed | None  # 预警: short of the target, but not yet alarming
    warning_text: str
    period: Frequency
    responsible: tuple[Party, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric block."""

    code: str
    label: Label
    figures: tuple[Figure, ...]
    information_class: str
    clause: ClauseRef
    span: Span
