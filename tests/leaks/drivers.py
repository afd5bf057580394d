"""Every exit has a file here, ``through_<exit>.py``, with ``drive(world, person) -> str``: all that the person gets."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from keguan.runtime.access.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.leaks.world import Person, World

    Driver = Callable[[World, Person], str]


def drivers() -> dict[Exit, Driver]:
    """The drivers there are, found by the exits' names."""
    return {
        exit_: import_module(f"tests.leaks.through_{exit_.value}").drive
        for exit_ in Exit
        if find_spec(f"tests.leaks.through_{exit_.value}") is not None
    }
