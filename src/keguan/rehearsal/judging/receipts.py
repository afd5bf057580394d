"""签收: who has confirmed the newest version of a policy, and who has still to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.testing.staged.expectations import Manner
from keguan.rehearsal.judging.comparing import holds, unlike
from keguan.rehearsal.missing import Missing
from keguan.runtime.policies.queries import receipts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.testing.result import Failure
    from keguan.language.testing.staged.policies import ReceiptsExpected
    from keguan.rehearsal.scene import Scene


def confirmed(expected: ReceiptsExpected, scene: Scene) -> Iterator[Failure]:
    """Both lists, no more and no fewer. Raises ``Missing`` where no version is to be confirmed."""
    words, title = scene.words, scene.model.policies[expected.pack].title
    kept = receipts(expected.pack)
    if not kept:
        raise Missing(words.say(f"制度“{title}”的签收", f"receipts of “{title}”"), words.say("没有", "none"))
    asked = (
        (expected.confirmed, kept[0].confirmed, words.say("已签收", "confirmed")),
        (expected.outstanding, kept[0].outstanding, words.say("未签收", "outstanding")),
    )
    for wanted, readers, said in asked:
        names = sorted(each.name for each in readers)
        if wanted is not None and not holds(Manner.EXACTLY, tuple(sorted(wanted)), names, str.__eq__):
            given = words.given(f"{title} {said}")
            yield from unlike(expected.span, given, Manner.EXACTLY, (wanted, names), words)
