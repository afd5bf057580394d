"""One record as its page and its drawer show it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext

from keguan.language.feel import children as children_read
from keguan.language.model.model import FieldKind
from keguan.runtime.access.columns import Source
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.rights import may
from keguan.runtime.access.traced import note_opened
from keguan.runtime.decisions import queries as decisions
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import queries as records
from keguan.runtime.records.queries import Filter, Holding, ListQuery, Operator
from keguan.web.records.cells import TableRow, is_number, table_rows
from keguan.web.records.criteria import address
from keguan.web.records.listing import counted, with_columns
from keguan.web.records.timeline import Event, events
from keguan.web.records.why import Why, card

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.model.model import ClauseRef, Fact, Model, RecordType
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.records.queries import ChildType, Profile, Whole


CHILDREN = 20
"""So many of each child type are on the page; the count opens them all."""


@dataclass(frozen=True, slots=True)
class Item:
    """One labelled value. ``reveal_url`` where the plain text may be asked for, ``url`` where the value leads on."""

    code: str
    label: str
    text: str
    state: str
    wide: bool
    missing: bool
    url: str
    reveal_url: str
    edit_url: str
    clause: ClauseRef | None


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    label: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Meter:
    """How much of what is asked for is there: so many of so many fields, a link to each that is not, and the share as
    the policy computes it where that may be seen.
    """

    filled: int
    asked: int
    lacking: tuple[Link, ...]
    share: str


@dataclass(frozen=True, slots=True)
class Late:
    """That it was filed later than the clause asks for."""

    due: str
    clause: ClauseRef


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a child table."""

    label: str
    number: bool


@dataclass(frozen=True, slots=True)
class Children:
    """The records of one type that belong to this one."""

    code: str
    label: str
    count: str
    list_url: str
    add_url: str
    headings: tuple[Heading, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The whole record for its templates."""

    id: int
    code: str
    title: str
    initial: str
    type_label: str
    url: str
    list_url: str
    edit_url: str
    may_edit: bool
    note: str
    outcomes: tuple[Link, ...]
    missing: int
    secrets: bool
    items: tuple[Item, ...]
    figures: tuple[Item, ...]
    children: tuple[Children, ...]
    additions: tuple[Link, ...]
    timeline: tuple[Event, ...]
    whys: tuple[Why, ...]
    holdings: tuple[Holding, ...] = ()
    meter: Meter | None = None
    late: Late | None = None
    verify_url: str = ""
    version: int = 0


def whole(viewer: Viewer, record_type: RecordType, record_id: int, *, brief: bool = False) -> Record:
    """The record for this viewer; ``brief`` (the drawer) leaves children and timeline out. Raises ``Refused``."""
    model, language = policies.current().model, viewer.language
    if brief:
        found, every = records.profile(viewer, record_type.code, record_id, Exit.DRAWER), None
    else:
        every = records.whole(viewer, record_type.code, record_id, partial(_listed, model), CHILDREN)
        found = every.profile
    note_opened(viewer, record_type.code, (record_id,), Exit.DRAWER if brief else Exit.PROFILE)
    url = reverse("records:record", args=[record_type.code, record_id])
    title = found.row.title.text or f"#{record_id}"
    items = tuple(_items(found, record_type, url, language))
    made = ((code, decisions.account(viewer, record_type.code, record_id, code)) for code in found.explainable)
    accounts = {code: each for code, each in made if each is not None}
    return Record(
        id=record_id,
        code=record_type.code,
        title=title,
        initial=title[:1],
        type_label=record_type.label.text(language),
        url=url,
        list_url=reverse("records:list", args=[record_type.code]),
        edit_url=f"{url}edit/",
        may_edit=found.editable,
        note=_note(found),
        outcomes=tuple(_outcomes(found, model, url, language)),
        missing=len(found.missing),
        secrets=any(item.state == "masked" for item in items),
        items=items,
        figures=tuple(_figures(found, model, record_id, language)),
        children=() if every is None else tuple(_children(viewer, every, model, record_id)),
        additions=() if brief else tuple(_additions(viewer, found, model, record_id)),
        timeline=() if every is None else events(viewer, record_type, record_id, every, accounts),
        holdings=() if brief else records.holdings_before(record_type.code, record_id, _held(found)),
        whys=tuple(card(viewer, record_type.code, record_id, each, brief=brief) for each in accounts.values()),
        meter=_meter(found, record_type, url, language),
        late=_late(found, record_type),
        verify_url=f"{url}verify/" if found.verifiable and not brief else "",
        version=found.row.version,
    )


def _meter(found: Profile, record_type: RecordType, url: str, language: str) -> Meter | None:
    """Only of a type that has a completeness."""
    if record_type.completeness is None or not found.asked:
        return None
    links = tuple(
        Link(each.code, each.label.text(language), _fill_in(record_type, each.code, url)) for each in found.missing
    )
    shown = found.row.cells.get(record_type.completeness)
    share = shown.text if shown is not None and shown.state == "plain" else ""
    return Meter(found.asked - len(links), found.asked, links if found.editable else (), share)


def _late(found: Profile, record_type: RecordType) -> Late | None:
    timely = record_type.timely
    cells = found.row.cells
    if timely is None or timely.late not in cells or cells[timely.late].value is not True:
        return None
    due = cells[timely.due].text if timely.due in cells else ""
    return Late(due, record_type.clause)


def _held(found: Profile) -> Holding:
    """Who has it now."""
    return Holding(found.row.owner, found.row.unit, found.created)


def _note(found: Profile) -> str:
    owner = gettext("归属 %(name)s") % {"name": found.row.owner} if found.row.owner else gettext("没有归属人")
    updated = gettext("更新于 %(at)s") % {"at": found.updated_at}
    return " · ".join(part for part in (found.row.unit, owner, updated) if part)


def _items(found: Profile, record_type: RecordType, url: str, language: str) -> Iterator[Item]:
    lacking = {each.code for each in found.missing}
    for column in found.columns:
        if column.source is Source.FIELD:
            shown = found.row.cells[column.code]
            revealable = column.code in found.revealable
            yield Item(
                code=column.code,
                label=column.label.text(language),
                text=shown.text,
                state=shown.state,
                wide=column.kind is FieldKind.LONG_TEXT,
                missing=column.code in lacking,
                url=_leads_to(column, shown, url),
                reveal_url=f"{url}reveal/{column.code}/" if revealable else "",
                edit_url=_fill_in(record_type, column.code, url),
                clause=record_type.field(column.code).clause if column.code in lacking else None,
            )


def _fill_in(record_type: RecordType, code: str, url: str) -> str:
    """Where a missing field is filled in: its form, or the record's files."""
    return f"{url}#file-{code}" if record_type.field(code).files is not None else f"{url}edit/#f-{code}"


def _leads_to(column: Column, shown: Shown, url: str) -> str:
    """The page of the record that a reference points to, and the place of a record's files."""
    if column.files_of and shown.state == "plain":
        return f"{url}#file-{column.code}"
    return reverse("records:record", args=[column.target, shown.value]) if column.target and shown.value else ""


def _outcomes(found: Profile, model: Model, url: str, language: str) -> Iterator[Link]:
    for column in found.columns:
        shown = found.row.cells[column.code]
        if column.source is Source.OUTCOME and shown.state == "plain":
            decision = next(
                each.code for each in model.decisions.values() if column.code in {out.code for out in each.outputs}
            )
            yield Link(column.label.text(language), shown.text, f"{url}#why-{decision}")


def _figures(found: Profile, model: Model, record_id: int, language: str) -> Iterator[Item]:
    """The facts, each with the list that it was computed from and its clause."""
    facts = {fact.code: fact for fact in model.facts.get(found.record_type, ())}
    shown_types = {child.record_type for child in found.children}
    for column in found.columns:
        if column.source is Source.FACT:
            shown, fact = found.row.cells[column.code], facts[column.code]
            yield Item(
                code=column.code,
                label=column.label.text(language),
                text=shown.text,
                state=shown.state,
                wide=False,
                missing=False,
                url=_behind(fact, record_id, shown_types),
                reveal_url="",
                edit_url="",
                clause=fact.clause,
            )


def _behind(fact: Fact, record_id: int, shown_types: set[str]) -> str:
    """The list of the child records that a fact is computed from; empty when it reads none or they are out of sight."""
    read = next((each for each in children_read(fact.expression) if each.child in shown_types), None)
    return "" if read is None else _child_list(read.child, read.via, record_id)


def _child_list(child: str, via: str, record_id: int) -> str:
    query = ListQuery(filters=(Filter(via, Operator.IS, (str(record_id),)),))
    return reverse("records:list", args=[child]) + address(query)


def _listed(model: Model, child: ChildType) -> tuple[str, ...]:
    """The columns of a child type's table: those of its list."""
    return with_columns(model.record_types[child.record_type], ListQuery(), but=child.via).columns


def _children(viewer: Viewer, every: Whole, model: Model, record_id: int) -> Iterator[Children]:
    """A table for every child type that has rows and is not told by the timeline alone."""
    for child, page in every.children:
        columns = tuple(column for column in page.columns if column.code != child.via) or page.columns
        yield Children(
            code=child.record_type,
            label=_child_label(child, every.profile, model, viewer.language),
            count=counted(str(page.count)),
            list_url=_child_list(child.record_type, child.via, record_id),
            add_url=_add_url(viewer, child, model, record_id),
            headings=tuple(Heading(column.label.text(viewer.language), is_number(column)) for column in columns),
            rows=table_rows(child.record_type, page.rows, columns, viewer.language),
        )


def _child_label(child: ChildType, found: Profile, model: Model, language: str) -> str:
    """The type's label; with the reference's where a type refers here in two ways."""
    declared = model.record_types[child.record_type]
    label = declared.label.text(language)
    if sum(each.record_type == child.record_type for each in found.children) < 2:
        return label
    via = declared.field(child.via).label.text(language)
    return gettext("%(label)s（作为%(via)s）") % {"label": label, "via": via}


def _additions(viewer: Viewer, found: Profile, model: Model, record_id: int) -> Iterator[Link]:
    seen = set()
    for child in found.children:
        url = _add_url(viewer, child, model, record_id)
        if url and child.record_type not in seen:
            seen.add(child.record_type)
            label = model.record_types[child.record_type].label.text(viewer.language)
            yield Link(gettext("新建%(label)s") % {"label": label}, "", url)


def _add_url(viewer: Viewer, child: ChildType, model: Model, record_id: int) -> str:
    """The form of a new child record with the reference filled in; empty for those who may not, and for periods."""
    if not may(viewer, "create") or model.record_types[child.record_type].cadence is not None:
        return ""
    return f"{reverse('records:new', args=[child.record_type])}?{child.via}={record_id}"
