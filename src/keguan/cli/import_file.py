"""``keguan import``: bring in an Excel or CSV file, as the pages do."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from keguan.cli.console import fail, operator, say
from keguan.cli.progress import Bars
from keguan.cli.words import _
from keguan.runtime.access.viewer import Viewer, system_viewer, viewer_for
from keguan.runtime.imports import queries as imports
from keguan.runtime.imports.actions import GiveBack, Start, StartTrial, Upload
from keguan.runtime.imports.queries import ImportCard, Reason
from keguan.runtime.jobs.actions import run_now
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org.queries import staff_by_username

File = Annotated[Path, typer.Argument(help=_("要导入的 .xlsx 或 .csv 文件。"), metavar="FILE")]
Type = Annotated[str, typer.Option("--type", help=_("导入成哪一种档案，写代码，例如 customer。"))]
Sheet = Annotated[str | None, typer.Option("--sheet", help=_("工作表的名字；不写时取与档案同名的，否则取第一张。"))]
As = Annotated[str | None, typer.Option("--as", help=_("以谁的名义导入，写登录名；档案归在他的部门。"))]
Duplicates = Annotated[str, typer.Option("--duplicates", help=_("与已有档案重复的行：skip 退回，update 更新。"))]
Again = Annotated[bool, typer.Option("--again", help=_("同一个文件已导入过，仍再导入一次。"))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=_("只检查，不写入。"))]
Errors = Annotated[Path | None, typer.Option("--errors", help=_("把退回的行和原因写到这个 .xlsx 文件。"))]

_REASONS = 10


def command(  # noqa: PLR0913, PLR0917 - every option of the command line is an argument
    file: File,
    record_type: Type,
    sheet: Sheet = None,
    as_: As = None,
    duplicates: Duplicates = "skip",
    again: Again = False,
    dry_run: DryRun = False,
    errors: Errors = None,
) -> None:
    """Import, with a bar; the same file run again after being killed goes on where it stopped.

    Exit code 1 when the import is refused or does not come to its end; rows given back are no failure.
    """
    data = _read(file)
    try:
        viewer = _viewer(as_)
        card = _uploaded(viewer, file, data, record_type, sheet, again=again)
        if card.over and not again:
            fail(_("这个文件已经导入过（导入编号 %(id)s）。确实要再导入一次，请加上 --again。") % {"id": card.id})
        card = _done(viewer, card, duplicates, again=again, dry_run=dry_run)
        _report(viewer, card, dry_run=dry_run)
        if errors is not None and imports.reasons(viewer, card.id, trial=dry_run):
            errors.write_bytes(GiveBack(viewer=viewer, import_id=card.id, trial=dry_run).run().data)
            say(_("退回的行已写入 %(file)s。") % {"file": errors})
    except Refused as refusal:
        fail(refusal.message)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        fail(_("读不到文件 %(file)s（%(reason)s）。") % {"file": file, "reason": error.strerror}, 2)


def _viewer(username: str | None) -> Viewer:
    if username is None:
        return system_viewer("cli", operator())
    found = staff_by_username(username)
    if found is None:
        fail(_("没有登录名为 %(username)s 的人员。") % {"username": username}, 2)
    return viewer_for(found.id, "cli")


def _uploaded(
    viewer: Viewer, file: Path, data: bytes, record_type: str, sheet: str | None, *, again: bool
) -> ImportCard:
    """The import of this very file that is not finished, else a new one."""
    card = imports.of_file(viewer, record_type, hashlib.sha256(data).hexdigest(), sheet)
    if card is not None and not (card.over and again):
        return card
    upload = Upload(viewer=viewer, record_type=record_type, file_name=file.name, data=data, sheet=sheet)
    return imports.one(viewer, upload.run())


def _done(viewer: Viewer, card: ImportCard, duplicates: str, *, again: bool, dry_run: bool) -> ImportCard:
    if dry_run:
        job = StartTrial(viewer=viewer, import_id=card.id, on_duplicate=duplicates, wake=False).run()
    else:
        start = Start(viewer=viewer, import_id=card.id, on_duplicate=duplicates, again=again, wake=False)
        job = start.run()
    label = _("检查") if dry_run else _("导入")
    with Bars() as bars:
        run_now(job, lambda done, total: bars.tell(label, done, total))
    card = imports.one(viewer, card.id)
    if not dry_run and not card.over:
        fail(card.error or (card.job.error if card.job else "") or _("导入没有完成。请再运行一次，它会接着做。"))
    return card


def _report(viewer: Viewer, card: ImportCard, *, dry_run: bool) -> None:
    if dry_run and card.trial is not None:
        counts = {name: f"{count:,}" for name, count in card.trial.items()}
        say(_("检查完毕：可新建 %(create)s 条，可更新 %(update)s 条，退回 %(reject)s 行。") % counts)
    else:
        done = {"created": f"{card.created:,}", "updated": f"{card.updated:,}", "rejected": f"{card.rejected:,}"}
        say(_("导入完毕：新建 %(created)s 条，更新 %(updated)s 条，退回 %(rejected)s 行。") % done)
    found = imports.reasons(viewer, card.id, trial=dry_run)
    for reason in found[:_REASONS]:
        say(_reason(reason))
    if len(found) > _REASONS:
        say(_("  另有 %(count)s 种原因。") % {"count": len(found) - _REASONS})


def _reason(reason: Reason) -> str:
    values = {
        "column": reason.column,
        "sentence": reason.sentence,
        "count": f"{reason.count:,}",
        "row": reason.first_row,
    }
    if reason.column:
        return _("  %(column)s：%(sentence)s（%(count)s 行，最早在第 %(row)s 行）") % values
    return _("  %(sentence)s（%(count)s 行，最早在第 %(row)s 行）") % values
