"""The command line inside the test's own process, on the test's own database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation
from typer.testing import CliRunner

from keguan.cli.main import application

if TYPE_CHECKING:
    from click.testing import Result


def keguan(*arguments: str) -> Result:
    """Run one command and return what it printed and its exit code; the language of the test stays as it was.

    A command that fails in another way than by its own refusal fails the test.
    """
    with translation.override(None):
        done = CliRunner().invoke(application(arguments), arguments, prog_name="keguan")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done
