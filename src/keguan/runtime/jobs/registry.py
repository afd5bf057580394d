"""Which function does a job of which name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from keguan.runtime.jobs.progress import Progress

Work = Callable[[Mapping[str, Any], "Progress"], str | None]
"""What a job does: given its arguments and its progress, it returns the sentence to show when it is done."""

_works: dict[str, Work] = {}


def job(name: str) -> Callable[[Work], Work]:
    """Register the function under it as the work of all jobs called ``name``.

    Stands in an app's ``jobs.py``. The function may be killed at any line and is then called again with the same
    arguments, so it must find by itself how far it came.
    """

    def register(work: Work) -> Work:
        if _works.get(name, work) is not work:
            raise ValueError(f"two functions want to do the job {name!r}")
        _works[name] = work
        return work

    return register


def work_of(name: str) -> Work | None:
    """The function that does jobs of this name, None when no app has registered one."""
    return _works.get(name)
