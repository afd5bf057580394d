"""``keguan decide``: compute all facts and decisions again."""

from __future__ import annotations

from typing import Annotated

import typer

from keguan.cli.console import fail, operator, say
from keguan.cli.words import _
from keguan.runtime.decisions.actions import Recompute
from keguan.runtime.ledger.actions import Actor, Refused

Type = Annotated[str | None, typer.Option("--type", help=_("只判定这一种档案，写代码，例如 customer。"))]


def command(record_type: Type = None) -> None:
    """Recompute by the policy in force today, in one transaction, and say what changed."""
    try:
        done = Recompute(actor=Actor(None, operator(), "cli"), record_type=record_type).run()
    except Refused as refusal:
        fail(refusal.message)
    for each in done:
        say(
            _("%(type)s：%(examined)s 条，更新 %(changed)s 条，用时 %(seconds)s 秒。")
            % {
                "type": each.record_type,
                "examined": f"{each.examined:,}",
                "changed": f"{each.changed:,}",
                "seconds": f"{each.seconds:.2f}",
            }
        )
        for decision, count in each.decisions.items():
            if count:
                say(_("  %(decision)s：改变 %(count)s 条。") % {"decision": decision, "count": f"{count:,}"})
