"""``keguan demo``: the invented company 云岭置地, brought in through the importer."""

from __future__ import annotations

from keguan.cli.console import fail, say
from keguan.cli.progress import Bars
from keguan.demo.company import PASSWORD, STAFF
from keguan.demo.seeding import seed
from keguan.runtime.ledger.actions import Refused


def command() -> None:
    """Bring in what is not there yet. Exit code 1 when it does not come to its end."""
    try:
        with Bars() as bars:
            brought = seed(bars.tell)
    except Refused as refusal:
        fail(refusal.message)
    for each in brought:
        say(f"{each.sheet}：导入 {each.created:,} 条，退回 {each.rejected:,} 行。")
    say(f"演示账号共 {len(STAFF)} 个，口令都是 {PASSWORD}，例如 {STAFF[2].username}（{STAFF[2].name}）。")
