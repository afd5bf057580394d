"""Whose a leaked file is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext

from keguan.runtime.exports import queries as exports
from keguan.runtime.exports.actions import TraceExport
from keguan.runtime.ledger.actions import Refused
from keguan.web.exports.lines import export_line
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from keguan.runtime.exports.actions import Source


@staff_page
def trace(page: Page) -> HttpResponse:
    """GET: choose a file. POST: whose export it is. Nothing of the file is kept."""
    if not exports.oversees(page.viewer):
        TraceExport(viewer=page.viewer, data=b"").run()
    context: dict[str, Any] = {}
    if page.request.method == "POST":
        given = page.request.FILES.get("file")
        data = given.read() if isinstance(given, UploadedFile) else page.request.POST.get("text", "").encode()
        if not data:
            return page.answer("exports/trace.html", {"refused": gettext("请选择文件，或粘贴其中几十行。")}, status=422)
        try:
            found = TraceExport(viewer=page.viewer, data=data).run()
        except Refused as refusal:
            return page.answer("exports/trace.html", {"refused": refusal.message}, status=422)
        context = {"looked": True, "found": [(export_line(each.export), how(each)) for each in found]}
    return page.answer("exports/trace.html", context)


def how(source: Source) -> str:
    """What told it, as a sentence."""
    sentences = {
        "file": gettext("与下载的文件逐字节相同。"),
        "mark": gettext("文件里有这次导出的暗记。"),
        "quotes": gettext("%(telling)s 行里有 %(agreeing)s 行的引号与这次导出的暗记一致。"),
        "number": gettext("文件上写着这次导出的编号；编号谁都可以写，只供参考。"),
    }
    return sentences[source.how] % {"telling": source.telling, "agreeing": source.agreeing}
