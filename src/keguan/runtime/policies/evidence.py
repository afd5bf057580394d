"""What shows that a control is alive: figures that other folders register by the kind of block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.language.model.model import Control, Model


@dataclass(frozen=True, slots=True)
class Evidence:
    """One figure about a control: a whole sentence for people, and the figure itself. ``count`` is at least this many
    when ``capped``.
    """

    sentence: str
    count: int
    capped: bool = False


_sources: dict[str, Callable[[Model, Control], tuple[Evidence, ...]]] = {}


def register_evidence(kind: str, source: Callable[[Model, Control], tuple[Evidence, ...]]) -> None:
    """Let ``source`` speak for controls of this kind (``decision`` …). It must cost the same on any table."""
    _sources[kind] = source


def evidence_of(model: Model, control: Control) -> tuple[Evidence, ...]:
    """The evidence of one control; none where nobody speaks for its kind."""
    source = _sources.get(control.kind)
    return () if source is None else source(model, control)
