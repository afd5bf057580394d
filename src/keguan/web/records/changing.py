"""Filing a new record, changing one, and finding what a reference points to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import Create, Update, Verify
from keguan.runtime.records.queries import ListQuery
from keguan.web.records.addressed import declared
from keguan.web.records.attaching import files_for, takes_files
from keguan.web.records.form import Filled, Form, Option, form_fields, from_cells, names_of, writable
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from keguan.language.model.model import Field

OPTIONS = 8
"""So many records are offered for a reference, and so many people."""


@takes_files
@staff_page
def new(page: Page, record_type: str) -> HttpResponse:
    """The empty form, or the attempt to file a record. ``?customer=12`` fills a reference in."""
    known = declared(record_type)
    fields = writable(page.viewer, known)
    given = page.request.POST if page.request.method == "POST" else page.request.GET
    texts = {field.code: given.get(field.code, "").strip() for field in fields if field.typed}
    errors: Mapping[str, str] = {}
    refused = ""
    if page.request.method == "POST":
        sent = {field.code: files_for(page.request, field.code) for field in fields if field.files is not None}
        files = {code: each for code, each in sent.items() if each}
        try:
            created = Create(viewer=page.viewer, record_type=record_type, values=texts, files=files).run()
        except Refused as refusal:
            again = dict.fromkeys(files, gettext("文件没有保存，请重新选择。"))
            errors, refused = {**again, **refusal.fields}, refusal.message
        else:
            messages.success(page.request, gettext("已保存。"), extra_tags="good")
            return HttpResponseRedirect(reverse("records:record", args=[record_type, created]))
    label = known.label.text(page.viewer.language)
    form = Form(
        title=gettext("新建%(label)s") % {"label": label},
        clause=known.clause,
        fields=form_fields(page.viewer, fields, Filled(texts, names_of(page.viewer, fields, texts), {}), errors),
        version="",
        refused=refused,
        back=reverse("records:list", args=[record_type]),
        back_label=label,
    )
    return page.answer("records/form.html", {"form": form}, status=422 if refused else 200)


@staff_page
def edit(page: Page, record_type: str, record_id: int) -> HttpResponse:
    """The form with what is there, or the attempt to change it."""
    known = declared(record_type)
    stored = records.profile(page.viewer, record_type, record_id)
    fields = tuple(field for field in writable(page.viewer, known, stored.row) if field.code in stored.row.cells)
    filled, version = from_cells(fields, stored.row.cells), stored.row.version
    errors: Mapping[str, str] = {}
    refused = ""
    if page.request.method == "POST":
        typed = {field.code: page.request.POST.get(field.code, "").strip() for field in fields}
        version = _number(page.request.POST.get("version", ""), version)
        try:
            Update(
                viewer=page.viewer,
                record_type=record_type,
                id=record_id,
                version=version,
                values=_changed(fields, typed, filled),
            ).run()
        except Refused as refusal:
            errors, refused = refusal.fields, refusal.message
            filled = Filled(typed, names_of(page.viewer, fields, typed), filled.masks)
        else:
            messages.success(page.request, gettext("已保存。"), extra_tags="good")
            return HttpResponseRedirect(reverse("records:record", args=[record_type, record_id]))
    form = Form(
        title=gettext("修改%(label)s") % {"label": known.label.text(page.viewer.language)},
        clause=known.clause,
        fields=form_fields(page.viewer, fields, filled, errors),
        version=str(version),
        refused=refused,
        back=reverse("records:record", args=[record_type, record_id]),
        back_label=stored.row.title.text or f"#{record_id}",
    )
    return page.answer("records/form.html", {"form": form}, status=422 if refused else 200)


@require_POST
@staff_page
def verify(page: Page, record_type: str, record_id: int) -> HttpResponse:
    """Found true without a change: today is kept as the day of verification."""
    declared(record_type)
    version = _number(page.request.POST.get("version", ""), 0)
    try:
        Verify(viewer=page.viewer, record_type=record_type, id=record_id, version=version).run()
    except Refused as refused:
        messages.error(page.request, " ".join([str(refused.message), *map(str, refused.fields.values())]))
    else:
        messages.success(page.request, gettext("已记下：今天核实过，没有变化。"), extra_tags="good")
    return HttpResponseRedirect(reverse("records:record", args=[record_type, record_id]))


@staff_page
def options(page: Page, record_type: str) -> HttpResponse:
    """Records to choose from for a reference field, by the words typed."""
    asked = page.request.GET.get("q", "").strip()
    code = page.request.GET.get("field", "")
    query = ListQuery(search=asked, size=OPTIONS)
    found = records.page(page.viewer, record_type, query).rows if asked else ()
    offered = [Option(str(row.id), _described(row), checked=False) for row in found]
    return page.fragment("records/options.html", {"code": code, "options": offered})


@staff_page
def people(page: Page) -> HttpResponse:
    """People to choose from for a staff field, by part of a name or sign-in name typed into it; holders of one of its
    roles alone where it names some.
    """
    asked = page.request.GET.get(page.request.GET.get("field", ""), "").strip()
    roles = page.request.GET.getlist("role")
    among = org.holders_of(roles) if asked and roles else None
    found = org.staff_found(asked, OPTIONS, among=among) if asked else ()
    return page.fragment("records/people.html", {"people": found})


def _described(row: records.ShownRow) -> str:
    """A record's title with what else tells it from its namesakes."""
    masked = [cell.text for cell in row.cells.values() if cell.state == "masked"]
    plain = [cell.text for cell in row.cells.values() if cell.state == "plain" and cell != row.title]
    return " · ".join([row.title.text or f"#{row.id}", *[*masked, *plain][:3]])


def _changed(fields: tuple[Field, ...], typed: Mapping[str, str], filled: Filled) -> dict[str, str]:
    """What differs from what is stored: a masked field left empty stays as it is."""
    return {
        field.code: typed[field.code]
        for field in fields
        if typed[field.code] != filled.texts.get(field.code, "")
        and not (field.code in filled.masks and not typed[field.code])
    }


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise
