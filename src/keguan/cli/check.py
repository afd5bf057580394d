"""``keguan check``: is this policy sound?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from keguan.cli.console import print_diagnostics, say
from keguan.cli.folders import with_bases
from keguan.cli.words import _
from keguan.language import api
from keguan.language.diagnostics.diagnostic import Severity

Folders = Annotated[
    list[Path], typer.Argument(help=_("制度包的文件夹，例如 packs/property-developer。"), metavar="PACK")
]


def command(packs: Folders) -> None:
    """Print every diagnostic; exit code 1 when one of them is an error, 2 when a folder cannot be read."""
    checked = api.check(with_bases(packs))
    print_diagnostics(checked.diagnostics, packs)
    if not checked.diagnostics:
        say(_("没有发现问题。"))
        return
    errors = sum(found.severity is Severity.ERROR for found in checked.diagnostics)
    warnings = sum(found.severity is Severity.WARNING for found in checked.diagnostics)
    say(_("%(errors)s 处错误，%(warnings)s 处提醒。") % {"errors": errors, "warnings": warnings})
    if errors:
        raise typer.Exit(1)
