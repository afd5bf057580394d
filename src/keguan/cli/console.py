"""How the console speaks: plain lines for people, errors to standard error, and an exit code."""

from __future__ import annotations

import getpass
import os
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from keguan.language.diagnostics.diagnostic import Diagnostic

_GRAVITY = {"error": "错误", "warning": "提醒", "note": "说明"}


def say(line: str = "") -> None:
    """One line on standard output."""
    typer.echo(line)


def fail(line: str, code: int = 1) -> NoReturn:
    """One line on standard error, then the end with this exit code."""
    typer.echo(line, err=True)
    raise typer.Exit(code)


def print_diagnostics(diagnostics: Iterable[Diagnostic], folders: Iterable[Path] = ()) -> None:
    """Each diagnostic as ``file:line:column id gravity：sentence``, with its hint on the next line.

    A pack among ``folders`` is named by its folder as it was typed, so that the terminal can open the place.
    """
    typed = {folder.resolve().name: str(folder).rstrip("/") for folder in folders}
    for found in diagnostics:
        pack, slash, path = str(found.span).partition("/")
        place = f"{typed.get(pack, pack)}{slash}{path}"
        say(f"{place} {found.id} {_GRAVITY[found.severity.value]}：{found.message()}")
        hint = found.hint()
        if hint:
            say(f"    {hint}")


def operator() -> str:
    """Who is at the console, for the ledger: the account of the machine."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return f"uid {os.getuid()}"
