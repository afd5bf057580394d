"""What the emitter hands out: SQL texts with pyformat-named places (``%(name)s``) and the values for them.

For a driver that writes places otherwise, ``sql % {name: ":" + name, …}`` (SQLite) or ``"$" + name`` (DuckDB, which
wants no value for a place that a text does not have) makes them; ``%%`` in the text stands for one percent sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.feel.types import Type

Value = int | str | bool | date | time | datetime | None
DialectName = Literal["sqlite", "postgresql", "duckdb"]


class ColumnKind(StrEnum):
    """What a column of a computation holds."""

    FACT = "fact"
    OUTPUT = "output"
    RULE = "rule"
    INPUT = "input"
    TABLE = "table"  # the outcome by the table, where quotas cut what counts
    TRAIL = "trail"  # the bounds of a quota that the record came to


@dataclass(frozen=True, slots=True)
class Column:
    """A computed column. ``decision`` is the decision's code, None for facts.

    Facts, outputs, rules and outcomes by the table have a column of the same name on the record's table; inputs are
    named ``in_<decision>_<position from 0>`` and are, like trails, kept in the decision's history only.
    """

    name: str
    type: Type
    kind: ColumnKind
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL statement and the values of its parameters, ready for ``cursor.execute(sql, parameters)``."""

    sql: str
    parameters: Mapping[str, Value]
