"""The records of a selection, as far as one person reaches them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.language.model.naming import LARGEST_ID
from keguan.runtime.access import crypto
from keguan.runtime.access.rights import scope
from keguan.runtime.access.sealed_columns import SealedColumn
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.permits.selection import MOST_IDS, selection_from
from keguan.runtime.records.classes import rows_of
from keguan.runtime.records.conditions import SYSTEM_CODES, Order, conditions, order
from keguan.runtime.records.finding import Found
from keguan.runtime.records.list_query import ListQuery
from keguan.runtime.records.lists import require_visible

if TYPE_CHECKING:
    from django.db.models import Model as DjangoModel
    from django.db.models import QuerySet

    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.permits.models import Permit
    from keguan.runtime.permits.selection import Selection

_PLACE = crypto.place("permit", "selection")


@dataclass(frozen=True, slots=True)
class Selected:
    """Rows without order and the order that was asked for."""

    rows: QuerySet[DjangoModel]
    order: Order

    def count(self) -> int:
        """How many there are. One query over all of them: for an action or a job, not for a list."""
        return self.rows.order_by().count()

    def reaches(self, number: int) -> bool:
        """Whether there are at least so many. One query that stops there."""
        return self.rows.order_by().values("id")[:number].count() >= number


def selected(viewer: Viewer, model: Model, selection: Selection) -> Selected:
    """The rows of the selection within the viewer's scope of today.

    Raises ``Refused``: ``records.type`` for a type out of sight, ``records.filter`` and ``records.sort`` for what the
    viewer may not ask about, ``permits.too_many`` for more chosen records than can be.
    """
    require_visible(viewer, model, selection.record_type)
    if len(selection.ids) > MOST_IDS:
        raise Refused("permits.too_many", _("一次最多选 %(count)s 份档案；更多的请用筛选条件。") % {"count": MOST_IDS})
    query = selection.query or ListQuery()
    asked = conditions(viewer, model, selection.record_type, query.filters)
    by = order(viewer, model, selection.record_type, query.sort)
    if selection.ids:
        known = [each for each in selection.ids if 0 < each <= LARGEST_ID]
        rows = rows_of(model, selection.record_type).filter(scope(viewer, selection.record_type, (), model))
        rows = rows.filter(id__in=known)
    else:
        needed = {each.code for each in asked if each.code not in SYSTEM_CODES}
        needed |= set() if by.column is None else {by.column.code}
        found = Found(viewer, model, selection.record_type, query.search, asked, needed)
        rows = rows_of(model, selection.record_type).none() if found.nothing else found.rows(by.column is None)
    return Selected(rows.filter(id__lte=selection.up_to) if selection.up_to else rows, by)


def sealed(case_id: int, selection: Selection) -> bytes:
    """A selection as a permit keeps it: bound to its case."""
    return crypto.seal(_PLACE, case_id, selection.to_json())


def selection_of(permit: Permit) -> Selection:
    """What a permit is about."""
    return selection_from(crypto.open_sealed(_PLACE, permit.case_id, bytes(permit.selection)))


SEALED = SealedColumn("permits_permit", "selection", lambda _id, reads: (_PLACE, reads[0]), reads=("case_id",))
"""Where the selections of permits lie."""
