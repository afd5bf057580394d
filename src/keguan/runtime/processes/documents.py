"""Documents that are written when a step is completed: who writes them registers here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.runtime.processes.models import Task
    from keguan.runtime.processes.standing import Standing

    Writer = Callable[[Standing, Task, str], None]

_writers: list[Writer] = []


def on_completed(writer: Writer) -> None:
    """Have ``writer(standing, task, document)`` called in the transaction in which a step with a document is completed.

    Called in ``AppConfig.ready``. What it raises undoes the completion.
    """
    if writer not in _writers:
        _writers.append(writer)


def written(standing: Standing, task: Task) -> None:
    """Have the document of a completed step written, if it has one."""
    document = standing.step(task).document
    if document is not None:
        for writer in _writers:
            writer(standing, task, document)
