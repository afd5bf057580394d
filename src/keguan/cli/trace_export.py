"""``keguan trace-export``: whose export a leaked file is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from keguan.cli.console import fail, operator, say
from keguan.cli.words import _
from keguan.runtime.access.formatting import moment
from keguan.runtime.access.viewer import system_viewer
from keguan.runtime.exports.actions import Source, TraceExport
from keguan.runtime.ledger.actions import Refused

File = Annotated[Path, typer.Argument(help=_("泄露的文件，或其中一部分。"), metavar="FILE")]


def command(file: File) -> None:
    """Print the exports that the file comes from, and what told it. Exit code 1 when there is none."""
    try:
        data = file.read_bytes()
    except OSError as error:
        fail(_("读不到文件 %(file)s（%(reason)s）。") % {"file": file, "reason": error.strerror}, 2)
    try:
        found = TraceExport(viewer=system_viewer("cli", operator()), data=data).run()
    except Refused as refusal:
        fail(refusal.message)
    if not found:
        fail(_("没有找到来源：文件不是从这里导出的，或者水印已被去掉。"))
    for each in found:
        card = each.export
        at = moment(card.asked_at, "zh")
        say(f"{card.number}  {card.staff_name}  {card.unit_name}  {at}  {card.type_label}  {card.recipient}")
        say(f"  {_how(each)}")


def _how(source: Source) -> str:
    sentences = {
        "file": _("与下载的文件逐字节相同。"),
        "mark": _("文件里有这次导出的暗记。"),
        "quotes": _("%(telling)s 行里有 %(agreeing)s 行的引号与这次导出的暗记一致。"),
        "number": _("文件上写着这次导出的编号；编号谁都可以写，只供参考。"),
    }
    return sentences[source.how] % {"telling": source.telling, "agreeing": source.agreeing}
