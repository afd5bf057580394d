"""``keguan seal``: bind the ledger's open entries into blocks."""

from __future__ import annotations

from keguan.cli.console import fail, say
from keguan.cli.words import _
from keguan.runtime.ledger.actions import seal


def command() -> None:
    """Seal what is not sealed yet. Exit code 1 when a long change held it up."""
    sealed = seal()
    if sealed.busy:
        fail(_("有一项较长的改动正在进行，这次没有封存。请稍后再运行 keguan seal。"))
    if not sealed.blocks:
        say(_("没有需要封存的记录。"))
        return
    counts = {"entries": f"{sealed.entries:,}", "blocks": f"{sealed.blocks:,}"}
    say(_("已封存 %(entries)s 条记录，新增 %(blocks)s 个区块。") % counts)
