"""What the groups of a figure are called, for those who may know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.metric import GroupBy
from keguan.runtime.access.exits import Exit
from keguan.runtime.metrics.groups import PERSONAL, key_of
from keguan.runtime.metrics.words import plain_key
from keguan.runtime.org import queries as org
from keguan.runtime.records.shown_rows import rows_by_id, shown_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.metrics.sight import FigureSight


def group_names(sight: FigureSight, keys: Iterable[str]) -> dict[str, str]:
    """The name of every one of these groups. At most one query, or those of a list for records."""
    group = sight.figure.group
    read = {each: key_of(each) for each in keys}
    if group is None:
        return {}
    ids = {key for key in read.values() if isinstance(key, int) and not isinstance(key, bool)}
    named: dict[int, str] = {}
    if ids and group.by in PERSONAL:
        named = org.names(ids)
    elif ids and group.by is GroupBy.UNIT:
        named = {each.id: each.name for each in org.units()}
    elif ids and group.by is GroupBy.RECORD and group.target is not None:
        rows = rows_by_id(sight.model, group.target, ids, ())
        shown = shown_rows(sight.viewer, sight.model, group.target, rows, (), Exit.METRIC)
        named = {each.id: each.title.text for each in shown}
    return {
        each: named.get(key, f"#{key}") if isinstance(key, int) and key in ids else plain_key(group, key)
        for each, key in read.items()
    }
