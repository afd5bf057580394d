"""``keguan token``: an API token for a member of staff."""

from __future__ import annotations

from typing import Annotated

import typer

from keguan.cli.console import fail, operator, say
from keguan.cli.words import _
from keguan.runtime.ledger.actions import Actor, Refused
from keguan.runtime.org import queries as org
from keguan.runtime.tokens.actions import IssueToken


def command(
    username: Annotated[str, typer.Argument(help=_("员工的用户名"))],
    label: Annotated[str, typer.Option(help=_("用途，例如“每日报表”"))] = _("命令行签发"),
    scope: Annotated[list[str] | None, typer.Option(help=_("权限，可以重复；不写就是 records:read"))] = None,
    days: Annotated[int, typer.Option(help=_("有效天数，最多 365"))] = 30,
) -> None:
    """Issue a token and print its secret, which is kept nowhere."""
    staff = org.staff_by_username(username)
    if staff is None:
        fail(_("没有用户名为 %(username)s 的员工。") % {"username": username})
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
