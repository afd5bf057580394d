"""通知: what somebody has been told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.rehearsal.judging.comparing import holds, unlike
from keguan.runtime.notifications.queries import inbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.testing.result import Failure
    from keguan.language.testing.staged.expectations import NoticesExpected
    from keguan.rehearsal.scene import Scene

_MOST = 500


def notices(expected: NoticesExpected, scene: Scene) -> Iterator[Failure]:
    """The sentences in somebody's inbox, oldest first; a text that is written must stand in one of them."""
    found = inbox(scene.viewer(expected.person), size=_MOST).notices
    sentences = [each.sentence for each in reversed(found)]
    given = scene.words.say(f"{expected.person}收到的通知", f"What {expected.person} was told")
    if holds(expected.manner, expected.texts, sentences, _stands_in):
        return
    quoted = ([f"“{text}”" for text in expected.texts], [f"“{each}”" for each in sentences])
    yield from unlike(expected.span, given, expected.manner, quoted, scene.words)


def _stands_in(text: str, sentence: str) -> bool:
    return text in sentence
