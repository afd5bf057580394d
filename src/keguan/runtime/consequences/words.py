"""Measures and states in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keguan.language.model.consequence import Measure
from keguan.runtime.consequences.models import ProposalState

if TYPE_CHECKING:
    from django.utils.functional import Promise

MEASURES: dict[str, Promise] = {
    Measure.DEDUCT_POINTS: _("扣分"),
    Measure.ADD_POINTS: _("加分"),
    Measure.FINE: _("罚款"),
    Measure.BONUS: _("奖金"),
    Measure.COMPENSATE: _("补偿"),
    Measure.DEMOTE: _("降级"),
    Measure.PROMOTE: _("晋级"),
    Measure.SUSPEND: pgettext_lazy("a measure", "暂停"),
    Measure.TRAIN: _("培训"),
    Measure.WARN: pgettext_lazy("a measure", "警告"),
    Measure.NOTICE: pgettext_lazy("a measure", "通报"),
    Measure.COMMEND: _("表彰"),
    Measure.DISMISS: pgettext_lazy("a measure", "解除"),
}
STATES: dict[str, Promise] = {
    ProposalState.PROPOSED: pgettext_lazy("a consequence", "待批"),
    ProposalState.APPROVED: pgettext_lazy("a consequence", "生效"),
    ProposalState.REJECTED: pgettext_lazy("a consequence", "否决"),
    ProposalState.WITHDRAWN: pgettext_lazy("a consequence", "撤回"),
}


def measure_label(measure: str) -> Promise | str:
    """A measure in words; one of a newer program as its code."""
    return MEASURES.get(measure, measure)
