"""``keguan demo``: the invented company 云岭置地, brought in through the importer."""

from __future__ import annotations

from keguan.cli.console import fail, say
from keguan.cli.progress import Bars
from keguan.cli.words import _
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
        values = {"sheet": each.sheet, "created": f"{each.created:,}", "rejected": f"{each.rejected:,}"}
        say(_("%(sheet)s：导入 %(created)s 条，退回 %(rejected)s 行。") % values)
    example = STAFF[2]
    say(
        _("演示账号共 %(count)s 个，口令都是 %(password)s，例如 %(username)s（%(name)s）。")
        % {"count": len(STAFF), "password": PASSWORD, "username": example.username, "name": example.name}
    )
