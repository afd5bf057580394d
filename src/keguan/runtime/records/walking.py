"""Keeping SQLite to the list's order when a table is walked.

Without statistics SQLite trusts any index on a condition to leave few rows, takes it, and sorts hundreds of thousands
of them. A ``+`` before the column takes the index out of its sight. PostgreSQL knows its columns and is left to plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import F, Field, Func, Q

if TYPE_CHECKING:
    from django.db.models import Model as DjangoModel


def without_index(table: type[DjangoModel], condition: Q) -> Q:
    """The same condition, not to be answered from an index on SQLite."""
    if connection.vendor != "sqlite":
        return condition
    children = [_child(table, child) for child in condition.children]
    return Q(*children, _connector=condition.connector, _negated=condition.negated)


def _child(table: type[DjangoModel], child: Any) -> Any:
    if isinstance(child, Q):
        return without_index(table, child)
    if not isinstance(child, tuple):
        return child
    name, _, lookup = child[0].partition("__")
    if name in ("pk", "id"):
        return child
    field = table._meta.get_field(name)  # noqa: SLF001 - documented by Django
    found = field.get_lookup(lookup or "exact") if isinstance(field, Field) else None
    if not isinstance(field, Field) or found is None:
        raise LookupError(f"{child[0]} cannot be tested without its index")
    return found(Func(F(name), template="+%(expressions)s", output_field=field), child[1])
