"""Remember what is derived from a model for as long as the model is in use."""

from __future__ import annotations

from collections import OrderedDict
from functools import wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.language.model.model import Model

T = TypeVar("T")

_MODELS = 8
"""Models remembered at once: the one in force, drafts being tried, and a few earlier ones being explained."""


def per_model(make: Callable[[Model, str], T]) -> Callable[[Model, str], T]:
    """Cache ``make(model, record type)``. Models are known by identity and held, so that an id is never reused."""
    made: OrderedDict[int, tuple[Model, dict[str, T]]] = OrderedDict()

    @wraps(make)
    def cached(model: Model, record_type: str) -> T:
        kept = made.get(id(model))
        if kept is None:
            kept = made[id(model)] = (model, {})
            if len(made) > _MODELS:
                made.popitem(last=False)
        by_type = kept[1]
        if record_type not in by_type:
            by_type[record_type] = make(model, record_type)
        return by_type[record_type]

    return cached
