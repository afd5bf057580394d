"""DuckDB for the set-based benchmark."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.set_based_tables import Row, Steps
    from keguan.language.plan.statement import DialectName


class Duckdb:
    """A file, as an analyst keeps one."""

    dialect: DialectName = "duckdb"
    title = f"DuckDB {duckdb.__version__}"

    def __init__(self, path: Path) -> None:
        self._path = path
        self.connection = duckdb.connect(path)

    def execute(self, sql: str, values: dict[str, object] | None = None) -> int:
        """Run a statement."""
        found = self._run(sql, values or {}).fetchone()
        return int(found[0]) if found and isinstance(found[0], int) else 0

    def rows(self, sql: str, values: dict[str, object]) -> list[Row]:
        """Fetch everything."""
        return self._run(sql, values).fetchall()

    def columns(self, select: str, values: dict[str, object]) -> list[str]:
        """Ask without reading a row."""
        return [column[0] for column in self._run(f"SELECT * FROM ({select}) AS o LIMIT 0", values).description or ()]

    def load(self, table: str, columns: Sequence[str], rows: Iterator[Row]) -> None:
        """In bulk, by way of a file."""
        file = self._path.with_suffix(".csv")
        with file.open("w", encoding="utf-8", newline="") as written:
            csv.writer(written).writerows(rows)
        self.connection.execute(f"COPY \"{table}\" ({', '.join(columns)}) FROM '{file}' (HEADER false)")
        file.unlink()

    def settle(self) -> None:
        """Write everything to the file."""
        self.connection.execute("CHECKPOINT")

    def begin(self) -> None:
        """Start a transaction."""
        self.connection.execute("BEGIN")

    def rollback(self) -> None:
        """Undo it."""
        self.connection.execute("ROLLBACK")
        self.connection.execute("CHECKPOINT")

    def commit(self, steps: Steps, values: dict[str, object]) -> None:
        """All or nothing."""
        self.begin()
        for step in steps:
            self.execute(step, values)
        self.connection.execute("COMMIT")

    def close(self) -> None:
        """Leave nothing behind."""
        self.connection.close()

    def _run(self, sql: str, values: dict[str, Any]) -> duckdb.DuckDBPyConnection:
        used = {name: value for name, value in values.items() if f"%({name})s" in sql}
        return self.connection.execute(sql % {name: f"${name}" for name in used}, used)
