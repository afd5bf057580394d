"""All facts and decisions of a record type as one SELECT."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from keguan.language.plan.context import Context, Cutting, make_context
from keguan.language.plan.layers import ID, Key, Layers, Stored
from keguan.language.plan.lowering import lower

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from keguan.language.feel.types import Type
    from keguan.language.model.model import Model
    from keguan.language.plan.statement import Column, DialectName, Value


AFFECTED = "SELECT id FROM affected"
"""The ids to which a computation with ``only`` is restricted."""


@dataclass(frozen=True)
class Computation:
    """``select`` gives ``id`` and then ``columns``, one row for each record (or each affected record).

    ``parameters`` are the values for its places. Booleans come back from SQLite as 0 and 1 and dates as ISO text.
    """

    model: Model
    record_type: str
    dialect: DialectName
    today: date
    only: bool
    columns: tuple[Column, ...]
    _context: Context
    _layers: Layers

    @cached_property
    def select(self) -> str:
        """Written when somebody asks: whoever stores a computation writes a statement of its own."""
        return self._layers.select({"id": ID, **{column.name: column.name for column in self.columns}})

    @property
    def parameters(self) -> Mapping[str, Value]:
        """By the name of the place."""
        return self._context.parameters.values if self.select else {}


def computation(
    model: Model, record_type: str, dialect: DialectName, *, today: date, only: bool = False
) -> Computation:
    """Compute everything for a record type from its stored fields and its children's stored columns.

    Children's facts are read as stored: run the types in ``model.computation_order``. ``only`` restricts the
    computation, and the reading of child records, to the ids in the temporary table ``affected(id)``.
    Raises ``KeyError`` for an unknown record type.
    """
    cutting = Cutting.SOME if only else Cutting.ALL
    context = make_context(model, dialect, today, None, nested_select, cutting=cutting)
    layers, columns = computed_layers(context, record_type, AFFECTED if only else "")
    return Computation(model, record_type, dialect, today, only, columns, context, layers)


def computed_layers(context: Context, record_type: str, ids: str = "") -> tuple[Layers, tuple[Column, ...]]:
    """The layers of a record type, of the records that the query ``ids`` gives (empty: of all), and the columns they
    can give. Raises ``KeyError`` for an unknown record type.
    """
    model = context.storage.model
    lowered = lower(model, model.record_types[record_type].code, context.today, context.cutting)
    return Layers(context, record_type, lowered.definitions, ids), lowered.columns


def nested_select(context: Context, record_type: str, columns: Mapping[str, Type], ids: str = "") -> str:
    """Columns of a record type by code, computed where they are computed and stored where they are stored."""
    layers, computed = computed_layers(context, record_type, ids)
    names = {column.name for column in computed}
    wanted: dict[str, Key] = {code: code if code in names else Stored(code, type_) for code, type_ in columns.items()}
    return layers.select(wanted)
