"""The databases that the tests run the emitter's SQL on, with one small face for all."""

from __future__ import annotations

import csv
import os
import sqlite3
import tempfile
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import psycopg
import pytest

from keguan.language.feel.stamps import CODES
from keguan.language.feel.types import TEXT, Boolean, Date, DateTime, Number, Time
from keguan.language.model.naming import by_table_column, history_table, record_table, trail_column
from keguan.language.plan import register
from keguan.language.plan.context import DIALECTS
from keguan.language.plan.parameters import stored
from keguan.language.plan.storage import stored_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from keguan.language.feel.types import Type
    from keguan.language.model.model import Decision, Model
    from keguan.language.plan.statement import DialectName, Value

ADDRESS = os.environ.get("KEGUAN_TEST_DATABASE_URL", "")

READ: dict[type[Type], Callable[[Any], Any]] = {
    Boolean: bool,
    Date: date.fromisoformat,
    Time: time.fromisoformat,
    DateTime: datetime.fromisoformat,
}
"""How SQLite's values become those of the language."""


class Engine:
    """A connection and the tables of a model."""

    def __init__(self, dialect: DialectName, connection: Any) -> None:
        self.dialect = dialect
        self.connection = connection
        self.cursor = connection.cursor()

    def execute(self, sql: str, parameters: Mapping[str, Value] | None = None) -> None:
        """Run a statement with pyformat places."""
        values = dict(parameters or {})
        if self.dialect == "postgresql":
            self.cursor.execute(sql, values)
            return
        sign = ":" if self.dialect == "sqlite" else "$"
        used = {name: value for name, value in values.items() if f"%({name})s" in sql}
        self.cursor.execute(sql % {name: f"{sign}{name}" for name in used}, used)

    def rows(self, sql: str, parameters: Mapping[str, Value] | None = None) -> list[tuple[Any, ...]]:
        """The rows of a query, as the driver gives them."""
        self.execute(sql, parameters)
        return self.cursor.fetchall()

    def create(self, model: Model) -> None:
        """Make the tables of a model's records and histories, temporary where the server is shared."""
        for code in model.record_types:
            self.table(record_table(code), stored_columns(model, code))
            if self.dialect == "postgresql":  # as the runtime keeps them
                changes = ", ".join(f'ALTER "{each}" TYPE timestamp with time zone' for each in sorted(CODES))
                self.execute(f'ALTER TABLE "{record_table(code)}" {changes}')
        for decision in model.decisions.values():
            self.table(history_table(decision.code), _history(decision))

    def table(self, name: str, columns: Mapping[str, Type]) -> None:
        """Make one table, with ``id`` as its key if it has one."""
        dialect = DIALECTS[self.dialect]
        declared = [f'"{code}" {dialect.sql_type(None, type_)}' for code, type_ in columns.items()]  # type: ignore[arg-type]
        declared = [each.replace('"id" bigint', '"id" bigint PRIMARY KEY') for each in declared]
        declared = [each.replace('"id" integer', '"id" integer PRIMARY KEY') for each in declared]
        self.execute(f'CREATE TEMPORARY TABLE "{name}" ({", ".join(declared)})')

    def insert(self, record_type: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
        """Put rows into a record type's table."""
        place = "%s" if self.dialect == "postgresql" else "?"
        names, places = ", ".join(f'"{c}"' for c in columns), ", ".join([place] * len(columns))
        sql = f'INSERT INTO "{record_table(record_type)}" ({names}) VALUES ({places})'
        made = [[stored(value, self.dialect) for value in row] for row in rows]
        if made:
            self.cursor.executemany(sql, made)

    def load(self, record_type: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
        """Put very many rows into a record type's table, numbered if they have no id."""
        if columns[0] != "id":
            columns, rows = ("id", *columns), [(number, *row) for number, row in enumerate(rows)]
        table, names = record_table(record_type), ", ".join(f'"{c}"' for c in columns)
        if self.dialect == "sqlite":
            self.cursor.execute("BEGIN")
            places = ", ".join("?" * len(columns))
            self.cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)
            self.cursor.execute("COMMIT")
            return
        if self.dialect == "duckdb":
            with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".csv") as file:
                csv.writer(file).writerows(rows)
                file.flush()
                self.cursor.execute(f"COPY \"{table}\" ({names}) FROM '{Path(file.name)}' (HEADER false)")
            return
        with self.cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)

    def read(self, value: Any, type_: Type) -> Value:
        """A value of a result as the language knows it."""
        if value is None or self.dialect != "sqlite":
            return value
        read = READ.get(type(type_))
        return value if read is None else read(value)


def _history(decision: Decision) -> dict[str, Type]:
    columns: dict[str, Type] = {"record_id": Number(0), "decided_at": TEXT, "decided_on": Date()}
    columns |= {"publication_id": Number(0), "rule": stored_rule(decision)}
    columns |= {f"out_{output.code}": output.type for output in decision.outputs}
    columns |= {f"was_{output.code}": output.type for output in decision.outputs}
    columns |= {f"in_{n}": each.expression.type for n, each in enumerate(decision.inputs)}
    for cut in decision.cuts:
        columns[by_table_column(cut.output)] = TEXT
        columns |= {key.code: key.type for key in (cut.group, cut.order) if key is not None}
        columns[trail_column(cut.quota)] = TEXT
    return columns


def stored_rule(decision: Decision) -> Type:
    """The type of a decision's rule column."""
    return TEXT if decision.hit.collects else Number(0)


def open_engine(dialect: str) -> Engine:
    """A fresh SQLite or DuckDB in memory, or a connection to the PostgreSQL of ``KEGUAN_TEST_DATABASE_URL``."""
    if dialect == "sqlite":
        connection = sqlite3.connect(":memory:", isolation_level=None)
        register(connection)
        return Engine("sqlite", connection)
    if dialect == "duckdb":
        return Engine("duckdb", duckdb.connect())
    if not ADDRESS.startswith("postgres"):
        pytest.skip("KEGUAN_TEST_DATABASE_URL names no PostgreSQL")
    return Engine("postgresql", psycopg.connect(ADDRESS, autocommit=True))
