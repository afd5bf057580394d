"""What is due, by block, and what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.model.retention import laid_terms
from keguan.runtime.access.rights import may
from keguan.runtime.policies.queries import current
from keguan.runtime.retention.gathering import due, piles
from keguan.runtime.retention.models import Aside, Batch, BatchState, Hold, HoldKind
from keguan.runtime.retention.queries.batches import BatchRow, batch_row
from keguan.runtime.retention.sight import looks, require_sight
from keguan.runtime.retention.words import DISPOSALS, clause_of

if TYPE_CHECKING:
    from datetime import date

    from keguan.runtime.access.viewer import Viewer

CAP = 10_000
"""Counts stop here."""

OPEN = (BatchState.GATHERED, BatchState.SUBMITTED, BatchState.APPROVED, BatchState.WITNESSED)
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class PileRow:
    """What one block disposes of in one way and is due but waits in no batch yet. ``count`` is in words; ``oldest`` the
    day since when.
    """

    record_type: str
    label: str
    block: str
    disposal: str
    clause: str
    reference: str
    count: str
    oldest: date | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The page of retention: what is due, open batches, and how much is held and only stored."""

    piles: tuple[PileRow, ...]
    batches: tuple[BatchRow, ...]
    held: int
    stored: int


@dataclass(frozen=True, slots=True)
class Task:
    """A batch that waits for the viewer: to be appraised, or to be witnessed."""

    batch: BatchRow
    what: str  # appraise, witness


def overview(viewer: Viewer) -> Overview:
    """What the page shows. Two queries for each pile that has anything due, and four. Raises ``Refused``."""
    require_sight(viewer)
    model = current().model
    rows = []
    for record_type, declared in model.record_types.items():
        if not laid_terms(model, record_type):
            continue
        for pile in piles(model, record_type):
            count = due(pile).order_by().values("id")[: CAP + 1].count()
            if not count:
                continue
            laid = pile.terms[0]
            rows.append(
                PileRow(
                    record_type,
                    declared.label.text(viewer.language),
                    laid.retention.label.text(viewer.language),
                    str(DISPOSALS[pile.disposal.value]),
                    clause_of(laid),
                    laid.term.reference,
                    f"{CAP:,}+" if count > CAP else f"{count:,}",
                    due(pile).values_list("due_on", flat=True).first(),
                )
            )
    open_ = Batch.objects.filter(state__in=OPEN).order_by("-id")[:_SHOWN]
    return Overview(
        tuple(rows),
        tuple(batch_row(viewer, model, each) for each in open_),
        Hold.objects.filter(kind=HoldKind.HELD, lifted_at__isnull=True).values("id")[: CAP + 1].count(),
        Aside.objects.values("id")[: CAP + 1].count(),
    )


def tasks(viewer: Viewer) -> tuple[Task, ...]:
    """The batches that wait for this viewer, oldest first: to be appraised, or for their witness. One query; none for
    those who have nothing to do with it.
    """
    if not looks(viewer) or viewer.staff_id is None:
        return ()
    states = [BatchState.GATHERED] if may(viewer, "dispose") else []
    if may(viewer, "dispose") or may(viewer, "audit"):
        states.append(BatchState.APPROVED)
    if not states:
        return ()
    found = Batch.objects.filter(state__in=states).order_by("id")[:_SHOWN].prefetch_related("witnesses")
    model = current().model
    rows = []
    for each in found:
        if each.state == BatchState.GATHERED:
            rows.append(Task(batch_row(viewer, model, each), "appraise"))
        elif each.by_id != viewer.staff_id and viewer.staff_id not in {one.staff_id for one in each.witnesses.all()}:
            rows.append(Task(batch_row(viewer, model, each), "witness"))
    return tuple(rows)
