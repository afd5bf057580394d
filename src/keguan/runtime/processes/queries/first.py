"""The first of several ordered selections together, each read no further than it has to be.

A selection that is one range of one index gives its first rows without sorting; a condition that joins several with
"or" would have to sort all of them. So each is limited by itself, and the few rows that are left are put in order here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model, QuerySet


def first_ids(branches: Iterable[QuerySet[Any]], limit: int) -> frozenset[int]:
    """The ids of the first ``limit`` rows of each selection, which is ordered already. One query, none for nothing."""
    parts: list[str] = []
    params: list[Any] = []
    for branch in branches:
        try:
            sql, bound = branch.values("pk")[:limit].query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT * FROM ({sql}) AS b{len(parts)}")
        params += bound
    if not parts:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        return frozenset(row[0] for row in cursor.fetchall())


def first_rows(model: type[Model], branches: Iterable[QuerySet[Any]], limit: int, *related: str) -> list[Any]:
    """These rows with what they refer to, in no order. Two queries, one for nothing."""
    ids = first_ids(branches, limit)
    if not ids:
        return []
    return list(model._default_manager.filter(pk__in=ids).select_related(*related))  # noqa: SLF001 - documented by Django
