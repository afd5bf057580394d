"""What shows that an allocation is alive: what was shared out, what was claimed, what went back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.allocations.models import Claim, ClaimEnd, Run, RunState
from keguan.runtime.policies.queries import Evidence, register_evidence

if TYPE_CHECKING:
    from django.db.models import Model as DjangoModel
    from django.db.models import QuerySet

    from keguan.language.model.model import Control, Model

CAP = 1_000
"""Counts stop here, so that they cost the same on any table."""


def register() -> None:
    """Speak for allocations."""
    register_evidence("allocation", _allocation)


def _allocation(model: Model, control: Control) -> tuple[Evidence, ...]:
    found = model.blocks.allocations.get(control.code)
    if found is None:
        return ()
    if found.claiming is not None:
        claims = Claim.objects.filter(allocation=found.code)
        return (
            _counted(_("认领 %(count)s 次"), claims),
            _counted(_("收回 %(count)s 份"), claims.filter(end=ClaimEnd.RECYCLED)),
        )
    runs = Run.objects.filter(allocation=found.code)
    return (
        _counted(_("分配 %(count)s 次"), runs.filter(state=RunState.DONE)),
        _counted(_("在办分配 %(count)s 次"), runs.exclude(state__in=_OVER)),
    )


_OVER = (RunState.DONE, RunState.REFUSED, RunState.WITHDRAWN)


def _counted(sentence: str, rows: QuerySet[DjangoModel]) -> Evidence:
    count = rows.order_by().values("id")[: CAP + 1].count()
    shown = f"{CAP:,}+" if count > CAP else f"{count:,}"
    return Evidence(sentence % {"count": shown}, min(count, CAP), capped=count > CAP)
