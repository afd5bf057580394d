"""``keguan backup``: everything into one encrypted file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from keguan.cli.console import fail, operator, say
from keguan.cli.progress import Bars
from keguan.cli.words import _
from keguan.runtime.backups.actions import BackUp
from keguan.runtime.keyring.kms import KeyringError
from keguan.runtime.ledger.actions import Actor, Refused

File = Annotated[Path, typer.Argument(help=_("备份写到哪个文件；它还不能存在。"), metavar="FILE")]


def command(file: File) -> None:
    """Write it while people work, and say how much it holds and its checksum."""
    try:
        with Bars() as bars:
            sums = BackUp(
                actor=Actor(None, operator(), "cli"), path=file, watch=lambda name, rows: bars.write(f"{name} {rows:,}")
            ).run()
    except Refused as refusal:
        fail(refusal.message)
    except KeyringError as error:
        fail(_("密钥文件不可用：%(reason)s") % {"reason": error}, 2)
    say(
        _("已备份%(tables)s张表、%(rows)s行，校验值 %(digest)s。")
        % {"tables": len(sums.tables), "rows": f"{sums.rows:,}", "digest": sums.digest}
    )
    say(_("没有密钥文件，备份打不开：请把密钥文件和它的保管凭据另外存放。"))
