"""A list of records as its page shows it: headings, rows, the filters on offer, the conditions chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext

from keguan.language.model.model import FieldKind
from keguan.runtime.access.columns import columns
from keguan.runtime.access.denied import note_denied
from keguan.runtime.access.rights import may
from keguan.runtime.exports.queries import may_export
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import queries as records
from keguan.web.records.cells import TableRow, is_number, table_rows, with_units
from keguan.web.records.criteria import address, parameters
from keguan.web.records.filters import Chosen, FilterChoices, chosen, filters_offered

if TYPE_CHECKING:
    from keguan.language.model.model import ClauseRef, RecordType
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.records.queries import ListQuery


FEW = 5
"""So many columns are shown of a type whose policy names none."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading: ``url`` sorts by it (empty: it cannot be sorted); ``sorted`` is the aria-sort value."""

    label: str
    number: bool
    url: str
    sorted: str
    clause: str


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column in the column chooser."""

    code: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class ViewLink:
    """A saved view."""

    name: str
    url: str
    remove_url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything the list's templates read."""

    code: str
    label: str
    clause: ClauseRef
    count: str
    search: str
    search_hint: str
    sort: str
    query: str
    headings: tuple[Heading, ...]
    rows: tuple[TableRow, ...]
    first_url: str
    next_url: str
    more: bool
    narrowed: bool
    refused: str
    filters: tuple[FilterChoices, ...]
    chosen: tuple[Chosen, ...]
    columns: tuple[ColumnChoice, ...]
    views: tuple[ViewLink, ...]
    view: bool
    searchable: bool
    periodic: bool
    may_create: bool
    may_import: bool
    may_hand_over: bool = False
    may_bulk: bool = False
    may_merge: bool = False
    may_export: bool = False

    @property
    def pick(self) -> bool:
        """Whether rows can be chosen for something."""
        return self.may_hand_over or self.may_bulk or self.may_merge or self.may_export


def listing(viewer: Viewer, record_type: RecordType, query: ListQuery, *, whole: bool) -> Listing:
    """The list for this viewer; with ``whole`` the parts that htmx leaves standing too. A refused filter or order is
    said in place of the rows. Raises ``Refused`` for a record type out of sight.
    """
    refused = ""
    try:
        page = records.page(viewer, record_type.code, with_columns(record_type, query))
    except Refused as refusal:
        if refusal.code == "records.type":
            raise
        note_denied(viewer, refusal, {"record_type": record_type.code}, "web list")
        refused, page = refusal.message, None
    language = viewer.language
    periodic = record_type.cadence is not None
    headings = () if page is None else _headings(viewer, record_type, page.columns, query)
    rows = () if page is None else table_rows(record_type.code, page.rows, page.columns, language)
    if page is not None and periodic:
        headings = (*headings[:1], Heading(gettext("部门"), number=False, url="", sorted="", clause=""), *headings[1:])
        rows = with_units(rows, page.rows, gettext("部门"))
    views = _views(viewer, record_type, query) if whole else ()
    return Listing(
        code=record_type.code,
        label=record_type.label.text(language),
        clause=record_type.clause,
        count="" if page is None else counted(str(page.count)),
        search=query.search,
        search_hint=_search_hint(record_type, language),
        sort=query.sort,
        query=parameters(query).urlencode(),
        headings=headings,
        rows=rows,
        first_url=address(query) if query.after else "",
        next_url="" if page is None or not page.next else address(query, after=page.next),
        more=bool(page and page.next),
        narrowed=bool(query.search or query.filters or query.after),
        refused=refused,
        filters=filters_offered(viewer, record_type.code, query) if whole else (),
        chosen=chosen(viewer, record_type.code, query),
        columns=_columns(viewer, record_type, query) if whole else (),
        views=views,
        view=any(view.current for view in views),
        searchable=bool(record_type.search),
        periodic=periodic,
        may_create=may(viewer, "create") and not periodic,
        may_import=may(viewer, "import") and not periodic,
        may_hand_over=may(viewer, "hand_over") and not periodic,
        may_bulk=may(viewer, "bulk_edit") and not periodic,
        may_merge=may(viewer, "merge") and not periodic,
        may_export=may_export(viewer, record_type.code),
    )


def with_columns(record_type: RecordType, query: ListQuery, *, but: str = "") -> ListQuery:
    """The query with columns: its own, the policy's, or where the policy names none the first few fields."""
    if query.columns or record_type.columns:
        return query
    return replace(query, columns=tuple(field.code for field in record_type.fields if field.code != but)[:FEW])


def usual_columns(viewer: Viewer, record_type: RecordType) -> tuple[str, ...]:
    """The columns of a list for which none were asked, as far as the viewer may see them."""
    asked = with_columns(record_type, records.ListQuery()).columns
    shown = records.shown_columns(viewer, policies.current().model, record_type.code, asked)
    return tuple(column.code for column in shown)


def counted(count: str) -> str:
    """A count as written beside a heading: ``1,234 份``, ``10,000+ 份``."""
    digits = count.rstrip("+")
    return gettext("%(count)s 份") % {"count": f"{int(digits):,}{count[len(digits) :]}"}


def _headings(
    viewer: Viewer, record_type: RecordType, shown: tuple[Column, ...], query: ListQuery
) -> tuple[Heading, ...]:
    sortable = records.sortable_codes(viewer, record_type.code)
    made = []
    for column in shown:
        direction = {column.code: "ascending", f"-{column.code}": "descending"}
        now = next((word for sort, word in direction.items() if sort == query.sort), "")
        first = f"-{column.code}" if is_number(column) or column.kind is FieldKind.DATE else column.code
        other = column.code if first.startswith("-") else f"-{column.code}"
        following = {first: other, other: ""}.get(query.sort, first)
        url = address(replace(query, sort=following, after="")) if column.code in sortable else ""
        label = column.label.text(viewer.language)
        made.append(Heading(label, is_number(column), url, now, _clause(record_type, column)))
    return tuple(made)


def _clause(record_type: RecordType, column: Column) -> str:
    """The clause that a computed column comes from, for its tooltip."""
    for step in policies.current().model.computations.get(record_type.code, ()):
        codes = {output.code for output in getattr(step, "outputs", ())} | {step.code}
        if column.code in codes:
            return f"{step.clause.number} {step.clause.title}"
    return ""


def _columns(viewer: Viewer, record_type: RecordType, query: ListQuery) -> tuple[ColumnChoice, ...]:
    model, shown = policies.current().model, with_columns(record_type, query).columns or record_type.columns
    # Those shown come first, in their order: that is the order in which the browser sends them back.
    every = dict.fromkeys((*shown, *columns(model, record_type.code)))
    return tuple(
        ColumnChoice(column.code, column.label.text(viewer.language), column.code in shown)
        for column in records.shown_columns(viewer, model, record_type.code, tuple(every))
    )


def _views(viewer: Viewer, record_type: RecordType, query: ListQuery) -> tuple[ViewLink, ...]:
    now = parameters(query)
    return tuple(
        ViewLink(
            view.name,
            address(view.query),
            reverse("records:remove-view", args=[record_type.code, view.id]),
            current=bool(now) and parameters(view.query) == now,
        )
        for view in records.saved_views(viewer, record_type.code)
    )


def _search_hint(record_type: RecordType, language: str) -> str:
    """What the search box finds: ``姓名、拼音首字母、手机后四位``."""
    words = []
    people = any(record_type.field(code).kind is FieldKind.PHONE for code in record_type.search)
    for code in record_type.search:
        field = record_type.field(code)
        label = field.label.text(language)
        if field.kind is FieldKind.PHONE:
            words.append(gettext("%(label)s或其后四位") % {"label": label})
        elif field.code == record_type.title:
            words += [label, gettext("拼音首字母")] if people else [label]
        else:
            words.append(label)
    return gettext("、").join(words)
