"""What taking an import back would do, and what it has done: for the pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.imports.actions.undo import TERM, why_not
from keguan.runtime.imports.models import Before, Undoing
from keguan.runtime.imports.standing import visible
from keguan.runtime.imports.undo.judging import WORDS, Why, stay
from keguan.runtime.imports.undo.working import created_by, summary
from keguan.runtime.jobs.queries import job as job_card
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.editing import stored_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.jobs.queries import JobCard

MOST = 1_000
"""So many of the newest records are judged for a preview; of more it says that there are more."""

SHOWN = 200
"""So many records that stay are told one by one."""


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """What would happen: how many created records would go and stay, by reason, among the ``judged`` newest of
    ``created``; how many records would get values back. ``refused`` says why it cannot be done at all.
    """

    refused: str
    created: int
    judged: int
    going: int
    staying: Mapping[str, int]
    restoring: int
    until: datetime


@dataclass(frozen=True, slots=True)
class KeptCard:
    """A record that stayed. ``fields`` are the labels of those that were changed again."""

    record_id: int
    why: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UndoCard:
    """An import taken back, or being taken back."""

    at: datetime
    by_name: str
    ended_at: datetime | None
    removed: int
    restored: int
    kept: int
    summary: str
    left: tuple[KeptCard, ...]
    job: JobCard | None


def undo_preview(viewer: Viewer, import_id: int) -> UndoPreview:
    """What taking it back would do now. A fixed number of queries. Raises ``Refused`` for one out of sight."""
    stored = visible(viewer, import_id)
    model = policies.current().model
    refusal = why_not(stored)
    ids: list[int] = []
    staying: dict[int, Why] = {}
    if refusal is None:
        ids = list(created_by(stored).order_by("-id").values_list("id", flat=True)[:MOST])
        rows = stored_rows(model, stored.record_type, ids) if ids else {}
        staying = stay(viewer, model, stored.record_type, rows) if rows else {}
    return UndoPreview(
        "" if refusal is None else refusal.message,
        stored.created,
        len(ids),
        len(ids) - len(staying),
        {str(WORDS[why]): count for why, count in Counter(staying.values()).most_common()},
        Before.objects.filter(of=stored).values("record_id").distinct().count(),
        (stored.finished_at or stored.created_at) + TERM,
    )


def undone(viewer: Viewer, import_id: int) -> UndoCard | None:
    """How taking it back went or goes; None when nobody began it. Five queries at most. Raises ``Refused``."""
    stored = visible(viewer, import_id)
    found = Undoing.objects.filter(of=stored).first()
    if found is None:
        return None
    declared = policies.current().model.record_types.get(stored.record_type)
    labels = {} if declared is None else {each.code: each.label.text(viewer.language) for each in declared.fields}
    left = tuple(
        KeptCard(each.record_id, str(WORDS[Why(each.why)]), tuple(labels.get(code, code) for code in each.fields))
        for each in found.left.order_by("record_id")[:SHOWN]
        if each.why != Why.OUT_OF_REACH
    )
    card = None if found.job_id is None else job_card(found.job_id)
    return UndoCard(
        found.at,
        found.by_name,
        found.ended_at,
        found.removed,
        found.restored,
        found.kept,
        summary(found),
        left,
        card,
    )
