"""``keguan work``: the worker that does jobs."""

from __future__ import annotations

import typer

from keguan.runtime.jobs.worker import work


def command() -> None:
    """Do jobs until TERM or Ctrl-C. The exit code is the worker's."""
    raise typer.Exit(work())
