"""Pools for whoever claims from them: what waits there, as far as it may be seen before it is claimed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from keguan.language.model.naming import LARGEST_ID
from keguan.runtime import clock
from keguan.runtime.access.columns import columns
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.pool_sight import pool_sight
from keguan.runtime.allocations.actions.runs import declared
from keguan.runtime.allocations.models import Claim, ClaimEnd
from keguan.runtime.allocations.pooling import Standing, later, pools, standing
from keguan.runtime.allocations.queries.overview import shares_out
from keguan.runtime.allocations.reading import rows_where
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.classes import attribute, rows_of
from keguan.runtime.records.shown_rows import Names, physical_columns, shown_rows

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.language.model.allocation import Allocation
    from keguan.language.model.model import ClauseRef, Model
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Viewer

PAGE = 30
MOST_COLUMNS = 5


@dataclass(frozen=True, slots=True)
class PoolCard:
    """A pool from which the viewer may claim; ``refusal``: why not now."""

    code: str
    label: str
    record_type: str
    record_label: str
    clause: ClauseRef
    standing: Standing
    rows: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class PoolRow:
    """A record that waits, as it may be seen before it is claimed."""

    id: int
    row: int
    title: Shown
    cells: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class PoolPage:
    """What waits in a pool, newest first; ``after`` continues the list, 0 at its end."""

    card: PoolCard
    columns: tuple[Column, ...]
    rows: tuple[PoolRow, ...]
    after: int


@dataclass(frozen=True, slots=True)
class Taken:
    """A record that the viewer has from a pool; ``back_on``: when it goes back without follow-up, None for never."""

    id: int
    title: Shown
    at: datetime
    row: str
    back_on: str


def claims(viewer: Viewer) -> bool:
    """Whether pools are in the viewer's menu: one is open to their roles or to people with a record of their own, or
    they share out. No query but the policy in force.
    """
    found = pools(policies.current().model)
    return bool(found) and (shares_out(viewer) or any(each.role is None or each.role in viewer.roles for each in found))


def pool_cards(viewer: Viewer) -> tuple[PoolCard, ...]:
    """The pools that are open to the viewer, and all for whoever shares out. A few queries a pool."""
    model = policies.current().model
    cards = (_card(viewer, model, each) for each in pools(model))
    return tuple(card for card in cards if not card.standing.barred or shares_out(viewer))


def pool_page(viewer: Viewer, code: str, row: int = 0, after: int = 0, size: int = PAGE) -> PoolPage:
    """A page of a pool, of one of its rows or of all. Raises ``Refused``."""
    model = policies.current().model
    pool = declared(model, code)
    if pool.claiming is None:
        raise Refused("allocations.no_pool", _("这不是可以认领的公海。"))
    card = _card(viewer, model, pool)
    if card.standing.barred and not shares_out(viewer):
        raise Refused("allocations.claim_refused", card.standing.barred)
    if not 0 <= after <= LARGEST_ID:
        raise Refused("allocations.place", _("这个翻页位置已经失效，请回到第一页。"))
    where = "r.owner_id IS NULL" + (f" AND r.id < {int(after)}" if after else "")
    found = rows_where(model, pool, clock.today(), where, row=row, limit=size + 1)
    numbers = dict(found[:size])
    shown, rows = _shown(viewer, model, pool, numbers)
    return PoolPage(card, shown, rows, found[size - 1][0] if len(found) > size else 0)


def taken(viewer: Viewer, code: str, size: int = PAGE) -> tuple[Taken, ...]:
    """What the viewer has from a pool, the newest first. Four queries."""
    model = policies.current().model
    pool = declared(model, code)
    claims = Claim.objects.filter(allocation=code, staff_id=viewer.staff_id or 0, end=ClaimEnd.NO).order_by("-id")[
        :size
    ]
    mine = {each.record_id: each for each in claims}
    rows = _rows(model, pool.record_type, list(mine), ())
    titles = {each.id: each.title for each in shown_rows(viewer, model, pool.record_type, rows, (), Exit.POOL)}
    back = _back(model, pool, list(titles))
    names = {each.number: each.name for each in pool.shares}
    return tuple(
        Taken(record_id, titles[record_id], each.at, names.get(each.row, ""), back.get(record_id, ""))
        for record_id, each in mine.items()
        if record_id in titles
    )


def _back(model: Model, pool: Allocation, ids: list[int]) -> dict[int, str]:
    """When these go back: so long after the last follow-up, or after they were claimed."""
    if not ids or pool.claiming is None or pool.claiming.followed is None:
        return {}
    lengths = {each.number: each.recycle for each in pool.shares if each.recycle is not None}
    listed = ", ".join(map(str, ids))
    since = {
        record_id: clock.local(at).date()
        for record_id, at in Claim.objects.filter(
            record_type=pool.record_type, record_id__in=ids, end=ClaimEnd.NO
        ).values_list("record_id", "at")
    }
    found = {}
    for record_id, row, followed in rows_where(
        model, pool, clock.today(), f"r.id IN ({listed})", asked=("v.followed",)
    ):
        length = lengths.get(row)
        if length is not None:
            last = clock.today().fromisoformat(followed) if isinstance(followed, str) else followed
            found[record_id] = later(max(filter(None, (last, since.get(record_id)))), length).isoformat()
    return found


def _card(viewer: Viewer, model: Model, pool: Allocation) -> PoolCard:
    return PoolCard(
        pool.code,
        pool.label.text(viewer.language),
        pool.record_type,
        model.record_types[pool.record_type].label.text(viewer.language),
        pool.clause,
        standing(model, pool, viewer.staff_id),
        tuple((each.number, each.name) for each in pool.shares),
    )


def _shown(
    viewer: Viewer, model: Model, pool: Allocation, numbers: dict[int, int]
) -> tuple[tuple[Column, ...], tuple[PoolRow, ...]]:
    sight, codes = pool_sight(viewer, model, pool)
    title = model.record_types[pool.record_type].title
    rows = _rows(model, pool.record_type, list(numbers), codes)
    names = Names(model)
    names.learn([(sight.columns, rows)])
    told = []
    for row in sorted(rows, key=lambda each: -each["id"]):
        cells = sight.show(row, names.related)
        told.append(PoolRow(row["id"], numbers[row["id"]], cells[title], tuple(cells[code] for code in codes)))
    known = columns(model, pool.record_type)
    return tuple(known[code] for code in codes), tuple(told)


def _rows(model: Model, record_type: str, ids: list[int], codes: tuple[str, ...]) -> list[dict[str, Any]]:
    names = physical_columns(model, record_type, codes)
    found = rows_of(model, record_type).filter(id__in=ids).values_list(*map(attribute, names))
    return [dict(zip(names, row, strict=True)) for row in found]
