"""What may be asked about records. Everything that comes back has been through ``access``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keguan.runtime.access.exits import Exit
from keguan.runtime.access.present import present_changes
from keguan.runtime.access.rights import may, reaches, readable
from keguan.runtime.access.viewer import place_of
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.actions.bulk_edit import bulk_codes
from keguan.runtime.records.bulk.results import PAGE as BULK_PAGE
from keguan.runtime.records.bulk.results import BulkCard, BulkResult, bulk_edit, bulk_results
from keguan.runtime.records.conditions import operators, sortable
from keguan.runtime.records.duplicates import Duplicate, find_duplicates, shown_duplicates
from keguan.runtime.records.files.showing import FileField, ShownFile, files_shown
from keguan.runtime.records.finding import Count
from keguan.runtime.records.incomplete import Incomplete, incomplete, told_of_missing
from keguan.runtime.records.list_query import MOST_IDS, Filter, ListQuery, Operator, from_json
from keguan.runtime.records.lists import Page, page, require_visible, shown_columns
from keguan.runtime.records.merging.leading import leads_to
from keguan.runtime.records.merging.pointers import merged_into
from keguan.runtime.records.merging.showing import MergeCard, Sides, merges_of, sides
from keguan.runtime.records.owners.history import Holding, holdings_before, owner_history
from keguan.runtime.records.owners.transfers import TransferCard, TransferState, holdings, transfers
from keguan.runtime.records.profiles import ChildType, Profile, editable_codes, get, missing, profile
from keguan.runtime.records.required import Missing
from keguan.runtime.records.saved_views import View, saved_views
from keguan.runtime.records.shown_rows import ShownRow, rows_by_id
from keguan.runtime.records.suspects.listing import ScanCard, SuspectCard, SuspectPage, last_scan, suspects
from keguan.runtime.records.tallies import Tally, tally
from keguan.runtime.records.timeline import Event, timeline
from keguan.runtime.records.validation import Typed, read
from keguan.runtime.records.whole import Whole, whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Viewer

__all__ = [
    "BULK_PAGE",
    "MOST_IDS",
    "BulkCard",
    "BulkResult",
    "ChildType",
    "Count",
    "Duplicate",
    "Event",
    "FileField",
    "Filter",
    "Holding",
    "Incomplete",
    "ListQuery",
    "MergeCard",
    "Missing",
    "Operator",
    "Page",
    "Profile",
    "ScanCard",
    "ShownFile",
    "ShownRow",
    "Sides",
    "SuspectCard",
    "SuspectPage",
    "Tally",
    "TransferCard",
    "TransferState",
    "View",
    "Whole",
    "bulk_codes",
    "bulk_edit",
    "bulk_results",
    "changes",
    "children",
    "duplicates",
    "editable_codes",
    "files_shown",
    "filterable",
    "from_json",
    "get",
    "holdings",
    "holdings_before",
    "incomplete",
    "last_scan",
    "leads_to",
    "merged_into",
    "merges_of",
    "missing",
    "operators",
    "owner_history",
    "page",
    "profile",
    "saved_views",
    "shown_columns",
    "sides",
    "sortable_codes",
    "suspects",
    "tally",
    "timeline",
    "told_of_missing",
    "transfers",
    "whole",
]


def children(viewer: Viewer, child: ChildType, record_id: int, after: str = "", size: int = 20) -> Page:
    """A page of the records of a child type that refer to this record, newest first."""
    only = Filter(child.via, Operator.IS, (str(record_id),))
    return page(viewer, child.record_type, ListQuery(filters=(only,), after=after, size=size))


def duplicates(viewer: Viewer, record_type: str, typed: Mapping[str, Typed]) -> tuple[Duplicate, ...]:
    """Records that are there already with the same number, as far as the viewer may be told. Raises ``Refused``.

    It answers those who file records, about fields whose class they may see: to others it would confirm a number.
    """
    model = policies.current().model
    require_visible(viewer, model, record_type)
    allowed = readable(viewer, record_type, Exit.DUPLICATE_HINT, model) if may(viewer, "create") else ()
    given = read(
        model.record_types[record_type],
        {code: value for code, value in typed.items() if code in allowed},
        complete=False,
    )
    return shown_duplicates(viewer, model, record_type, find_duplicates(model, record_type, given.values))


def filterable(viewer: Viewer, record_type: str) -> tuple[tuple[Column, tuple[Operator, ...]], ...]:
    """The columns by which this viewer may filter, with how; in the policy's order."""
    model = policies.current().model
    return tuple(
        (column, operators(column))
        for column in shown_columns(viewer, model, record_type, everything(record_type))
        if operators(column)
    )


def everything(record_type: str) -> tuple[str, ...]:
    """Every code of a record type, in the policy's order: what a list's column chooser offers."""
    from keguan.runtime.access.columns import columns

    return tuple(columns(policies.current().model, record_type))


def changes(
    viewer: Viewer, record_type: str, record_id: int, kept: Mapping[str, Sequence[Any]]
) -> dict[str, tuple[Shown, Shown]]:
    """Old and new values in a ledger entry about a record (``data["changes"]``) as this viewer may see them. One query.

    Nothing is given for a record type that the policy no longer has, or a record out of sight.
    """
    model = policies.current().model
    rows = rows_by_id(model, record_type, (record_id,), ()) if record_type in model.record_types else []
    place = place_of(rows[0]) if rows else None
    if place is None or not reaches(viewer, record_type, place, model):
        return {}
    return present_changes(viewer, record_type, kept, place)


def sortable_codes(viewer: Viewer, record_type: str) -> frozenset[str]:
    """Codes by which this viewer may order a list."""
    return sortable(viewer, policies.current().model, record_type)
