"""``keguan token``: issue an API token for a member of staff."""

from __future__ import annotations

from typing import Annotated

import typer

from keguan.cli.console import fail, say
from keguan.cli.django_start import start_django


def token(
    username: Annotated[str, typer.Argument(help="员工的用户名")],
    label: Annotated[str, typer.Option(help="用途，例如“每日报表”")] = "命令行签发",
    scope: Annotated[list[str] | None, typer.Option(help="权限，可重复；默认 records:read")] = None,
    days: Annotated[int, typer.Option(help="有效天数")] = 30,
) -> None:
    """签发接口令牌。令牌只显示这一次。"""
    start_django()
    from keguan.runtime.ledger.actions import Actor, Refused
    from keguan.runtime.org import queries as org
    from keguan.runtime.tokens.actions import IssueToken

    try:
        staff = org.by_username(username)
        issued = IssueToken(
            actor=Actor(None, "命令行", "cli"),
            staff_id=staff.id,
            label=label,
            scopes=frozenset(scope or ["records:read"]),
            days=days,
        ).run()
    except Refused as refusal:
        fail(refusal.message, *refusal.fields.values())
    say(issued.secret)
