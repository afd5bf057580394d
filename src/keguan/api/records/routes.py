"""Records over HTTP: kinds, lists, one record, its timeline, filing, changing, revealing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from keguan.api.authentication import viewer
from keguan.api.errors import OF_RECORD, PROBLEMS
from keguan.api.records.schemas import (
    Change,
    Created,
    FieldCard,
    Happening,
    ListIn,
    Profile,
    RecordPage,
    RecordRow,
    RecordTypeCard,
    Revealed,
    RevealIn,
    Values,
)
from keguan.api.shown import cell
from keguan.runtime.access.actions import Reveal
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.rights import visible
from keguan.runtime.access.traced import note_opened
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import actions
from keguan.runtime.records import queries as records
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer

router = Router()

LARGEST_ID = 2**63 - 1


def _known(caller: Viewer, record_type: str) -> None:
    """Refuse a record type that does not exist or is out of sight, in one sentence for both."""
    if record_type not in policies.current().model.record_types or not visible(caller, record_type):
        raise Refused("records.not_found", _("没有这类档案，或者您无权查看。"))


def _one(caller: Viewer, record_type: str, record_id: int) -> None:
    _known(caller, record_type)
    if not 0 < record_id <= LARGEST_ID:
        raise Refused("records.not_found", _("没有这份档案，或者它不在您的可见范围内。"))


@router.get("/", response={200: list[RecordTypeCard], **PROBLEMS}, summary="The kinds of records")
def list_types(request: HttpRequest) -> list[RecordTypeCard]:
    """Every kind of record that the caller may see, with the fields, facts and outcomes they may see of it."""
    caller = viewer(request, Scope.RECORDS_READ)
    model = policies.current().model
    return [
        RecordTypeCard(
            code=code,
            label=declared.label.text(caller.language),
            fields=[
                FieldCard(
                    code=column.code,
                    label=column.label.text(caller.language),
                    kind=column.kind,
                    information_class=column.information_class,
                    sensitive=column.sensitive,
                )
                for column in records.shown_columns(caller, model, code, records.everything(code), Exit.API)
            ],
        )
        for code, declared in model.record_types.items()
        if visible(caller, code, model)
    ]


@router.post("/{record_type}/list", response={200: RecordPage, **PROBLEMS}, summary="A page of a list")
def list_records(request: HttpRequest, record_type: str, asked: ListIn) -> RecordPage:
    """Searched, filtered and ordered, as far as the caller may see.

    The search stands in the body, never in an address, so that no name or number ends in an access log.
    """
    caller = viewer(request, Scope.RECORDS_READ)
    _known(caller, record_type)
    try:
        filters = tuple(
            records.Filter(each.code, records.Operator(each.operator), tuple(each.values)) for each in asked.filters
        )
    except ValueError:
        raise Refused("records.filter", _("没有这种筛选方式，见接口说明里的 operator。")) from None
    query = records.ListQuery(asked.search, filters, asked.sort, tuple(asked.columns), asked.after, asked.size)
    page = records.page(caller, record_type, query, Exit.API)
    rows = [
        RecordRow(
            id=row.id,
            version=row.version,
            title=cell(row.title),
            owner=row.owner,
            unit=row.unit,
            cells={code: cell(shown) for code, shown in row.cells.items()},
        )
        for row in page.rows
    ]
    return RecordPage(rows=rows, next=page.next, count=page.count.value, count_exact=page.count.exact)


@router.post("/{record_type}", response={201: Created, **PROBLEMS}, summary="File a record")
def create(request: HttpRequest, record_type: str, given: Values) -> Status[Created]:
    """File a new record. Duplicates are refused, wrong values all at once."""
    caller = viewer(request, Scope.RECORDS_WRITE)
    _known(caller, record_type)
    made = actions.Create(viewer=caller, record_type=record_type, values=given.values).run()
    return Status(201, Created(id=made))


@router.get("/{record_type}/{record_id}", response={200: Profile, **OF_RECORD}, summary="One record")
def read(request: HttpRequest, record_type: str, record_id: int) -> Profile:
    """One record in full, masked where the caller may not see."""
    caller = viewer(request, Scope.RECORDS_READ)
    _one(caller, record_type, record_id)
    found = records.profile(caller, record_type, record_id, Exit.API)
    note_opened(caller, record_type, (record_id,), Exit.API)
    return Profile(
        id=found.row.id,
        version=found.row.version,
        title=cell(found.row.title),
        owner=found.row.owner,
        unit=found.row.unit,
        cells={code: cell(shown) for code, shown in found.row.cells.items()},
        missing=[each.code for each in found.missing],
    )


@router.patch("/{record_type}/{record_id}", response={200: Created, **PROBLEMS}, summary="Change a record")
def update(request: HttpRequest, record_type: str, record_id: int, given: Change) -> Created:
    """Change the given fields. Refused when someone else has changed the record since ``version``."""
    caller = viewer(request, Scope.RECORDS_WRITE)
    _one(caller, record_type, record_id)
    actions.Update(
        viewer=caller, record_type=record_type, id=record_id, version=given.version, values=given.values
    ).run()
    return Created(id=record_id)


@router.post("/{record_type}/{record_id}/reveal", response={200: Revealed, **PROBLEMS}, summary="See an original")
def reveal(request: HttpRequest, record_type: str, record_id: int, asked: RevealIn) -> Revealed:
    """One sensitive value in full, for a reason; the ledger keeps who, what and why."""
    caller = viewer(request, Scope.RECORDS_REVEAL)
    _one(caller, record_type, record_id)
    text = Reveal(viewer=caller, record_type=record_type, id=record_id, field=asked.field, reason=asked.reason).run()
    return Revealed(text=text)


@router.get(
    "/{record_type}/{record_id}/timeline", response={200: list[Happening], **OF_RECORD}, summary="What happened"
)
def timeline(request: HttpRequest, record_type: str, record_id: int) -> list[Happening]:
    """The newest fifty events around a record, newest first."""
    caller = viewer(request, Scope.RECORDS_READ)
    _one(caller, record_type, record_id)
    model = policies.current().model
    return [
        Happening(
            on=event.day,
            kind=model.record_types[event.record_type].label.text(caller.language),
            title=event.row.title.text,
            record_type=event.record_type,
            id=event.row.id,
        )
        for event in records.timeline(caller, record_type, record_id)
    ]
