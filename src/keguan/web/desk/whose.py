"""Whose records a desk counts: one's own, or where one owns none, all within one's reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from keguan.language.model.model import RowScope
from keguan.runtime.access.rights import reach
from keguan.runtime.records import queries as records
from keguan.runtime.records.queries import Filter, ListQuery, Operator
from keguan.web.records.filters import OWNER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import Model, RecordType
    from keguan.runtime.access.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Whose:
    """The filters that keep the desk to one's own records; none for those who own none."""

    viewer: Viewer
    model: Model
    filters: tuple[Filter, ...]

    def within(self, record_type: RecordType, *codes: str) -> RowScope:
        """Whose records of a type are counted. ``codes`` are what is asked about."""
        return RowScope.OWN if self.filters else self.reach(record_type, *codes)

    def reach(self, record_type: RecordType, *codes: str) -> RowScope:
        """Whose records of a type are seen, owned or not."""
        return reach(self.viewer, record_type, codes, self.model)


def in_a_word(scope: RowScope) -> str:
    """我的, 本部门 or 全部."""
    return {RowScope.ALL: gettext("全部"), RowScope.UNIT: gettext("本部门")}.get(scope, gettext("我的"))


def whose(viewer: Viewer, model: Model, record_types: Iterable[str]) -> Whose:
    """The viewer's own, when they own any record of these types. At most two queries for each type."""
    mine = (Filter(OWNER, Operator.IS, (str(viewer.staff_id),)),)
    asked = ListQuery(filters=mine, size=1)
    owns = any(records.page(viewer, record_type, asked).rows for record_type in dict.fromkeys(record_types))
    return Whose(viewer, model, mine if owns else ())
