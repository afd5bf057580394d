"""``keguan ledger``: anchors, the public key, and archives."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from keguan.cli.console import fail, operator, say
from keguan.cli.progress import counting
from keguan.cli.words import _
from keguan.runtime.keyring import KeyringError
from keguan.runtime.ledger import anchors, archive, receipts
from keguan.runtime.ledger.actions import Actor, Refused


class What(StrEnum):
    """What to do."""

    ANCHOR = "anchor"
    KEY = "key"
    ARCHIVE = "archive"
    CHECK = "check"


def command(
    what: Annotated[What, typer.Argument(help=_("anchor 立即锚定；key 打印公钥；archive 归档；check 核对归档文件"))],
    files: Annotated[list[Path] | None, typer.Argument(help=_("check：归档文件"))] = None,
    to: Annotated[Path, typer.Option(help=_("archive：放到哪个文件夹"))] = Path(),
    months: Annotated[int, typer.Option(help=_("archive：只归档早于这么多个月封存的，至少 6"))] = 36,
) -> None:
    """Do it. Exit code 1 when something does not fit, 2 when there is no key."""
    try:
        _done(what, files or [], to, months)
    except Refused as refusal:
        fail(refusal.message)
    except KeyringError as error:
        fail(_("密钥文件不可用：%(reason)s") % {"reason": error}, 2)


def _done(what: What, files: list[Path], to: Path, months: int) -> None:
    if what is What.KEY:
        typer.echo(receipts.public_pem(), nl=False)
    elif what is What.ANCHOR:
        newest = anchors.newest_receipt()
        if newest is None:
            say(_("账本里还没有封存的区块，没有可以锚定的。"))
            return
        typer.echo(newest.text)
        say(_("已交给 %(count)s 个锚定目标。") % {"count": anchors.publish(now=True)})
    elif what is What.ARCHIVE:
        with counting(_("归档账本")) as progress:
            made = archive.archive(Actor(None, operator(), "cli"), to, months, progress)
        for path in made:
            say(str(path))
        say(_("新归档 %(count)s 个文件；数据库里的记录原样保留。") % {"count": len(made)})
    else:
        _check(files)


def _check(files: list[Path]) -> None:
    wrong = False
    for path in files:
        found = archive.check(path)
        counts = {"file": path.name, "blocks": found.blocks, "entries": f"{found.entries:,}"}
        say(_("%(file)s：%(blocks)s 个区块，%(entries)s 条记录。") % counts)
        for sentence in found.faults:
            say(f"  {sentence}")
        wrong = wrong or bool(found.faults)
    if wrong:
        raise typer.Exit(1)
