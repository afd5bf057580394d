"""What becomes of records that are not destroyed: archived as they are, or only stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.retention.aside import bring_back, move_aside
from keguan.runtime.retention.models import (
    Aside,
    AsideReason,
    Disposed,
    Hold,
    HoldKind,
    Standing,
)
from keguan.runtime.retention.words import clause_of, laid_by_key, reference_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from keguan.language.model.model import Model
    from keguan.language.model.retention import Kept, LaidTerm
    from keguan.runtime.access.viewer import Viewer


def archive(record_type: str, ids: Collection[int]) -> None:
    """Records stay where they are, found as before, and are not changed any more (归档). Inside a transaction."""
    there = Hold.objects.filter(
        kind=HoldKind.ARCHIVED, record_type=record_type, record_id__in=ids, lifted_at__isnull=True
    )
    new = set(ids) - set(there.values_list("record_id", flat=True))
    Hold.objects.bulk_create(
        Hold(
            kind=HoldKind.ARCHIVED,
            record_type=record_type,
            record_id=each,
            since=clock.today(),
            at=clock.now(),
        )
        for each in sorted(new)
    )
    _dispose(record_type, ids, Disposed.ARCHIVED)


def set_aside(
    model: Model,
    record_type: str,
    terms: Mapping[int, Kept | None],
    reason: AsideReason,
    viewer: Viewer | None = None,
    note: str = "",
) -> frozenset[int]:
    """Records are only stored from now on (只存). ``terms`` is what keeps each of them (None: nothing does); one that
    was asked to be erased waits for the day on which that is over. Gives those that were there. Inside a transaction.
    """
    moved = move_aside(model, record_type, terms.keys())
    known = laid_by_key(model, record_type)
    laid = {each: known.get(kept.term) if kept is not None else None for each, kept in terms.items()}
    Aside.objects.bulk_create(
        Aside(
            record_type=record_type,
            record_id=each,
            reason=reason,
            note=note,
            term=_key(laid[each]),
            clause=clause_of(laid[each]),
            reference=reference_of(laid[each], erasure=reason == AsideReason.ERASURE)[:200],
            since=clock.today(),
            until=_until(terms[each]) if reason == AsideReason.ERASURE else None,
            by_id=viewer.staff_id if viewer else None,
            by_name=viewer.name if viewer else "",
        )
        for each in sorted(moved)
    )
    if reason == AsideReason.TERM:
        _dispose(record_type, moved, Disposed.STORE_ONLY)
    return moved


def take_back(model: Model, record_type: str, ids: Collection[int]) -> frozenset[int]:
    """Records that were only stored are among the others again. Inside a transaction."""
    moved = bring_back(model, record_type, ids)
    Aside.objects.filter(record_type=record_type, record_id__in=moved).delete()
    Standing.objects.filter(record_type=record_type, record_id__in=moved, disposed=Disposed.STORE_ONLY).update(
        disposed=Disposed.NOTHING
    )
    return moved


def _key(laid: LaidTerm | None) -> str:
    return "" if laid is None else laid.key


def _until(kept: Kept | None) -> date | None:
    return clock.today() if kept is None else kept.due_on


def _dispose(record_type: str, ids: Collection[int], state: Disposed) -> None:
    Standing.objects.filter(record_type=record_type, record_id__in=ids).update(disposed=state, batch_id=None)
