"""Batches of disposal: in a list, and one with what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.language.model.retention import WHOLE, Kept
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.formatting import moment
from keguan.runtime.access.rights import may, readable
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies.queries import current
from keguan.runtime.processes.queries import case_view
from keguan.runtime.records.shown_rows import shown_rows
from keguan.runtime.retention.aside import stored
from keguan.runtime.retention.models import Batch, BatchState, Item, ItemState
from keguan.runtime.retention.sight import cursor, looks, require_sight
from keguan.runtime.retention.words import DISPOSALS, ERASURE, STATES, clause_of, laid_by_key, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from keguan.language.model.model import Model
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Viewer

SIZE = 50
_ITEM_STATES = {
    ItemState.IN: gettext_lazy("待处置"),
    ItemState.STRUCK: gettext_lazy("已剔除"),
    ItemState.SPARED: gettext_lazy("留下"),
    ItemState.DONE: gettext_lazy("已处置"),
}


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch in a list."""

    id: int
    number: str
    record_type: str
    label: str
    block: str
    disposal: str
    disposal_label: str
    erasure: bool
    state: str
    state_label: str
    gathered_on: date
    by: str
    case_id: int | None
    done: int
    spared: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One thing in a batch: the record as the viewer may see it (None once it is gone), and why it is due."""

    id: int
    record_id: int
    title: str
    cells: Mapping[str, Shown]
    part: str
    due_on: date | None
    why: str
    clause: str
    state: str
    state_label: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class BatchView:
    """One batch in full. ``may`` are codes of what the viewer may do: appraise, witness. ``wanted`` is how many
    witnesses are still to confirm.
    """

    row: BatchRow
    columns: tuple[Column, ...]
    items: tuple[ItemRow, ...]
    next: str
    counts: Mapping[str, int]
    opinion: str
    submitted: str
    decided: str
    approvers: tuple[str, ...]
    witnesses: tuple[tuple[str, str], ...]
    wanted: int
    job_id: int | None
    may: frozenset[str]
    why_not: str


def batches(viewer: Viewer, after: str = "", size: int = SIZE) -> tuple[tuple[BatchRow, ...], str]:
    """All batches, newest first, and the cursor of the next page. One query. Raises ``Refused``."""
    require_sight(viewer)
    found = Batch.objects.order_by("-id")
    start = cursor(after)
    if start is not None:
        found = found.filter(id__lt=start)
    page = list(found[: size + 1])
    model = current().model
    following = str(page[size - 1].pk) if len(page) > size else ""
    return tuple(batch_row(viewer, model, each) for each in page[:size]), following


def batch_view(viewer: Viewer, batch_id: int, after: str = "", size: int = SIZE) -> BatchView:
    """One batch with a page of what is in it, for those who deal with retention and whoever sees the case that decides
    it. A fixed number of queries, however much that is. Raises ``Refused``.
    """
    batch = Batch.objects.filter(pk=batch_id).first()
    if batch is None or not looks(viewer):
        _require_part(viewer, batch)
    if batch is None:
        raise Refused("retention.no_batch", _("没有这个处置批次。"))
    model = current().model
    items = batch.items.order_by("id")
    start = cursor(after)
    if start is not None:
        items = items.filter(id__gt=start)
    page = list(items[: size + 1])
    shown, cells = _values(viewer, model, batch, page[:size])
    witnesses = [
        (each.staff_id, each.name, moment(each.at, viewer.language)) for each in batch.witnesses.order_by("id")
    ]
    wanted = max((2 if batch.two_persons else 1) - len(witnesses), 0)
    counted = batch.items.values_list("state").annotate(count=Count("id")).order_by()
    allowed, why_not = _may(viewer, batch, {each[0] for each in witnesses})
    return BatchView(
        batch_row(viewer, model, batch),
        shown,
        tuple(_item(viewer, model, batch, each, cells) for each in page[:size]),
        str(page[size - 1].pk) if len(page) > size else "",
        dict(counted),
        batch.opinion,
        moment(batch.submitted_at, viewer.language) if batch.submitted_at else "",
        moment(batch.decided_at, viewer.language) if batch.decided_at else "",
        tuple(str(name) for _id, name in batch.approvers),
        tuple((name, at) for _id, name, at in witnesses),
        wanted if batch.state in (BatchState.APPROVED, BatchState.SUBMITTED, BatchState.GATHERED) else 0,
        batch.job_id,
        allowed,
        why_not,
    )


def batch_of_case(viewer: Viewer, case_id: int) -> BatchRow | None:
    """The batch that a case decides; None for any other case. The caller has made sure that the viewer sees the case.
    One query, none where the policy has no retention.
    """
    if not current().model.blocks.retentions:
        return None
    found = Batch.objects.filter(case_id=case_id).first()
    return None if found is None else batch_row(viewer, current().model, found)


def batch_row(viewer: Viewer, model: Model, batch: Batch) -> BatchRow:
    """A batch as a list shows it."""
    declared = model.record_types.get(batch.record_type)
    retention = model.blocks.retentions.get(batch.retention)
    block = retention.label.text(viewer.language) if retention else batch.retention
    return BatchRow(
        batch.pk,
        batch.number,
        batch.record_type,
        declared.label.text(viewer.language) if declared else batch.record_type,
        str(ERASURE) if batch.erasure else block,
        batch.disposal,
        str(DISPOSALS[batch.disposal]),
        batch.erasure,
        batch.state,
        str(STATES[BatchState(batch.state)]),
        batch.gathered_on,
        batch.by_name,
        batch.case_id,
        batch.done,
        batch.spared,
    )


def _require_part(viewer: Viewer, batch: Batch | None) -> None:
    """Refuse those who neither deal with retention nor see the case that decides the batch."""
    if batch is None or batch.case_id is None:
        require_sight(viewer)
        return
    try:
        case_view(viewer, batch.case_id)
    except Refused:
        require_sight(viewer)


def _values(
    viewer: Viewer, model: Model, batch: Batch, items: list[Item]
) -> tuple[tuple[Column, ...], Mapping[int, tuple[str, Mapping[str, Shown]]]]:
    """The columns of the type's list as far as the viewer may see them, and the records' values."""
    from keguan.runtime.access.columns import columns

    declared = model.record_types.get(batch.record_type)
    if declared is None:
        return (), {}
    allowed = readable(viewer, declared, Exit.DISPOSAL, model)
    known = columns(model, batch.record_type)
    shown = tuple(known[code] for code in dict.fromkeys((*declared.columns, declared.title)) if code in allowed)
    rows = [dict(each) for each in stored(model, batch.record_type, {each.record_id for each in items})]
    codes = [column.code for column in shown]
    found = shown_rows(viewer, model, batch.record_type, rows, codes, Exit.DISPOSAL)
    return shown, {each.id: (each.title.text, each.cells) for each in found}


def _item(
    viewer: Viewer, model: Model, batch: Batch, item: Item, cells: Mapping[int, tuple[str, Mapping[str, Shown]]]
) -> ItemRow:
    title, values = cells.get(item.record_id, ("", {}))
    kept = Kept(item.information_class, item.due_on, item.term, "")
    laid = laid_by_key(model, batch.record_type).get(item.term)
    why = sentence(model, batch.record_type, kept, viewer.language)
    if batch.erasure:
        why = _("应本人要求删除（%(reference)s）") % {"reference": ERASURE}
    return ItemRow(
        item.pk,
        item.record_id,
        title,
        values,
        "" if item.information_class == WHOLE else item.information_class,
        item.due_on,
        why,
        clause_of(laid),
        item.state,
        str(_ITEM_STATES[ItemState(item.state)]),
        item.reason,
        item.by_name,
    )


def _may(viewer: Viewer, batch: Batch, witnesses: set[int]) -> tuple[frozenset[str], str]:
    if batch.state == BatchState.GATHERED and may(viewer, "dispose"):
        return frozenset({"appraise"}), ""
    if batch.state != BatchState.APPROVED or not (may(viewer, "dispose") or may(viewer, "audit")):
        return frozenset(), ""
    if viewer.staff_id == batch.by_id:
        return frozenset(), _("您是提出人，不能监销，须由另外的人确认。")
    if viewer.staff_id in witnesses:
        return frozenset(), _("您已经确认，还要由另一个人确认。")
    return frozenset({"witness"}), ""
