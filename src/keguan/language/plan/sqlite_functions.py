"""The SQL function that SQLite needs from us: integers beyond 64 bits, and division that rounds half-even."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.plan import exact
from keguan.language.plan.magnitude import LARGEST, STORED

if TYPE_CHECKING:
    import sqlite3


def register(connection: sqlite3.Connection) -> None:
    """Give a raw SQLite connection ``keguan_exact(program, …)``. To be done once for each new connection.

    The function fails, and with it the statement, when its result does not fit into 64 bits.
    """
    connection.create_function("keguan_exact", -1, _exact, deterministic=True)


def _exact(program: str, *arguments: int | None) -> int | None:
    result = exact.run(program, arguments)
    if result is not None and not -STORED <= result <= LARGEST:
        raise ArithmeticError(f"{result} does not fit into 64 bits")
    return result
