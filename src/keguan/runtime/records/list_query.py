"""What a list is asked for: search, filters, order, columns and place. As plain data, so that a view can be saved."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

PAGE_SIZE = 50
LARGEST_PAGE = 200
MOST_FILTERS = 12
MOST_VALUES = 50
MOST_IDS = 200


class Operator(StrEnum):
    """How a filter compares."""

    IS = "is"  # one of the values
    NOT = "not"  # none of the values; an empty one is among these
    FROM = "from"  # at least
    TO = "to"  # at most
    CONTAINS = "contains"
    EMPTY = "empty"
    PRESENT = "present"


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on one code. ``values`` are as a person would type them. ``@owner``, ``@unit`` and ``@import`` are
    the system's own codes, with ids as values.
    """

    code: str
    operator: Operator
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListQuery:
    """``sort`` is a code, with ``-`` before it for descending; empty is newest first. ``columns`` empty means the
    policy's. ``after`` is the ``next`` of the page before.
    """

    search: str = ""
    filters: tuple[Filter, ...] = ()
    sort: str = ""
    columns: tuple[str, ...] = ()
    after: str = ""
    size: int = PAGE_SIZE

    def to_json(self) -> str:
        """The query as it is saved: without the place in the list."""
        kept = asdict(self)
        del kept["after"], kept["size"]
        return json.dumps(kept, ensure_ascii=False)


def from_json(text: str) -> ListQuery:
    """A saved query. Raises ``ValueError``."""
    try:
        kept: dict[str, Any] = json.loads(text)
        filters = tuple(
            Filter(str(each["code"]), Operator(each["operator"]), tuple(map(str, each["values"])))
            for each in kept.get("filters", ())
        )
        return ListQuery(
            search=str(kept.get("search", "")),
            filters=filters,
            sort=str(kept.get("sort", "")),
            columns=tuple(map(str, kept.get("columns", ()))),
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"not a saved query: {error}") from None


def storable(text: str) -> bool:
    """Whether a database can hold the text: no NUL, no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row of a page: its sort value as JSON keeps it (None: empty, or no sort) and its id."""

    value: str | int | bool | None
    id: int

    def __str__(self) -> str:
        packed = json.dumps([self.value, self.id], ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def cursor_from(text: str) -> Cursor:
    """The cursor in a page's ``next``. Raises ``ValueError``."""
    try:
        value, record_id = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, UnicodeDecodeError, TypeError, RecursionError) as error:
        raise ValueError(f"not a place in a list: {error}") from None
    if not isinstance(record_id, int) or not isinstance(value, str | int | bool | None):
        raise ValueError("not a place in a list")  # noqa: TRY004 - what is wrong is the text
    return Cursor(value, record_id)
