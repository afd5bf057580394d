"""What whoever may claim a record sees of it before: what they would see if it were theirs, without what the pool
hides.

Sensitive values are masked, as always.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.access.columns import columns
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.granted import hidden
from keguan.runtime.access.present import Row, Sight
from keguan.runtime.access.rights import readable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.access import Permission
    from keguan.language.model.allocation import Allocation
    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Viewer

MOST = 5
"""Columns of a pool beside the title."""


class PoolSight(Sight):
    """A claimant's sight of records that are nobody's."""

    def permissions_on(self, row: Row) -> Mapping[str, Permission]:
        """As of a record of their own in their own unit, but for what pools hide; somebody's is seen no wider."""
        if row["owner_id"] is not None:
            return super().permissions_on(row)
        mine = {**row, "owner_id": self.viewer.staff_id, "unit_id": self.viewer.unit_id}
        held = hidden(self.model, self.record_type)
        return {code: each for code, each in super().permissions_on(mine).items() if code not in held}


def pool_sight(viewer: Viewer, model: Model, pool: Allocation) -> tuple[PoolSight, tuple[str, ...]]:
    """The sight, and the codes that a page of the pool has columns for beside the title: what may be seen by anybody at
    all comes first in the policy's order.
    """
    declared = model.record_types[pool.record_type]
    held = hidden(model, pool.record_type)
    open_to = readable(viewer, pool.record_type, Exit.POOL, model) - held - {declared.title}
    codes = tuple(code for code in columns(model, pool.record_type) if code in open_to)[:MOST]
    return PoolSight(viewer, declared, Exit.POOL, dict.fromkeys((declared.title, *codes)), model), codes
