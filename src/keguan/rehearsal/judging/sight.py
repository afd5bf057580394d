"""可见: how somebody sees a field of a record, or whether they see the record at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.testing.result import Failure
from keguan.language.testing.staged.expectations import Seen
from keguan.language.testing.staged.words import SEEN_AS
from keguan.runtime.access.exits import Exit
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records.queries import profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.testing.staged.expectations import SightExpected
    from keguan.rehearsal.scene import Scene


def sight(expected: SightExpected, scene: Scene) -> Iterator[Failure]:
    """What they see on the record's page. Raises ``Problem``."""
    record, words = scene.record(expected.record), scene.words
    try:
        cells = profile(scene.viewer(expected.person), expected.record.record_type, record.id, Exit.PROFILE).row.cells
    except Refused:
        got = Seen.HIDDEN
    else:
        cell = None if expected.field is None else cells.get(expected.field)
        got = Seen.PLAIN if expected.field is None else Seen.HIDDEN if cell is None else Seen(cell.state)
    if got is expected.seen:
        return
    declared = scene.model.record_types[expected.record.record_type]
    title = scene.title(expected.record.record_type, record.id)
    what = words.say(f"{expected.person}看{declared.label.zh}“{title}”", f"{expected.person} looking at “{title}”")
    clause, label = declared.clause.number, ""
    if expected.field is not None:
        field = next((each for each in declared.fields if each.code == expected.field), None)
        label = (field.label.text(words.language) if field else expected.field) + words.say("", " ")
        clause = field.clause.number if field else clause
    shown = [SEEN_AS[each][words.language != "zh"] for each in (expected.seen, got)]
    yield Failure(expected.span, words.given(what), f"{label}{shown[0]}", shown[1], clause, "", words.language)
