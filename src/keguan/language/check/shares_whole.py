"""The shares of an allocation are a whole, on every day on which one of them changes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import allocations as entries
from keguan.language.link.figures import figure, percent, snapshots

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject


def shares_whole(subject: Subject) -> None:
    """Report every allocation that shares out and whose shares do not add up to 100 %."""
    for allocation in subject.model.blocks.allocations.values():
        if allocation.claiming is not None:
            continue
        shares = [each.share for each in allocation.shares if each.share is not None]
        for parameters in snapshots(shares, subject.model.parameters):
            total = sum((figure(share, parameters) for share in shares), Decimal(0))
            if total != 1:
                values = {"label": allocation.label.zh, "sum": percent(total)}
                subject.findings.add(entries.SHARES_NOT_WHOLE, allocation.span, **values)
                break
