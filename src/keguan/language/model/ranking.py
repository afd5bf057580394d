"""The order of a decision's rows by what they give: the order in which its outputs' choices are declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.typed import Literal
from keguan.language.feel.types import Text

if TYPE_CHECKING:
    from keguan.language.model.model import Decision, Rule


def ranked(decision: Decision) -> tuple[Rule, ...]:
    """The rows, those first whose results stand first in the choices of their outputs; row order among equals.

    Outputs are looked at in their order, those without declared choices left out; an empty result stands last.
    """
    return tuple(sorted(decision.rules, key=lambda rule: rank(decision, rule)))


def rank(decision: Decision, rule: Rule) -> tuple[int, ...]:
    """Where a row's results stand in the choices of their outputs: the smaller, the earlier."""
    places = []
    for output, result in zip(decision.outputs, rule.results, strict=True):
        if isinstance(output.type, Text) and output.type.choices is not None:
            value = result.value if isinstance(result, Literal) else None
            choices = output.type.choices
            places.append(choices.index(value) if isinstance(value, str) else len(choices))
    return tuple(places)
