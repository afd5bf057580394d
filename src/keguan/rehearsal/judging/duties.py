"""待办数: how many duties there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.testing.result import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.testing.staged.expectations import DutiesCounted
    from keguan.rehearsal.scene import Scene

_STATES: dict[str, dict[str, str | bool]] = {
    "open": {"state": "open"},
    "late": {"state": "open", "late": True},
    "done": {"state": "done"},
    "exempt": {"state": "exempted"},
}


def duties_counted(expected: DutiesCounted, scene: Scene) -> Iterator[Failure]:
    """How many duties of a block or row are in a state. Raises ``Problem``."""
    got = len(scene.duties(expected.duty, **_STATES[expected.state]))
    if got != expected.count:
        words = scene.words
        given = words.given(words.say(f"待办“{expected.duty.label}”", f"Duties “{expected.duty.label}”"))
        clause = scene.model.blocks.duties[expected.duty.duty].clause.number
        yield Failure(expected.span, given, str(expected.count), str(got), clause, "", words.language)
