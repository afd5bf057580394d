"""The process's log, while the person does what people do."""

from __future__ import annotations

import logging

from tests.leaks import through_drawer, through_duplicate_hint, through_error, through_list, through_reveal
from tests.leaks.world import Person, World


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.getMessage()} {record.__dict__}")


def drive(world: World, person: Person) -> str:
    """Everything logged at INFO or above, with what is attached to it."""
    kept = _Kept()
    root = logging.getLogger()
    before = root.level
    root.addHandler(kept)
    root.setLevel(logging.INFO)
    try:
        for exit_ in (through_list, through_drawer, through_reveal, through_duplicate_hint, through_error):
            exit_.drive(world, person)
    finally:
        root.removeHandler(kept)
        root.setLevel(before)
    return "\n".join(kept.lines)
