"""What shows that figures are watched: how those of a block stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.language.model.figure_state import FigureState
from keguan.runtime.metrics.models import WHOLE, Value
from keguan.runtime.policies.queries import Evidence, register_evidence

if TYPE_CHECKING:
    from keguan.language.model.model import Control, Model


def register() -> None:
    """Speak for metrics."""
    register_evidence("metric", _metric)


def _metric(model: Model, control: Control) -> tuple[Evidence, ...]:
    """How many of the block's figures missed their targets in the period that was worked out last. One query.

    It says how many, not which: whoever reads the policy need not be allowed to see the figures.
    """
    declared = model.blocks.metrics.get(control.code)
    if declared is None:
        return ()
    latest: dict[str, str] = {}
    values = Value.objects.filter(figure__in=[each.code for each in declared.figures], group=WHOLE)
    for figure, state in values.order_by("-period_start").values_list("figure", "state")[: 20 * len(declared.figures)]:
        latest.setdefault(figure, state)
    if not latest:
        return ()
    missed = sum(state == FigureState.MISSED for state in latest.values())
    counts = {"count": len(latest), "missed": missed}
    return (Evidence(_("%(count)s 项指标，%(missed)s 项未达标") % counts, len(latest)),)
