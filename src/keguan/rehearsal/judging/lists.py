"""名单 and 时间线: which records somebody sees where, in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.rehearsal.judging.comparing import holds, unlike
from keguan.runtime.records.queries import Filter, ListQuery, Operator, page
from keguan.runtime.records.queries import timeline as events_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.testing.result import Failure
    from keguan.language.testing.staged.expectations import ListExpected, TimelineExpected
    from keguan.rehearsal.scene import Scene

_MOST = 200


def listed(expected: ListExpected, scene: Scene) -> Iterator[Failure]:
    """The list of a record type as somebody sees it. Raises ``Refused`` for what they may not filter or order by."""
    filters = tuple(Filter(code, Operator.IS, (value,)) for code, value in expected.filters)
    query = ListQuery(filters=filters, sort=expected.sort, size=_MOST)
    found = page(scene.viewer(expected.person), expected.record_type, query)
    titles = [scene.title(expected.record_type, row.id) for row in found.rows]
    label = scene.model.record_types[expected.record_type].label.text(scene.words.language)
    given = scene.words.say(f"{expected.person}的{label}名单", f"{label} as listed for {expected.person}")
    if holds(expected.manner, expected.titles, titles, str.__eq__):
        return
    yield from unlike(expected.span, given, expected.manner, (expected.titles, titles), scene.words)


def timeline(expected: TimelineExpected, scene: Scene) -> Iterator[Failure]:
    """The timeline of a record as somebody sees it, newest first. Raises ``Refused`` and ``Problem``."""
    ref = expected.record
    events = events_of(scene.viewer(expected.person), ref.record_type, scene.record(ref).id)
    titles = [scene.title(event.record_type, event.row.id) for event in events]
    given = scene.words.say(f"{expected.person}看“{ref.title}”的时间线", f"The timeline of “{ref.title}”")
    if holds(expected.manner, expected.titles, titles, str.__eq__):
        return
    yield from unlike(expected.span, given, expected.manner, (expected.titles, titles), scene.words)
