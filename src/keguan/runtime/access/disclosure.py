"""What an expression gives away, for explanations and conditions.

It is told as information classes, and as *readings* (which field of which type) where a class alone does not say
whether a value may be seen: for a record type with an access block or a pool that hides something, and for a class that
is masked whoever looks. Both are texts, so that they can be kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.stamps import CODES
from keguan.language.feel.typed import Aggregate, FieldRef, OuterRef, ParentRef
from keguan.language.feel.walk import parts, way
from keguan.language.model.classes import Display
from keguan.runtime.access.columns import columns, display_of
from keguan.runtime.access.granted import guarded
from keguan.runtime.access.viewer import READING

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Decision, Model


def disclosed(model: Model, record_type: str, code: str) -> str:
    """What a field, fact or outcome gives away: its class, or itself where its type has an access block.

    Raises ``KeyError``.
    """
    column = columns(model, record_type)[code]
    by_class = not guarded(model, record_type) and column.display is Display.AS_GRANTED
    return column.information_class if by_class else f"{READING}{record_type}.{code}"


def disclosed_by(model: Model, decision: Decision) -> frozenset[str]:
    """What the outcome of a decision gives away."""
    as_granted = display_of(model, decision.information_class) is Display.AS_GRANTED
    if not guarded(model, decision.record_type) and as_granted:
        return frozenset({decision.information_class})
    return frozenset(f"{READING}{decision.record_type}.{output.code}" for output in decision.outputs)


def _of_code(model: Model, record_type: str, code: str) -> frozenset[str]:
    """What a code gives away; the day on which a record was filed or changed, to those who see the record, nothing."""
    return frozenset() if code in CODES else frozenset({disclosed(model, record_type, code)})


def reading_of(told: str) -> tuple[str, str] | None:
    """The record type and code of a reading; None for an information class."""
    if not told.startswith(READING):
        return None
    record_type, _, code = told.removeprefix(READING).partition(".")
    return record_type, code


def classes_of(model: Model, record_type: str, expression: Typed, outer: str = "") -> frozenset[str]:
    """What everything gives away that the expression reads, of the record, of its children and of what they refer to;
    in a figure over children also what it reads of the record, which is then of type ``outer``.
    """
    if isinstance(expression, FieldRef | OuterRef):
        read = outer if isinstance(expression, OuterRef) else record_type
        return _of_code(model, read, expression.code)
    if isinstance(expression, ParentRef):
        begins = outer if expression.outer else record_type
        found = (_of_code(model, each, code) for each, code in way(begins, expression))
        return frozenset[str]().union(*found)
    if isinstance(expression, Aggregate):
        via = disclosed(model, expression.child, expression.via)
        inner = [part for part in (expression.where, expression.value) if part is not None]
        return frozenset({via}).union(*(classes_of(model, expression.child, part, record_type) for part in inner))
    return frozenset[str]().union(*(classes_of(model, record_type, part, outer) for part in parts(expression)))
