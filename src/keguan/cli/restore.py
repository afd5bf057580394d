"""``keguan restore``: a backup back into an empty system."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command

from keguan.cli.console import fail, operator, say
from keguan.cli.progress import Bars
from keguan.cli.words import _
from keguan.runtime.backups.actions import Restore
from keguan.runtime.ledger.actions import Actor, Refused

File = Annotated[Path, typer.Argument(help=_("备份文件。"), metavar="FILE")]


def command(file: File) -> None:
    """Restore, and say how much came back and its checksum: the same as the backup said."""
    if not settings.KEYRING_PATH.exists():
        fail(_("没有密钥文件 %(path)s：请先放回做这份备份时的密钥文件。") % {"path": settings.KEYRING_PATH}, 2)
    call_command("migrate", interactive=False, verbosity=0)
    try:
        with Bars() as bars:
            sums = Restore(
                actor=Actor(None, operator(), "cli"), path=file, watch=lambda name, rows: bars.write(f"{name} {rows:,}")
            ).run()
    except Refused as refusal:
        fail(refusal.message)
    say(
        _("已恢复%(tables)s张表、%(rows)s行，校验值 %(digest)s。")
        % {"tables": len(sums.tables), "rows": f"{sums.rows:,}", "digest": sums.digest}
    )
    say(_("备份以后销毁过档案的，先运行 keguan retention reapply，照销毁清册再销毁一次。"))
    say(_("接着运行 keguan verify 核对账本，再运行 keguan run。"))
