"""What all parts of one statement share: the dialect, the parameters and the tables."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from keguan.language.feel.stamps import CODES
from keguan.language.plan.duckdb import Duckdb
from keguan.language.plan.expressions import quoted
from keguan.language.plan.parameters import Parameters
from keguan.language.plan.postgresql import Postgresql
from keguan.language.plan.sqlite import Sqlite
from keguan.language.plan.storage import Storage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from keguan.language.feel.types import Type
    from keguan.language.model.model import Model
    from keguan.language.plan.expressions import Expressions, Resolve
    from keguan.language.plan.statement import DialectName, Value

    NestedSelect = Callable[["Context", str, Mapping[str, Type], str], str]

DIALECTS: dict[DialectName, type[Expressions]] = {
    "sqlite": Sqlite,
    "postgresql": Postgresql,
    "duckdb": Duckdb,
}


class Cutting(StrEnum):
    """What becomes of quotas in a computation."""

    NONE = "none"  # a trial: outcomes are those by the table, and what quotas cut of them is told beside
    ALL = "all"  # every record is computed, so whole groups are at hand
    SOME = "some"  # only some are: what the quotas did was found out before (``plan.regrouping``)


@dataclass(frozen=True, slots=True)
class Context:
    """``nested_select`` writes the computation of a child or parent record type, for a trial; with a query for ids, of
    these records only.
    """

    dialect: type[Expressions]
    parameters: Parameters
    storage: Storage
    nested_select: NestedSelect
    today: date
    cutting: Cutting = Cutting.NONE

    def expressions(self, resolve: Resolve) -> Expressions:
        """A writer of expressions whose fields are found by ``resolve``."""
        return self.dialect(self.parameters, resolve)

    def column(self, record_type: str, alias: str, column: str) -> str:
        """The text of a stored column of a record type's table: of the system's moments in local time, of a sealed
        value only that it is there (an empty text).
        """
        text = f"{alias}.{quoted(column)}"
        if column in CODES:
            return self.dialect.local_moment(text)
        return f"CASE WHEN {text} IS NOT NULL THEN '' END" if self.storage.sealed(record_type, column) else text

    def nested(self, record_type: str, columns: Mapping[str, Type], ids: str = "") -> str:
        """A SELECT of these columns of a record type, stored or computed, of the records that the query ``ids`` gives
        (empty: of all).
        """
        return self.nested_select(self, record_type, columns, ids)


def make_context(
    model: Model,
    dialect: DialectName,
    today: date,
    current: Model | None,
    nested_select: NestedSelect,
    given: Mapping[str, Value] | None = None,
    cutting: Cutting = Cutting.NONE,
) -> Context:
    """The context of one statement; ``given`` are values that can be read beside the policy's parameters."""
    parameters = Parameters(model.parameters, today, dialect, given)
    return Context(DIALECTS[dialect], parameters, Storage(model, current), nested_select, today, cutting)
