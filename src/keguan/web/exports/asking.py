"""Export a list: what will be in the file, and either the file or the request for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect, QueryDict
from django.urls import reverse

from keguan.language.model.granting import (
    ASKED_COLUMNS,
    ASKED_OF,
    ASKED_PURPOSE,
    ASKED_RECIPIENT,
    ASKED_RIGHT,
    ASKED_ROWS,
    GrantedRight,
)
from keguan.runtime.exports import queries as exports
from keguan.runtime.exports.actions import Export
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org.sessions.origin import origin_of
from keguan.runtime.permits import queries as permits
from keguan.runtime.permits.actions import RequestPermit
from keguan.runtime.permits.queries import Selection
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.queries import ListQuery
from keguan.web.exports.views import whole
from keguan.web.records.addressed import declared
from keguan.web.records.criteria import parameters, query_from
from keguan.web.records.filters import chosen
from keguan.web.records.form import Filled, FormField, form_fields, names_of, writable
from keguan.web.records.listing import counted
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from django.http import HttpResponse

    from keguan.language.model.process import Process
    from keguan.runtime.exports.queries import Offer

FILLED_IN = frozenset({ASKED_PURPOSE, ASKED_RECIPIENT, ASKED_RIGHT, ASKED_OF, ASKED_ROWS, ASKED_COLUMNS})
"""Fields of a request that the page asks for by itself or the system fills in."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A column or a form to tick."""

    code: str
    label: str
    checked: bool
    masked: bool = False
    approval: bool = False


@staff_page
def new(page: Page, record_type: str) -> HttpResponse:
    """GET: what of this list may be exported. POST: the file, or with ``ask`` the request for an approval."""
    known = declared(record_type)
    given = page.request.POST if page.request.method == "POST" else page.request.GET
    selection = _selection(known.code, given)
    refused: Refused | None = None
    if page.request.method == "POST":
        try:
            return HttpResponseRedirect(_begun(page, selection))
        except Refused as refusal:
            refused = refusal
    offer = exports.offer(page.viewer, selection)
    return page.answer(
        "exports/new.html",
        {
            "label": known.label.text(page.viewer.language),
            "list_url": _list_url(known.code, selection),
            "count": counted(f"{offer.rows}{'' if offer.exact else '+'}"),
            "chosen": chosen(page.viewer, known.code, selection.query or ListQuery()),
            "search": "" if selection.query is None else selection.query.search,
            "ids": len(selection.ids),
            "offer": offer,
            "columns": _columns(selection, offer, known.columns, fresh=page.request.method != "POST"),
            "forms": [Choice(code, label, code == selection.form) for code, label in exports.FORMS.items()],
            "hidden": _hidden(selection),
            "purpose": given.get("purpose", ""),
            "recipient": given.get("recipient", ""),
            "must_ask": offer.bulk
            or all(each.approval for each in offer.columns)
            or (refused is not None and refused.code == "exports.needs_permit"),
            "processes": _requests(page, known.code, given, {} if refused is None else refused.fields),
            "refused": "" if refused is None else refused.message,
            "errors": {} if refused is None else refused.fields,
        },
        status=422 if refused else 200,
    )


def _begun(page: Page, selection: Selection) -> str:
    """Do it, and give the address of what came of it."""
    posted = page.request.POST
    purpose, recipient = posted.get("purpose", ""), posted.get("recipient", "")
    if "ask" not in posted:
        export_id = Export(
            viewer=page.viewer,
            selection=selection,
            purpose=purpose,
            recipient=recipient,
            address=origin_of(page.request).address,
        ).run()
        return reverse("exports:export", args=[export_id])
    process = posted["ask"]
    permit_id = RequestPermit(
        viewer=page.viewer,
        right=GrantedRight.EXPORT,
        selection=selection,
        purpose=purpose,
        recipient=recipient,
        process=process,
        values=typed(process, posted),
    ).run()
    return reverse("exports:permit", args=[permit_id])


def typed(process: str, posted: QueryDict) -> dict[str, str]:
    """The fields of a request, as typed under the process's name."""
    return {
        name.partition("-")[2]: value.strip()
        for name, value in posted.items()
        if name.startswith(f"{process}-") and isinstance(value, str)
    }


@dataclass(frozen=True, slots=True)
class Request:
    """A process by which the right can be asked for, with the fields of its own record."""

    code: str
    label: str
    process: Process
    fields: tuple[FormField, ...]


def requests(
    page: Page, right: GrantedRight, record_type: str, given: QueryDict, errors: Mapping[str, str]
) -> tuple[Request, ...]:
    """The processes by which this viewer may ask for a right, each with its form."""
    return tuple(_request(page, each, given, errors) for each in permits.askable(page.viewer, right, record_type))


def _requests(page: Page, record_type: str, given: QueryDict, errors: Mapping[str, str]) -> tuple[Request, ...]:
    return requests(page, GrantedRight.EXPORT, record_type, given, errors)


def _request(page: Page, process: Process, given: QueryDict, errors: Mapping[str, str]) -> Request:
    about = policies.current().model.record_types[process.record_type]
    fields = tuple(each for each in writable(page.viewer, about) if each.code not in FILLED_IN)
    texts = {each.code: str(given.get(f"{process.code}-{each.code}", "")).strip() for each in fields}
    shown = form_fields(page.viewer, fields, Filled(texts, names_of(page.viewer, fields, texts), {}), errors)
    named = tuple(replace(each, code=f"{process.code}-{each.code}") for each in shown)
    return Request(process.code, process.label.text(page.viewer.language), process, named)


def _selection(record_type: str, given: QueryDict) -> Selection:
    """The records and columns that an address asks for."""
    ids = tuple(dict.fromkeys(number for text in given.getlist("id") if (number := whole(text))))
    query = replace(query_from(given), columns=(), after="")
    columns = tuple(dict.fromkeys(given.getlist("c")))
    return Selection(record_type, None if ids else query, ids, columns, given.get("form", "xlsx"))


def _columns(selection: Selection, offer: Offer, listed: Collection[str], *, fresh: bool) -> list[Choice]:
    """The columns on offer; at first those of the list are ticked, or all that leave freely where it names none, or,
    where every one of them needs an approval, those that the policy puts into lists (``listed``).
    """
    codes = {each.code for each in offer.columns}
    ticked = set(selection.columns) & codes
    if fresh and not ticked:
        ticked = {each.code for each in offer.columns if not each.approval} or (set(listed) & codes) or codes
    return [Choice(each.code, each.label, each.code in ticked, each.masked, each.approval) for each in offer.columns]


def _hidden(selection: Selection) -> list[tuple[str, str]]:
    """What the form carries along: the list's criteria, or the chosen records."""
    if selection.query is None:
        return [("id", str(each)) for each in selection.ids]
    made = parameters(selection.query)
    return [(name, str(value)) for name in made for value in made.getlist(name)]


def _list_url(record_type: str, selection: Selection) -> str:
    made: Any = parameters(selection.query) if selection.query is not None else QueryDict()
    return f"{reverse('records:list', args=[record_type])}?{made.urlencode()}"
