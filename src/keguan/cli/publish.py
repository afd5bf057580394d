"""``keguan publish``: put new versions of packs into force."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from keguan.cli.console import fail, operator, print_diagnostics, say
from keguan.cli.folders import packs_at
from keguan.cli.words import _
from keguan.runtime.ledger.actions import Actor, Refused
from keguan.runtime.policies.actions import Publish
from keguan.runtime.policies.refusals import PolicyRefused

Folders = Annotated[
    list[Path], typer.Argument(help=_("制度包的文件夹，例如 packs/property-developer。"), metavar="PACK")
]
Effective = Annotated[
    datetime | None,
    typer.Option("--effective", formats=["%Y-%m-%d"], help=_("施行日，代替正文里写的那一天。")),
]


def command(packs: Folders, effective: Effective = None) -> None:
    """Publish all named packs together or none. Exit code 1, with the reasons, when it is refused."""
    action = Publish(
        actor=Actor(None, operator(), "cli"),
        packs=packs_at(packs),
        effective=None if effective is None else effective.date(),
    )
    try:
        published = action.run()
    except PolicyRefused as refusal:
        print_diagnostics(refusal.diagnostics, packs)
        fail(refusal.message)
    except Refused as refusal:
        fail(refusal.message)
    for pack, version in published.versions:
        values = {"pack": pack, "version": version, "effective": published.effective.isoformat()}
        say(_("%(pack)s %(version)s 已发布，自 %(effective)s 起施行。") % values)
