"""A customer on the page of a pool: somebody's already, so a pool shows no more of it than any other page."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.db import connection

from keguan.language.model.allocation import Allocation, Claiming, Method, Share, ShareOf
from keguan.runtime.access.pool_sight import pool_sight
from keguan.runtime.policies.queries import current
from keguan.runtime.records.shown_rows import Names, physical_columns

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """Every column that a page of the pool shows, and every other that it could, of the customer as it is stored."""
    model = _with_pool(current().model)
    pool = model.blocks.allocations["leak_pool"]
    sight, _codes = pool_sight(person.viewer, model, pool)
    whole = type(sight)(person.viewer, "customer", sight.through, None, model)
    names = physical_columns(model, "customer", tuple(column.code for column in whole.columns))
    quoted = ", ".join(map(connection.ops.quote_name, names))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {quoted} FROM rec_customer WHERE id = %s", [world.customer])
        row = dict(zip(names, cursor.fetchone(), strict=True))
    known = Names(model)
    known.learn([(whole.columns, [row])])
    return repr([sight.show(row, known.related), whole.show(row, known.related)])


def _with_pool(model: Model) -> Model:
    """The policy with a pool of customers that hides the class 联系 until they are claimed."""
    declared = model.record_types["customer"]
    hidden = frozenset(each.code for each in declared.fields if each.information_class == "联系")
    pool = Allocation(
        code="leak_pool",
        label=declared.label,
        record_type="customer",
        pool=None,
        recipient_type=None,
        role="salesperson",
        method=Method.CLAIM,
        score=None,
        excluded=None,
        capacity=None,
        matches=(),
        frequency=None,
        share_of=ShareOf.KINDS,
        shares=(Share(1, "全部", None, None, None, None, declared.span),),
        clause=declared.clause,
        span=declared.span,
        claiming=Claiming(hidden),
    )
    return replace(model, blocks=replace(model.blocks, allocations=MappingProxyType({"leak_pool": pool})))
