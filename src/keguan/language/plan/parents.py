"""What is read through references: the records they lead to, left-joined by id, so that no row is added or lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.types import Number
from keguan.language.model.naming import record_table, reference_column
from keguan.language.plan.expressions import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.language.feel.typed import ParentRef, Up
    from keguan.language.feel.types import Type
    from keguan.language.plan.context import Context

_IDS = Number(0)
Path = tuple["Up", ...]


class ParentJoins:
    """Names columns of the records that references lead to, remembers which were asked for, and writes the joins.

    ``reference`` gives the text of a reference field of the record at hand, which is of type ``record_type``; ``ids``
    is a query for the records that are computed at all (empty: every one), so that a trial computes only their parents.
    """

    def __init__(self, context: Context, record_type: str, reference: Callable[[str], str], ids: str = "") -> None:
        self._context = context
        self._record_type = record_type
        self._reference = reference
        self._ids = ids
        self._columns: dict[Path, dict[str, Type]] = {}

    def column(self, read: ParentRef) -> str:
        """The text of a value."""
        for length in range(1, len(read.path)):
            self._ask(read.path[:length], read.path[length].via, _IDS)
        return self._ask(read.path, read.code, read.type)

    def joins(self) -> list[str]:
        """A LEFT JOIN for every record that something was asked of, each after the one on the way to it."""
        return [self._join(path) for path in sorted(self._columns, key=len) if self._there(path)]

    def _ask(self, path: Path, code: str, type_: Type) -> str:
        self._columns.setdefault(path, {})[code] = type_
        column = self._column(path[-1].record_type, code, type_) if self._there(path) else None
        if column is None:
            return self._null(type_)
        if self._context.storage.computed(path[-1].record_type):
            return f"{self._alias(path)}.{quoted(column)}"
        return self._context.column(path[-1].record_type, self._alias(path), column)

    def _there(self, path: Path) -> bool:
        """Whether there are records to join with: a draft may refer to a type that has no table yet."""
        return all(self._context.storage.has_table(step.record_type) for step in path)

    def _column(self, record_type: str, code: str, type_: Type) -> str | None:
        """What a value is called among the joined columns; None where the tables do not have it."""
        storage = self._context.storage
        if storage.computed(record_type):
            return code
        column = storage.column_of(record_type, code)
        kept = _IDS if column == reference_column(code) else type_
        return column if storage.has_column(record_type, column, kept) else None

    def _alias(self, path: Path) -> str:
        return "u" + "_".join(str(list(self._columns).index(path[:length]) + 1) for length in range(1, len(path) + 1))

    def _join(self, path: Path) -> str:
        record_type, alias = path[-1].record_type, self._alias(path)
        source = quoted(record_table(record_type))
        if self._context.storage.computed(record_type):
            columns = {"id": _IDS, **self._columns[path]}
            source = f"({self._context.nested(record_type, columns, self._only(path))})"
        before = self._reference(path[0].via) if len(path) == 1 else self._ask(path[:-1], path[-1].via, _IDS)
        return f"LEFT JOIN {source} AS {alias} ON {alias}.id = {before}"

    def _only(self, path: Path) -> str:
        """A query for the ids of the records at the end of a path; empty where every record is computed."""
        storage, step = self._context.storage, path[-1]
        before = self._record_type if len(path) == 1 else path[-2].record_type
        ids = self._ids if len(path) == 1 else self._only(path[:-1])
        column = reference_column(step.via)
        if not ids or not storage.has_column(before, column, _IDS):
            return ""
        return f"SELECT {quoted(column)} FROM {quoted(record_table(before))} WHERE id IN ({ids})"

    def _null(self, type_: Type) -> str:
        return self._context.expressions(lambda _node: "").null(type_)
