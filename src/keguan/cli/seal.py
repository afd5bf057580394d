"""``keguan seal``: bind the ledger's open entries into blocks."""

from __future__ import annotations

from keguan.cli.console import fail, say
from keguan.runtime.ledger.actions import seal


def command() -> None:
    """Seal what is not sealed yet. Exit code 1 when a long change held it up."""
    sealed = seal()
    if sealed.busy:
        fail("有一项较长的改动正在进行，这次没有封存。请稍后再运行 keguan seal。")
    say(
        f"已封存 {sealed.entries:,} 条记录，新增 {sealed.blocks:,} 个区块。"
        if sealed.blocks
        else "没有需要封存的记录。"
    )
