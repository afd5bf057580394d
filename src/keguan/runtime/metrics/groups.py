"""A figure's groups: how the value that tells one apart is kept and what it stands for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from keguan.language.feel.types import Boolean, Text
from keguan.language.model.metric import GroupBy

if TYPE_CHECKING:
    from keguan.language.model.metric import Grouping

Key = str | int | bool | None

PERSONAL = frozenset({GroupBy.OWNER, GroupBy.STAFF})
"""Groupings whose groups are members of staff."""

LONGEST = 200


def stored_key(group: Grouping, found: Any) -> str:
    """A group as it is kept, from what the database gave for it. SQLite gives 0 and 1 for no and yes."""
    if group.value is not None and isinstance(group.value.type, Boolean) and found is not None:
        found = bool(found)
    return json.dumps(found, ensure_ascii=False)[:LONGEST]


def key_of(stored: str) -> Key:
    """What tells a group apart. Raises ``ValueError`` for what no group is kept as."""
    found = json.loads(stored)
    if not isinstance(found, str | int | None):
        raise ValueError(f"no group is kept as {stored!r}")  # noqa: TRY004 - what is wrong is the text
    return found


def choices_of(group: Grouping) -> tuple[str, ...]:
    """The choices by which groups are told apart, in the policy's order; none of other groups."""
    return (group.value.type.choices or ()) if group.value is not None and isinstance(group.value.type, Text) else ()
