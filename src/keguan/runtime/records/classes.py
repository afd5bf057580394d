"""Django model classes for the record tables of a model, for queries only: nothing is ever saved through them.

Each model has a registry of its own (registering one name twice in the global one is unsafe), and a policy's column
``x`` is the attribute ``c_x``, so that no code can shadow a part of Django.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps.registry import Apps
from django.db import models

from keguan.language.model.naming import record_table, token_table
from keguan.runtime.access.columns import ATTRIBUTE
from keguan.runtime.access.per_model import per_model
from keguan.runtime.records.layout import SYSTEM, Physical, Storage, record_columns
from keguan.runtime.records.local_moments import LocalMoment

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from keguan.language.model.model import Model

_FIELDS: dict[Storage, type[models.Field[Any, Any]]] = {
    Storage.TEXT: models.TextField,
    Storage.WHOLE: models.BigIntegerField,
    Storage.SMALL: models.IntegerField,
    Storage.YES_NO: models.BooleanField,
    Storage.DAY: models.DateField,
    Storage.CLOCK: models.TimeField,
    Storage.LOCAL: LocalMoment,
    Storage.MOMENT: models.DateTimeField,
    Storage.SEALED: models.BinaryField,
}
_SYSTEM = frozenset(column.name for column in SYSTEM) | {"id"}


def attribute(column: str) -> str:
    """The attribute of the class for a physical column."""
    return column if column in _SYSTEM else f"{ATTRIBUTE}{column}"


@per_model
def record_class(model: Model, record_type: str) -> type[models.Model]:
    """The class of a record table. Raises ``KeyError`` for an unknown record type."""
    fields: dict[str, Any] = {"id": models.BigIntegerField(primary_key=True)}
    for column in record_columns(model, record_type):
        fields[attribute(column.name)] = _field(column)
    return _class(record_table(record_type), fields)


def rows_of(model: Model, record_type: str) -> QuerySet[models.Model]:
    """All rows of a record table. Raises ``KeyError`` for an unknown record type."""
    return record_class(model, record_type)._default_manager.all()  # noqa: SLF001 - a built class has no typed manager


def token_rows(model: Model, record_type: str) -> QuerySet[models.Model]:
    """All rows of a token table."""
    return token_class(model, record_type)._default_manager.all()  # noqa: SLF001 - as above


@per_model
def token_class(model: Model, record_type: str) -> type[models.Model]:
    """The class of a token table. Its key is given as ``record_id`` alone, which suffices for reading."""
    del model
    fields = {"token": models.BigIntegerField(), "record_id": models.BigIntegerField(primary_key=True)}
    return _class(token_table(record_type), fields)


def _field(column: Physical) -> models.Field[Any, Any]:
    return _FIELDS[column.storage](db_column=column.name, null=not column.required)


def _class(table: str, fields: dict[str, Any]) -> type[models.Model]:
    registry = Apps()
    meta = type("Meta", (), {"db_table": table, "managed": False, "app_label": "records", "apps": registry})
    return type(table, (models.Model,), {**fields, "Meta": meta, "__module__": __name__})
