"""``keguan snapshot``: the tables that decisions read, in a file of their own, for trials that weigh on nobody."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from keguan.cli.console import fail, operator, say
from keguan.cli.stopping import stopping
from keguan.cli.words import _
from keguan.runtime.decisions.snapshots import take
from keguan.runtime.jobs.progress import Cancelled
from keguan.runtime.ledger.actions import Actor, Refused

File = Annotated[
    Path, typer.Argument(help=_("快照写到这个文件，例如 live.sqlite3；已有的快照会被替换。"), metavar="FILE")
]


def command(file: File) -> None:
    """Copy; no file is left half-way. Exit code 1 when it is refused or stopped."""
    try:
        with stopping() as stop:
            made = take(Actor(None, operator(), "cli"), file, stop)
    except Refused as refusal:
        fail(refusal.message)
    except Cancelled:
        fail(_("已停止，没有留下快照。"))
    values = {"file": file, "day": made.day.isoformat(), "size": f"{file.stat().st_size / 1e6:,.1f}"}
    say(_("快照已写入 %(file)s（%(day)s，%(size)s MB）。里面有客户资料，请像数据库一样保管。") % values)
