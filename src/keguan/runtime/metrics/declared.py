"""The figures that a policy declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.metric import Figure, Metric
    from keguan.language.model.model import Model


def declared_figures(model: Model) -> Mapping[str, tuple[Metric, Figure]]:
    """Every figure with the block it stands in, by its code, in the order of the policy."""
    return {each.code: (metric, each) for metric in model.blocks.metrics.values() for each in metric.figures}
