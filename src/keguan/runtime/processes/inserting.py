"""Storing one new row by hand: made by Django, the statement takes longer than all the rest of a move by the clock."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from django.db.models import Field, Model


def insert(row: Model) -> None:
    """As ``row.save(force_insert=True)``, in a third of its time; the row knows its id afterwards."""
    statement, fields = _statement(type(row), connection.vendor)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - what Django's own save sets


@lru_cache(maxsize=16)
def _statement(model: type[Model], vendor: str) -> tuple[str, tuple[Field[object, object], ...]]:
    """The statement for rows of a kind on this sort of database, and the fields in its order."""
    del vendor  # quoting is its own
    quote, meta = connection.ops.quote_name, model._meta  # noqa: SLF001 - documented by Django
    fields = tuple(field for field in meta.local_concrete_fields if not field.primary_key)
    names = ", ".join(quote(field.column or "") for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(meta.db_table)} ({names}) VALUES ({marks}) RETURNING id", fields
