"""The built-in functions of FEEL, one file per group."""

from __future__ import annotations

from keguan.language.dmn.functions import (
    contexts,
    conversions,
    dates,
    figures,
    lists,
    numbers,
    ranges,
    regular,
    texts,
)
from keguan.language.dmn.types.function import Function

BUILT_IN: dict[str, Function] = {
    **texts.FUNCTIONS,
    **regular.FUNCTIONS,
    **numbers.FUNCTIONS,
    **lists.FUNCTIONS,
    **figures.FUNCTIONS,
    **dates.FUNCTIONS,
    **contexts.FUNCTIONS,
    **ranges.FUNCTIONS,
    **conversions.FUNCTIONS,
}
"""By name. ``now`` and ``today`` are a run's own (``dates.clock``)."""
