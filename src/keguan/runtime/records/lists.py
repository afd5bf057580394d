"""Lists of records: searched, filtered, ordered, a page at a time, as far as the viewer may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.runtime.access.columns import columns
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.rights import readable, visible
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.conditions import SYSTEM_CODES, conditions, order
from keguan.runtime.records.finding import Count, Found
from keguan.runtime.records.list_query import LARGEST_PAGE, ListQuery
from keguan.runtime.records.paging import page_of
from keguan.runtime.records.shown_rows import ShownRow, physical_columns, shown_rows

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list. ``next`` is the ``after`` of the following page, empty on the last."""

    record_type: str
    columns: tuple[Column, ...]
    rows: tuple[ShownRow, ...]
    next: str
    count: Count


def page(viewer: Viewer, record_type: str, query: ListQuery, through: Exit = Exit.LIST) -> Page:
    """The page that ``query`` asks for. The number of queries depends on the query's parts alone, never on the rows.

    Columns that the viewer may not see are left out. Raises ``Refused`` for an unknown or invisible record type, and
    for a filter or an order by something that the viewer may not see (``records.filter``, ``records.sort``).
    """
    model = policies.current().model
    require_visible(viewer, model, record_type)
    asked = conditions(viewer, model, record_type, query.filters)
    by = order(viewer, model, record_type, query.sort)
    needed = {each.code for each in asked if each.code not in SYSTEM_CODES}
    if by.column is not None:
        needed.add(by.column.code)
    shown = shown_columns(viewer, model, record_type, query.columns, through)
    codes = [column.code for column in shown]
    found = Found(viewer, model, record_type, query.search, asked, needed)
    if found.nothing:
        return Page(record_type, shown, (), "", Count(0, exact=True))
    size = max(1, min(query.size, LARGEST_PAGE))
    wanted = list(physical_columns(model, record_type, codes))
    if by.column is not None and by.column.physical not in wanted:
        wanted.append(by.column.physical)
    rows, following = page_of(found.rows(by.column is None), record_type, by, query.after, size, wanted)
    return Page(
        record_type,
        shown,
        shown_rows(viewer, model, record_type, rows, codes, through),
        following,
        found.count(len(rows)),
    )


def shown_columns(
    viewer: Viewer, model: Model, record_type: str, asked: tuple[str, ...], through: Exit = Exit.LIST
) -> tuple[Column, ...]:
    """The list's columns for this viewer: those asked for, or the policy's, as far as they may see them."""
    known = columns(model, record_type)
    allowed = readable(viewer, record_type, through, model)
    wanted = asked or model.record_types[record_type].columns
    return tuple(known[code] for code in dict.fromkeys(wanted) if code in allowed)


def require_visible(viewer: Viewer, model: Model, record_type: str) -> None:
    """Refuse a record type that does not exist or of which the viewer may see nothing, in one sentence for both."""
    if record_type not in model.record_types or not visible(viewer, record_type, model):
        raise Refused("records.type", _("没有这类档案，或者您无权查看。"))
