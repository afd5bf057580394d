"""What a bulk edit was asked to do: the values typed, and which records, sealed since either may be a phone number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson

from keguan.runtime.access import crypto
from keguan.runtime.access.sealed_columns import SealedColumn
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.conditions import SYSTEM_CODES, Order, conditions
from keguan.runtime.records.finding import Found
from keguan.runtime.records.list_query import ListQuery, from_json
from keguan.runtime.records.lists import require_visible
from keguan.runtime.records.paging import page_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from keguan.runtime.access.viewer import Viewer

_PLACE = "bulk_edit"
_PAGE = 1_000

OWNER = "@owner"
"""What a hand-over of many sets; it stands where a bulk edit names its fields."""

TO, REASON, KEEP_UNIT = "to", "reason", "keep_unit"
"""What is typed for one: the receiver's id, why, and anything where the records stay in their unit."""


@dataclass(frozen=True, slots=True)
class Asked:
    """``values`` as typed, by field code (empty: clear it); the records with ``ids``, or where there are none all that
    ``query`` finds.
    """

    values: Mapping[str, str]
    ids: tuple[int, ...]
    query: ListQuery

    def sealed(self, by_id: int) -> bytes:
        """For the row of whoever asked."""
        kept = {"values": dict(self.values), "ids": list(self.ids), "query": self.query.to_json()}
        return crypto.seal(_PLACE, by_id, orjson.dumps(kept).decode())


def opened(sealed: bytes, by_id: int) -> Asked:
    """What was asked. Raises ``crypto.Unsealable``."""
    kept = orjson.loads(crypto.open_sealed(_PLACE, by_id, sealed))
    return Asked(kept["values"], tuple(kept["ids"]), from_json(kept["query"]))


def chosen(viewer: Viewer, record_type: str, asked: Asked) -> Iterator[list[int]]:
    """The ids of the records, in batches, the newest first: those chosen, or those that the viewer's query finds.

    Raises ``Refused`` as a list does for what the viewer may not ask about.
    """
    if asked.ids:
        ids = sorted(set(asked.ids), reverse=True)
        yield from (ids[first : first + _PAGE] for first in range(0, len(ids), _PAGE))
        return
    model = policies.current().model
    require_visible(viewer, model, record_type)
    tests = conditions(viewer, model, record_type, asked.query.filters)
    needed = {each.code for each in tests if each.code not in SYSTEM_CODES}
    after = ""
    while True:
        found = Found(viewer, model, record_type, asked.query.search, tests, needed)
        if found.nothing:
            return
        rows, after = page_of(found.rows(by_id=True), record_type, Order(None, True), after, _PAGE, ("id",))
        yield [row["id"] for row in rows]
        if not after:
            return


SEALED = SealedColumn("records_bulkedit", "asked", lambda _id, reads: (_PLACE, reads[0] or 0), ("by_id",))
"""Where they lie."""
