"""Opening a record that the policy marks (类别: 查看留痕) is written down, once a day for each person and record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.access.columns import columns
from keguan.runtime.ledger.actions import reading_noted
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.runtime.access.exits import Exit
    from keguan.runtime.access.viewer import Viewer


def note_opened(viewer: Viewer, record_type: str, ids: Sequence[int], through: Exit) -> int:
    """Write down that the viewer opened these records, and return how many were not written down yet today.

    Nothing is asked or written where no class that the viewer sees of this type is marked. For pages that open a
    record; a reveal is an entry of its own, always.
    """
    model = policies.current().model
    marked = {label: found for label, found in model.information_classes.items() if found.traced}
    if not marked or record_type not in model.record_types:
        return 0
    there = {column.information_class for column in columns(model, record_type).values()}
    seen = [
        found for label, found in marked.items() if label in there and any(grant.sees(label) for grant in viewer.grants)
    ]
    if not seen:
        return 0
    clause = f"{seen[0].clause.pack}#{seen[0].clause.anchor}"
    facts = {"classes": sorted(found.code for found in seen), "through": through.value}
    return reading_noted(viewer.actor, record_type, ids, clause, facts)
