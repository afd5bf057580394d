"""SQL for PostgreSQL: arithmetic in ``numeric`` wherever 64 bits might not do, with half-even rounding written out."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, ClassVar

from keguan.language.feel.stamps import ZONE
from keguan.language.feel.types import (
    Attachment,
    Boolean,
    Date,
    DateTime,
    DayDuration,
    MonthDuration,
    Null,
    Number,
    Staff,
    Time,
)
from keguan.language.plan.expressions import text_literal
from keguan.language.plan.numeric import WideArithmetic
from keguan.language.plan.postgresql_calls import TEMPLATES

if TYPE_CHECKING:
    from keguan.language.feel.types import Type
    from keguan.language.plan.calls import Templates
    from keguan.language.plan.statement import DialectName, Value


class Postgresql(WideArithmetic):
    """The PostgreSQL dialect."""

    name: ClassVar[DialectName] = "postgresql"
    fence: ClassVar[str] = " OFFSET 0"
    temporary: ClassVar[str] = "pg_temp"
    templates: ClassVar[Templates] = TEMPLATES
    wide: ClassVar[str] = "numeric"

    def sql_type(self, type_: Type) -> str:
        """Each type has its own."""
        match type_:
            case Number() | DayDuration() | MonthDuration() | Staff() | Attachment():
                return "bigint"
            case Boolean():
                return "boolean"
            case Date():
                return "date"
            case Time():
                return "time"
            case DateTime():
                return "timestamp"
            case _:
                return "text"

    @staticmethod
    def local_moment(text: str) -> str:
        """Of a moment with its zone one without."""
        return f"date_trunc('second', {text} AT TIME ZONE '{ZONE}')"

    def literal(self, value: Value, type_: Type) -> str:  # noqa: PLR0911 - one answer for each kind of value
        """Constants that could be taken for another type carry theirs."""
        match value:
            case None:
                return "NULL" if isinstance(type_, Null) else f"NULL::{self.sql_type(type_)}"
            case bool():
                return "TRUE" if value else "FALSE"
            case int():
                return str(value) if value >= 0 else f"({value})"
            case datetime():
                return f"TIMESTAMP '{value.isoformat(sep=' ', timespec='seconds')}'"
            case date():
                return f"DATE '{value.isoformat()}'"
            case time():
                return f"TIME '{value.isoformat()}'"
            case str():
                return text_literal(value)

    def bound(self, place: str, type_: Type) -> str:
        """Always cast: a place has no type of its own."""
        return f"{place}::{self.sql_type(type_)}"

    def same(self, left: str, right: str) -> str:
        """``IS NOT DISTINCT FROM``."""
        return f"({left} IS NOT DISTINCT FROM {right})"

    def differs(self, left: str, right: str) -> str:
        """``IS DISTINCT FROM``."""
        return f"({left} IS DISTINCT FROM {right})"

    def column(self, text: str, type_: Type) -> str:
        """Cast, so that layers and tables hold the same types."""
        return f"({text})::{self.sql_type(type_)}"

    def ordered(self, text: str) -> str:
        """Collated by code point, whatever the database's own collation."""
        return f'{text} COLLATE "C"'

    def three_valued(self, text: str) -> str:
        """A boolean is no number, but may be cast to one."""
        return f"coalesce(2 * ({text})::integer, 1)"

    def quotient(self, dividend: str, divisor: str) -> str:
        """``div`` on numeric is exact, where ``/`` is not."""
        return f"div({dividend}, {divisor})"

    def remainder(self, dividend: str, divisor: str) -> str:
        """Likewise."""
        return f"mod({dividend}, {divisor})"
