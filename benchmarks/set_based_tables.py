"""The databases of the set-based benchmark, and the generated customers in them."""

from __future__ import annotations

import os
import random
import sqlite3
from typing import TYPE_CHECKING, Any, Protocol, cast

import psycopg

from keguan.language.feel.types import TEXT, Boolean, Date, Number
from keguan.language.model.naming import by_table_column, history_table, record_table, trail_column
from keguan.language.plan import register
from keguan.language.plan.storage import stored_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from keguan.language.feel.types import Type
    from keguan.language.model.model import Decision, Model
    from keguan.language.plan.statement import DialectName

Steps = list[str]
Row = tuple[Any, ...]
SCHEMA = f"keguan_set_based_{os.getpid()}"
TABLES = ("customer", "purchase_contract", "attendance")
INDEXES = ("purchase_contract", "attendance")
FIELDS = {
    "customer": ("id", "name", "intends", "field_influence", "company_influence", "public_office", "leads_others"),
    "purchase_contract": ("id", "customer_id", "contract_number", "amount", "contract_status", "property_kind"),
    "attendance": ("id", "customer_id", "attendance_kind"),
}
STATUSES = ("履行中", "已完成", "已完成", "已解除")
KINDS = ("独立别墅", "同类型物业", "洋房", "洋房", "公寓", "公寓", "公寓", "商铺", "车位")


class Database(Protocol):
    """What the benchmark asks of an engine."""

    dialect: DialectName
    title: str

    def execute(self, sql: str, values: dict[str, object] | None = None) -> int:
        """Run a statement; the number of rows it touched."""

    def rows(self, sql: str, values: dict[str, object]) -> list[Row]:
        """All rows of a query."""

    def columns(self, select: str, values: dict[str, object]) -> list[str]:
        """The names of a query's columns."""

    def load(self, table: str, columns: Sequence[str], rows: Iterator[Row]) -> None:
        """Put generated rows into a table."""

    def settle(self) -> None:
        """Bring the engine to rest after bulk changes."""

    def begin(self) -> None:
        """Start a transaction."""

    def rollback(self) -> None:
        """Undo it."""

    def commit(self, steps: Steps, values: dict[str, object]) -> None:
        """Run statements in one transaction that stays."""

    def close(self) -> None:
        """Remove the tables."""


class Sqlite:
    """A file in WAL mode, as the product runs it."""

    dialect: DialectName = "sqlite"
    title = f"SQLite {sqlite3.sqlite_version}"

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = NORMAL")
        register(self.connection)

    def execute(self, sql: str, values: dict[str, object] | None = None) -> int:
        """Run a statement."""
        return self._run(sql, values or {}).rowcount

    def rows(self, sql: str, values: dict[str, object]) -> list[Row]:
        """Fetch everything."""
        return self._run(sql, values).fetchall()

    def columns(self, select: str, values: dict[str, object]) -> list[str]:
        """Ask without reading a row."""
        return [column[0] for column in self._run(f"SELECT * FROM ({select}) AS o LIMIT 0", values).description]

    def load(self, table: str, columns: Sequence[str], rows: Iterator[Row]) -> None:
        """In bulk."""
        self.begin()
        places = ", ".join("?" * len(columns))
        self.connection.executemany(f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES ({places})', rows)
        self.connection.execute("COMMIT")

    def settle(self) -> None:
        """Statistics, and a small log."""
        self.connection.execute("ANALYZE")
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def begin(self) -> None:
        """Start a transaction."""
        self.connection.execute("BEGIN IMMEDIATE")

    def rollback(self) -> None:
        """Undo it, and leave nothing behind that the next round would pay for."""
        self.connection.execute("ROLLBACK")
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def commit(self, steps: Steps, values: dict[str, object]) -> None:
        """All or nothing."""
        self.begin()
        for step in steps:
            self.execute(step, values)
        self.connection.execute("COMMIT")

    def close(self) -> None:
        """Leave nothing behind."""
        self.connection.close()

    def _run(self, sql: str, values: dict[str, object]) -> sqlite3.Cursor:
        return self.connection.execute(sql % {name: f":{name}" for name in values}, cast("dict[str, Any]", values))


class Postgres:
    """A schema of its own on the server that the environment names."""

    dialect: DialectName = "postgresql"

    def __init__(self, address: str) -> None:
        self.connection = psycopg.connect(address, autocommit=True, cursor_factory=psycopg.ClientCursor)
        self.title = f"PostgreSQL {self.connection.info.server_version // 10000}"
        self.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        self.execute(f"CREATE SCHEMA {SCHEMA}")
        self.execute(f"SET search_path = {SCHEMA}")

    @classmethod
    def named(cls) -> Postgres | None:
        """The server of ``KEGUAN_TEST_DATABASE_URL``, if that is one."""
        address = os.environ.get("KEGUAN_TEST_DATABASE_URL", "")
        return cls(address) if address.startswith("postgres") else None

    def execute(self, sql: str, values: dict[str, object] | None = None) -> int:
        """Run a statement."""
        return self.connection.execute(cast("Any", sql), values).rowcount

    def rows(self, sql: str, values: dict[str, object]) -> list[Row]:
        """Fetch everything."""
        return self.connection.execute(cast("Any", sql), values).fetchall()

    def columns(self, select: str, values: dict[str, object]) -> list[str]:
        """Ask without reading a row."""
        cursor = self.connection.execute(cast("Any", f"SELECT * FROM ({select}) AS o LIMIT 0"), values)
        return [column.name for column in cursor.description or ()]

    def load(self, table: str, columns: Sequence[str], rows: Iterator[Row]) -> None:
        """In bulk."""
        text = f'COPY "{table}" ({", ".join(columns)}) FROM STDIN'
        with self.connection.cursor().copy(cast("Any", text)) as copy:
            for row in rows:
                copy.write_row(row)

    def settle(self) -> None:
        """Statistics, and a small log."""
        for table in (*map(record_table, TABLES), history_table("customer_grade")):
            self.execute(f'ALTER TABLE "{table}" SET (autovacuum_enabled = off)')
            self.execute(f'VACUUM ANALYZE "{table}"')

    def begin(self) -> None:
        """Start a transaction."""
        self.execute("BEGIN")

    def rollback(self) -> None:
        """Undo it, and leave nothing behind that the next round would pay for."""
        self.execute("ROLLBACK")
        for table in (record_table("customer"), history_table("customer_grade")):
            self.execute(f'VACUUM "{table}"')
        self.execute("CHECKPOINT")

    def commit(self, steps: Steps, values: dict[str, object]) -> None:
        """All or nothing."""
        self.begin()
        for step in steps:
            self.execute(step, values)
        self.execute("COMMIT")

    def close(self) -> None:
        """Leave nothing behind."""
        self.execute(f"DROP SCHEMA {SCHEMA} CASCADE")
        self.connection.close()


def fill(database: Database, model: Model, customers: int) -> int:
    """Make the tables and generate the same customers for every engine; the number of contracts."""
    for code in TABLES:
        create(database, record_table(code), stored_columns(model, code), key=True)
    create(database, history_table("customer_grade"), history(model.decisions["customer_grade"]), key=False)
    roll = random.Random(25)
    database.load(record_table("customer"), FIELDS["customer"], people(roll, customers))
    contracts = customers * 14 // 10
    database.load(record_table("purchase_contract"), FIELDS["purchase_contract"], deals(roll, customers, contracts))
    database.load(record_table("attendance"), FIELDS["attendance"], visits(roll, customers, customers // 2))
    for code in INDEXES:
        database.execute(f"CREATE INDEX by_customer_{code} ON {record_table(code)} (customer_id)")
    database.settle()
    return contracts


def people(roll: random.Random, customers: int) -> Iterator[Row]:
    """Customers; two answers in five are not known."""
    answers = (None, None, False, False, True) if customers else ()
    field = (None, None, None, "一般", "一般", "较大", "重大")
    company = (None, None, None, None, "一般", "一般", "有一定影响")
    for number in range(1, customers + 1):
        known = roll.choice(answers), roll.choice(field), roll.choice(company)
        yield number, f"客户{number}", *known, roll.choice(answers), roll.choice(answers)


def deals(roll: random.Random, customers: int, contracts: int) -> Iterator[Row]:
    """Contracts at random customers, from 200,000 to 60,000,000 yuan, most of them small."""
    for number in range(1, contracts + 1):
        amount = int(20_000_000 * 300 ** (roll.random() ** 3))
        yield number, roll.randint(1, customers), f"HT-{number}", amount, roll.choice(STATUSES), roll.choice(KINDS)


def visits(roll: random.Random, customers: int, attendances: int) -> Iterator[Row]:
    """Attendances at random customers."""
    return ((number, roll.randint(1, customers), "参加") for number in range(1, attendances + 1))


def create(database: Database, name: str, columns: dict[str, Type] | Any, *, key: bool) -> None:
    """Make a table."""
    declared = [f'"{code}" {declare(type_, database.dialect)}' for code, type_ in columns.items()]
    if key:
        declared[0] += " PRIMARY KEY"
    database.execute(f'CREATE TABLE "{name}" ({", ".join(declared)})')


def declare(type_: Type, dialect: DialectName) -> str:
    """A column type as Django declares it on the engine."""
    if isinstance(type_, Number):
        return "integer" if dialect == "sqlite" else "bigint"
    if isinstance(type_, Boolean):
        return "bool"
    return "date" if isinstance(type_, Date) else "text"


def history(decision: Decision) -> dict[str, Type]:
    """The columns of a decision's history."""
    columns: dict[str, Type] = {"record_id": Number(0), "decided_at": TEXT, "decided_on": Date()}
    columns |= {"publication_id": Number(0), "rule": Number(0)}
    columns |= {f"out_{output.code}": output.type for output in decision.outputs}
    columns |= {f"was_{output.code}": output.type for output in decision.outputs}
    for cut in decision.cuts:
        columns[by_table_column(cut.output)] = columns[trail_column(cut.quota)] = TEXT
        columns |= {key.code: key.type for key in (cut.group, cut.order) if key is not None}
    return columns | {f"in_{n}": each.expression.type for n, each in enumerate(decision.inputs)}
