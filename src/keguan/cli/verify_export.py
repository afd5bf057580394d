"""``keguan verify-export``: is an export of the ledger what was sealed? Needs the public key and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from keguan.cli.console import fail, say
from keguan.cli.words import _
from keguan.runtime.ledger.export_check import Broken, check, lines_of, receipt_in


def command(
    file: Annotated[Path, typer.Argument(help=_("导出的文件：zip，或其中的 proofs.jsonl"))],
    key: Annotated[Path, typer.Option(help=_("公钥文件（PEM），由系统管理员事先给出"))],
    anchor: Annotated[Path | None, typer.Option(help=_("早先收到的锚点回执，代替文件里的那一张"))] = None,
) -> None:
    """Check every entry's proof. Exit code 1 when something does not fit, 2 when a file cannot be read."""
    try:
        lines, pem = lines_of(file), key.read_bytes()
        receipt = receipt_in(anchor) if anchor else None
    except (OSError, ValueError, KeyError) as error:
        fail(_("文件读不出来：%(reason)s") % {"reason": error}, 2)
    try:
        proved, loose, wrong = check(lines, pem, receipt)
    except Broken as broken:
        fail(_("不能证明：%(reason)s") % {"reason": broken})
    for sentence in wrong:
        say(f"  {sentence}")
    counts = {"proved": f"{proved:,}", "wrong": f"{len(wrong):,}", "loose": f"{loose:,}"}
    say(_("证明 %(proved)s 条；不符 %(wrong)s 条；导出时尚未封存、无从证明 %(loose)s 条。") % counts)
    if wrong:
        raise typer.Exit(1)
