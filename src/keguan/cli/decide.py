"""``keguan decide``: compute all facts and decisions again."""

from __future__ import annotations

from typing import Annotated

import typer

from keguan.cli.console import fail, operator, say
from keguan.runtime.decisions.actions import Recompute
from keguan.runtime.ledger.actions import Actor, Refused

Type = Annotated[str | None, typer.Option("--type", help="只判定这一种档案，写代码，例如 customer。")]


def command(record_type: Type = None) -> None:
    """Recompute by the policy in force today, in one transaction, and say what changed."""
    try:
        done = Recompute(actor=Actor(None, operator(), "cli"), record_type=record_type).run()
    except Refused as refusal:
        fail(refusal.message)
    for each in done:
        changed = "，".join(f"{code} 改变 {count:,} 条" for code, count in each.decisions.items() if count)
        say(
            f"{each.record_type}：{each.examined:,} 条，更新 {each.changed:,} 条"
            f"{'，' + changed if changed else ''}，用时 {each.seconds:.2f} 秒。"
        )
