"""``keguan token``: an API token for a member of staff."""

from __future__ import annotations

from typing import Annotated

import typer

from keguan.cli.console import fail, operator, say
from keguan.runtime.ledger.actions import Actor, Refused
from keguan.runtime.org import queries as org
from keguan.runtime.tokens.actions import IssueToken


def command(
    username: Annotated[str, typer.Argument(help="员工的用户名")],
    label: Annotated[str, typer.Option(help="用途，例如“每日报表”")] = "命令行签发",
    scope: Annotated[list[str] | None, typer.Option(help="权限，可以重复；不写就是 records:read")] = None,
    days: Annotated[int, typer.Option(help="有效天数，最多 365")] = 30,
) -> None:
    """Issue a token and print its secret, which is kept nowhere."""
    staff = org.staff_by_username(username)
    if staff is None:
        fail(f"没有用户名为 {username} 的员工。")
    try:
        issued = IssueToken(
            actor=Actor(None, operator(), "cli"),
            staff_id=staff.id,
            label=label,
            scopes=frozenset(scope or ["records:read"]),
            days=days,
        ).run()
    except Refused as refusal:
        for sentence in (refusal.message, *refusal.fields.values()):
            say(sentence)
        raise typer.Exit(1) from None
    say(issued.secret)
