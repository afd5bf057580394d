"""Reading imports: cards, reports, rejected rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.access.rights import may
from keguan.runtime.imports import template as templates
from keguan.runtime.imports.mapping.mapping import Mapping
from keguan.runtime.imports.mapping.targets import Target, targets
from keguan.runtime.imports.models import Import, State
from keguan.runtime.imports.preview import Preview, preview
from keguan.runtime.imports.rejected import PAGE, RejectedRows, rejected_rows
from keguan.runtime.imports.standing import require_importer, seen_by, visible
from keguan.runtime.imports.undo.preview import UndoCard, UndoPreview, undo_preview, undone
from keguan.runtime.imports.workbook.opening import check_size
from keguan.runtime.imports.working import summary
from keguan.runtime.jobs import queries as jobs
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.writing import declared_type

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingType
    from datetime import datetime

    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.jobs.queries import JobCard

MOST_REASONS = 200
"""So many different reasons are told of one import: a reason may name a row, and then each is one of its own."""

__all__ = [
    "ImportCard",
    "Preview",
    "Reason",
    "RejectedRows",
    "State",
    "Target",
    "UndoCard",
    "UndoPreview",
    "check_size",
    "file_name",
    "imports",
    "imports_of",
    "mapping_choices",
    "of_file",
    "one",
    "preview",
    "reasons",
    "rejections",
    "template",
    "undo_preview",
    "undone",
]


@dataclass(frozen=True, slots=True)
class ImportCard:
    """An import for reading. ``rows`` are below the headings; ``position`` of them are settled. ``job`` is there while
    a dry run or the import is under way; ``trial`` holds the counts of the last dry run (create, update, reject).
    """

    id: int
    record_type: str
    state: str
    file_name: str
    size: int
    sheets: tuple[str, ...]
    mapping: Mapping
    headings: tuple[str, ...]
    on_duplicate: str
    rows: int
    position: int
    created: int
    updated: int
    rejected: int
    trial: MappingType[str, int] | None
    by_id: int | None
    by_name: str
    created_at: datetime
    finished_at: datetime | None
    error: str
    summary: str
    job: JobCard | None

    @property
    def over(self) -> bool:
        """Whether nothing more can happen to it."""
        return self.state in (State.DONE, State.CANCELLED)

    @property
    def stalled(self) -> bool:
        """Whether it was begun and nobody is at it: it can be started again."""
        under_way = self.state in (State.WAITING, State.RUNNING)
        return self.state == State.FAILED or (under_way and (self.job is None or self.job.over))

    @property
    def percent(self) -> int:
        """How much is settled, 0 to 100."""
        return 100 * self.position // self.rows if self.rows else 0


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason with how many rows it sent back and the first of them."""

    column: str
    sentence: str
    count: int
    first_row: int


def one(viewer: Viewer, import_id: int) -> ImportCard:
    """The import, if the viewer may see it. Raises ``Refused``. Two queries."""
    return _cards([visible(viewer, import_id)])[0]


def file_name(viewer: Viewer, import_id: int) -> str:
    """What the import's file is called; empty for those who may not see the import. One query, none for the latter."""
    if not may(viewer, "import"):
        return ""
    return seen_by(viewer).filter(pk=import_id).values_list("file_name", flat=True).first() or ""


def imports(viewer: Viewer, size: int = 30) -> tuple[ImportCard, ...]:
    """The newest imports that the viewer may see. Three queries at most."""
    require_importer(viewer)
    return _cards(list(seen_by(viewer)[:size]))


def imports_of(viewer: Viewer, record_type: str, size: int = 5) -> tuple[ImportCard, ...]:
    """The newest imports into one record type that the viewer may see. Three queries at most."""
    require_importer(viewer)
    return _cards(list(seen_by(viewer).filter(record_type=record_type)[:size]))


def of_file(viewer: Viewer, record_type: str, digest: str, sheet: str | None = None) -> ImportCard | None:
    """The viewer's own newest import of this very file (by SHA-256) into this type that was not called off: whoever
    brings the same file again goes on with it, or learns that it is in. Two queries.
    """
    found = Import.objects.filter(by_id=viewer.staff_id, record_type=record_type, digest=digest)
    for stored in found.exclude(state=State.CANCELLED):
        if sheet is None or stored.mapping["sheet"] == sheet:
            return _cards([stored])[0]
    return None


def mapping_choices(viewer: Viewer, record_type: str) -> tuple[Target, ...]:
    """What a column of this type's imports can mean, for the mapping screen. Raises ``Refused``."""
    require_importer(viewer)
    model = policies.current().model
    return targets(model, declared_type(model, record_type))


def rejections(
    viewer: Viewer, import_id: int, *, trial: bool = False, after: int = 0, size: int = PAGE
) -> RejectedRows:
    """A page of rejected rows beyond row ``after`` of the file. Three queries. Raises ``Refused``."""
    return rejected_rows(viewer, visible(viewer, import_id), trial=trial, after=after, size=size)


def reasons(viewer: Viewer, import_id: int, *, trial: bool = False) -> tuple[Reason, ...]:
    """Why rows were rejected, the most frequent reasons first, at most ``MOST_REASONS``. Two queries.

    Raises ``Refused``.
    """
    stored = visible(viewer, import_id)
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], int] = {}
    found = stored.rejections.filter(trial=trial).order_by("row").values_list("row", "reasons")
    for row, problems in found.iterator():
        for key in {(problem["column"], problem["sentence"]) for problem in problems}:
            counts[key] += 1
            first.setdefault(key, row)
    return tuple(Reason(*key, count, first[key]) for key, count in counts.most_common(MOST_REASONS))


def template(viewer: Viewer, record_type: str) -> bytes:
    """The empty .xlsx to fill in. Raises ``Refused``."""
    require_importer(viewer)
    model = policies.current().model
    return templates.template(model, declared_type(model, record_type))


def _cards(found: list[Import]) -> tuple[ImportCard, ...]:
    cards = jobs.jobs_by_id(stored.job_id for stored in found if stored.job_id is not None)
    return tuple(_card(stored, cards.get(stored.job_id or 0)) for stored in found)


def _card(stored: Import, job: JobCard | None) -> ImportCard:
    return ImportCard(
        stored.pk,
        stored.record_type,
        stored.state,
        stored.file_name,
        stored.size,
        tuple(stored.sheets),
        Mapping.from_json(stored.mapping),
        tuple(stored.headings),
        stored.on_duplicate,
        stored.rows,
        stored.position,
        stored.created,
        stored.updated,
        stored.rejected,
        stored.trial,
        stored.by_id,
        stored.by_name,
        stored.created_at,
        stored.finished_at,
        stored.error,
        summary(stored),
        job,
    )
