"""How the console speaks: plain lines for people, errors to standard error, and an exit code."""

from __future__ import annotations

import getpass
import os
from typing import TYPE_CHECKING, NoReturn

import typer

from keguan.cli.words import _, language

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from keguan.language.diagnostics.diagnostic import Diagnostic


def say(line: str = "") -> None:
    """One line on standard output."""
    typer.echo(line)


def fail(line: str, code: int = 1) -> NoReturn:
    """One line on standard error, then the end with this exit code."""
    typer.echo(line, err=True)
    raise typer.Exit(code)


def print_diagnostics(diagnostics: Iterable[Diagnostic], folders: Iterable[Path] = ()) -> None:
    """Each diagnostic as ``file:line:column id gravity: sentence`` in the chosen language, its hint on the next line.

    A pack among ``folders`` is named by its folder as it was typed, so that the terminal can open the place.
    """
    spoken = language()
    gravity = {"error": _("错误"), "warning": _("提醒"), "note": _("提示")}
    typed = {folder.resolve().name: str(folder).rstrip("/") for folder in folders}
    for found in diagnostics:
        pack, slash, path = str(found.span).partition("/")
        place = f"{typed.get(pack, pack)}{slash}{path}"
        values = {
            "place": place,
            "id": found.id,
            "gravity": gravity[found.severity.value],
            "message": found.message(spoken),
        }
        say(_("%(place)s %(id)s %(gravity)s：%(message)s") % values)
        hint = found.hint(spoken)
        if hint:
            say(f"    {hint}")


def operator() -> str:
    """Who is at the console, for the ledger: the account of the machine."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return f"uid {os.getuid()}"
