"""SQL for DuckDB: much as for PostgreSQL, with 128-bit integers (``HUGEINT``) where 64 bits might not do.

A step of a calculation that leaves 128 bits too is an error of the engine, as a result is that leaves 64.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from keguan.language.feel.stamps import AHEAD
from keguan.language.plan.duckdb_calls import TEMPLATES
from keguan.language.plan.postgresql import Postgresql

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.plan.calls import Templates
    from keguan.language.plan.statement import DialectName


class Duckdb(Postgresql):
    """The DuckDB dialect."""

    name: ClassVar[DialectName] = "duckdb"
    fence: ClassVar[str] = ""
    temporary: ClassVar[str] = "temp"
    templates: ClassVar[Templates] = TEMPLATES
    wide: ClassVar[str] = "hugeint"
    short: ClassVar[int] = 120
    """Equal expressions of one row are computed once anyway, and names cost more than that."""

    @staticmethod
    def local_moment(text: str) -> str:
        """Moments are kept there in UTC, without a zone."""
        return f"(date_trunc('second', {text}) + INTERVAL {AHEAD} MINUTE)"

    def ordered(self, text: str) -> str:
        """As it is: DuckDB compares the bytes of UTF-8, which is the order of code points."""
        return text

    def bind(self, body: str, operands: Mapping[str, str]) -> str:
        """A function on a list of one: a subquery would be computed even where a CASE does not take it."""
        packed = ", ".join(f"{name} := {text}" for name, text in operands.items())
        return f"list_transform([struct_pack({packed})], lambda h: {body})[1]"

    def quotient(self, dividend: str, divisor: str) -> str:
        """Cut off towards zero."""
        return f"({dividend} // {divisor})"

    def remainder(self, dividend: str, divisor: str) -> str:
        """With the dividend's sign."""
        return f"({dividend} %% {divisor})"
