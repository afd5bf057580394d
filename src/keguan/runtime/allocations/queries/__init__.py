"""What may be asked about allocations, their runs, and pools."""

from __future__ import annotations

from keguan.runtime.allocations.queries.overview import AllocationCard, RunCard, overview, shares_out
from keguan.runtime.allocations.queries.pools import (
    PoolCard,
    PoolPage,
    PoolRow,
    Taken,
    claims,
    pool_cards,
    pool_page,
    taken,
)
from keguan.runtime.allocations.queries.runs import PAGE as LINES
from keguan.runtime.allocations.queries.runs import LineCard, RecipientCard, RunView, line_page, recipients, run_view

__all__ = [
    "LINES",
    "AllocationCard",
    "LineCard",
    "PoolCard",
    "PoolPage",
    "PoolRow",
    "RecipientCard",
    "RunCard",
    "RunView",
    "Taken",
    "claims",
    "line_page",
    "overview",
    "pool_cards",
    "pool_page",
    "recipients",
    "run_view",
    "shares_out",
    "taken",
]
