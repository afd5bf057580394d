"""What a permit or an export is about: which records, which of their columns, and in what form they leave."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from keguan.runtime.records.list_query import ListQuery, from_json

MOST_IDS = 2000
"""So many records can be chosen one by one."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Records of one type: those with ``ids``, else all that ``query`` finds. ``up_to`` is the newest id on the day of
    asking: what is filed later was never asked for. ``columns`` are the codes that leave; empty for a right that is
    not about columns. ``form`` is the kind of file, empty where none is made.
    """

    record_type: str
    query: ListQuery | None = None
    ids: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()
    form: str = ""
    up_to: int = 0

    def to_json(self) -> str:
        """As it is sealed."""
        kept = asdict(self)
        kept["query"] = None if self.query is None else self.query.to_json()
        return json.dumps(kept, ensure_ascii=False)

    def names(self, record_id: int, code: str) -> bool:
        """Whether this record was chosen by itself, and this column, where columns were chosen."""
        return record_id in self.ids and (not self.columns or not code or code in self.columns)

    def same_as(self, other: Selection) -> bool:
        """Whether both are about the same: the order of the columns and the day of asking do not matter."""
        return _matter(self) == _matter(other)


def selection_from(text: str) -> Selection:
    """The selection in a sealed text. Raises ``ValueError``."""
    kept: dict[str, Any] = json.loads(text)
    query = kept["query"]
    return Selection(
        record_type=str(kept["record_type"]),
        query=None if query is None else from_json(query),
        ids=tuple(map(int, kept["ids"])),
        columns=tuple(map(str, kept["columns"])),
        form=str(kept["form"]),
        up_to=int(kept["up_to"]),
    )


def _matter(selection: Selection) -> tuple[object, ...]:
    query = selection.query
    asked = None if query is None else (query.search, frozenset(query.filters), query.sort)
    return selection.record_type, asked, frozenset(selection.ids), frozenset(selection.columns), selection.form
