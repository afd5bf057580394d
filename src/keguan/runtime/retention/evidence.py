"""What shows that retention is alive: what is due, what waits in batches, and what was destroyed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime import clock
from keguan.runtime.policies.queries import Evidence, register_evidence
from keguan.runtime.retention.models import Batch, BatchState, Disposed, Standing

if TYPE_CHECKING:
    from django.db.models import Model as DjangoModel
    from django.db.models import QuerySet

    from keguan.language.model.model import Control, Model

CAP = 1_000
"""Counts stop here, so that they cost the same on any table."""


def register() -> None:
    """Speak for retention."""
    register_evidence("retention", _retention)


def _retention(model: Model, control: Control) -> tuple[Evidence, ...]:
    found = model.blocks.retentions.get(control.code)
    if found is None:
        return ()
    keys = [f"{found.code}.{term.number}" for term in found.terms]
    due = Standing.objects.filter(
        record_type=found.record_type, term__in=keys, due_on__lte=clock.today(), disposed=Disposed.NOTHING
    )
    batches = Batch.objects.filter(retention=found.code)
    open_ = batches.exclude(state__in=(BatchState.DONE, BatchState.REFUSED, BatchState.WITHDRAWN))
    return (
        _counted(_("期满 %(count)s 份"), due),
        _counted(_("在办批次 %(count)s 个"), open_),
        _counted(_("已处理批次 %(count)s 个"), batches.filter(state=BatchState.DONE)),
    )


def _counted(sentence: str, rows: QuerySet[DjangoModel]) -> Evidence:
    count = rows.order_by().values("id")[: CAP + 1].count()
    shown = f"{CAP:,}+" if count > CAP else f"{count:,}"
    return Evidence(sentence % {"count": shown}, min(count, CAP), capped=count > CAP)
