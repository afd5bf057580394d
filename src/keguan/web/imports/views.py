"""The import wizard: upload, mapping, dry run, run, what came back."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from keguan.runtime.access.rights import visible
from keguan.runtime.imports import queries as imports
from keguan.runtime.imports.actions import Cancel, GiveBack, Remap, Start, StartTrial, Upload
from keguan.runtime.imports.queries import State
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.web.imports.state import state_of
from keguan.web.imports.words import import_line, type_label
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import QueryDict

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST = 60 * 1024 * 1024
"""Beyond this a file is not even read: the importer's own limit is below it and says the same."""


@staff_page
def listing(page: Page) -> HttpResponse:
    """The newest imports."""
    lines = [import_line(card, page.viewer.language) for card in imports.imports(page.viewer)]
    return page.answer("imports/list.html", {"imports": lines})


@staff_page
def new(page: Page) -> HttpResponse:
    """Choose a file and where it goes; an import of the same file that was left unfinished is taken up again."""
    posted = page.request.POST
    context: dict[str, Any] = {
        "types": _types(page),
        "chosen": posted.get("type") or page.request.GET.get("type", ""),
        "sheet": posted.get("sheet", ""),
    }
    if page.request.method != "POST":
        return page.answer("imports/new.html", context)
    try:
        begun = _upload(page, posted)
    except Refused as refused:
        return page.answer("imports/new.html", {**context, "refused": refused.message}, status=422)
    return HttpResponseRedirect(reverse("imports:import", args=[begun]))


@staff_page
def one(page: Page, import_id: int) -> HttpResponse:
    """An import, wherever it stands."""
    return _standing(page, import_id, mapping="mapping" in page.request.GET)


@staff_page
def state(page: Page, import_id: int) -> HttpResponse:
    """The middle of the page, asked for every second while a worker is at it."""
    return _standing(page, import_id)


@require_POST
@staff_page
def sheet(page: Page, import_id: int) -> HttpResponse:
    """Read another sheet of the file."""
    return _done(
        page, import_id, Remap(viewer=page.viewer, import_id=import_id, sheet=page.request.POST.get("sheet", ""))
    )


@require_POST
@staff_page
def check(page: Page, import_id: int) -> HttpResponse:
    """Take the mapping and try every row."""
    posted = page.request.POST
    width = len(imports.one(page.viewer, import_id).headings)
    columns = tuple(posted.get(f"column.{place}") or None for place in range(width))
    rule = posted.get("on_duplicate", "skip")
    return _done(
        page,
        import_id,
        Remap(viewer=page.viewer, import_id=import_id, columns=columns),
        StartTrial(viewer=page.viewer, import_id=import_id, on_duplicate=rule),
    )


@require_POST
@staff_page
def start(page: Page, import_id: int) -> HttpResponse:
    """Begin, or go on where it stopped."""
    card = imports.one(page.viewer, import_id)
    again = page.request.POST.get("again") == "1"
    return _done(
        page, import_id, Start(viewer=page.viewer, import_id=import_id, on_duplicate=card.on_duplicate, again=again)
    )


@require_POST
@staff_page
def cancel(page: Page, import_id: int) -> HttpResponse:
    """Stop at the next batch."""
    return _done(page, import_id, Cancel(viewer=page.viewer, import_id=import_id))


@staff_page
def errors(page: Page, import_id: int) -> HttpResponse:
    """The rejected rows as a workbook, with the reasons."""
    trial = imports.one(page.viewer, import_id).state == State.CHECKED
    back = GiveBack(viewer=page.viewer, import_id=import_id, trial=trial).run()
    return _file(back.data, back.file_name)


@staff_page
def template(page: Page, record_type: str) -> HttpResponse:
    """The empty workbook of a record type."""
    label = type_label(record_type, page.viewer.language)
    return _file(imports.template(page.viewer, record_type), gettext("%(label)s模板.xlsx") % {"label": label})


def _upload(page: Page, posted: QueryDict) -> int:
    """The id of the import begun, or of the unfinished one of the same file. Raises ``Refused``."""
    given = page.request.FILES.get("file")
    sent = int(page.request.headers.get("Content-Length") or 0)
    if not isinstance(given, UploadedFile) and sent <= LARGEST:
        raise Refused("imports.no_file", gettext("请选择要导入的文件。"))
    if not isinstance(given, UploadedFile) or (given.size or 0) > LARGEST:
        raise Refused("imports.too_large", gettext("文件超过 50 MB。请拆成几个文件，分别导入。"))
    data, record_type, wanted = given.read(), posted.get("type", ""), posted.get("sheet", "").strip() or None
    left = imports.of_file(page.viewer, record_type, hashlib.sha256(data).hexdigest(), wanted)
    if left is not None and not left.over:
        return left.id
    upload = Upload(viewer=page.viewer, record_type=record_type, file_name=given.name or "", data=data, sheet=wanted)
    return upload.run()


def _done(page: Page, import_id: int, *actions: Remap | StartTrial | Start | Cancel) -> HttpResponse:
    """Run the actions and show the import; what is refused is said above it."""
    try:
        for action in actions:
            action.run()
    except Refused as refused:
        return _standing(page, import_id, refused=refused)
    return HttpResponseRedirect(reverse("imports:import", args=[import_id]))


def _standing(page: Page, import_id: int, *, mapping: bool = False, refused: Refused | None = None) -> HttpResponse:
    card = imports.one(page.viewer, import_id)
    context = state_of(page.viewer, card, mapping=mapping)
    if refused is not None:
        context |= {"refused": refused.message, "again": refused.code == "imports.imported_before"}
    if page.partial:
        return page.fragment("imports/state.html", context)
    return page.answer("imports/import.html", context, status=200 if refused is None else 422)


def _types(page: Page) -> list[dict[str, str]]:
    """The record types that can be imported: those people write and this viewer sees."""
    return [
        {"code": code, "label": declared.label.text(page.viewer.language)}
        for code, declared in policies.current().model.record_types.items()
        if declared.cadence is None and visible(page.viewer, declared)
    ]


def _file(data: bytes, name: str) -> HttpResponse:
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return HttpResponse(data, content_type=XLSX, headers={"Content-Disposition": disposition})
