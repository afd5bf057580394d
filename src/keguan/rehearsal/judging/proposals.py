"""奖惩: which consequences were proposed, and how they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.consequence import Measure
from keguan.language.testing.result import Failure
from keguan.language.testing.staged.words import MEASURES
from keguan.rehearsal.proposed import expected_proposals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.testing.staged.expectations import ProposalExpected
    from keguan.rehearsal.scene import Scene


def proposal(expected: ProposalExpected, scene: Scene) -> Iterator[Failure]:
    """How many there are with the parts that are written. Raises ``Problem``."""
    got = len(expected_proposals(expected, scene))
    if got != expected.count:
        words = scene.words
        measure = MEASURES[Measure(expected.measure)][words.language != "zh"] if expected.measure else ""
        parts = [part for part in (expected.person, measure, expected.amount) if part]
        given = words.given(words.say("奖惩", "Consequences") + words.say("：", ": ") + words.listed(parts))
        shown = [words.say(f"{each}项", str(each)) for each in (expected.count, got)]
        yield Failure(expected.span, given, shown[0], shown[1], "", "", words.language)
