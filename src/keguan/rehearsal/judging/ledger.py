"""账本: what the ledger says that somebody did."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from keguan.language.testing.result import Failure
from keguan.runtime.ledger.queries import EntryFilters, entries_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.testing.staged.expectations import EntriesExpected
    from keguan.rehearsal.scene import Scene
    from keguan.runtime.ledger.queries import EntryCard

_MOST = 500


def entries(expected: EntriesExpected, scene: Scene) -> Iterator[Failure]:
    """How many entries of an action there are. Raises ``Problem``."""
    filters = EntryFilters(
        actor_id=None if expected.person is None else scene.company.id(expected.person),
        action=expected.action,
        subject_type="" if expected.record is None else expected.record.record_type,
        subject_id="" if expected.record is None else str(scene.record(expected.record).id),
    )
    found = entries_page(filters=filters, size=_MOST).entries
    got = sum(all(text in _said(each) for text in expected.content) for each in found)
    if got != expected.count:
        words = scene.words
        given = words.given(words.say(f"账本里“{expected.action}”", f"“{expected.action}” in the ledger"))
        shown = [words.say(f"{each}条", str(each)) for each in (expected.count, got)]
        yield Failure(expected.span, given, shown[0], shown[1], "", "", words.language)


def _said(entry: EntryCard) -> str:
    return json.dumps(entry.data, ensure_ascii=False, default=str)
