"""Carrying a disposal out, some records at a time: what goes, what is written into the list, and who hears of it.

Whoever calls runs it inside one transaction and has checked nothing: whether each record may go is asked here, at the
last moment, and what may not is spared with the reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from keguan.language.model.retention import WHOLE, Disposal, Kept
from keguan.runtime import clock
from keguan.runtime.attachments import queries as attachments
from keguan.runtime.processes.models import Case, CaseState
from keguan.runtime.records.taken_along import belongings
from keguan.runtime.retention import identity
from keguan.runtime.retention.archiving import archive, set_aside
from keguan.runtime.retention.aside import drop_aside, drop_records, stored
from keguan.runtime.retention.emptying import empty
from keguan.runtime.retention.holding import held
from keguan.runtime.retention.keeping import kept_now, whole_of
from keguan.runtime.retention.models import Aside, AsideReason, Destroyed, Hold, Item, ItemState, Standing
from keguan.runtime.retention.referring import parents_of
from keguan.runtime.retention.words import clause_of, laid_by_key, reference_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from keguan.language.model.model import Model
    from keguan.runtime.attachments.queries import Stored
    from keguan.runtime.retention.models import Batch

Row = Mapping[str, Any]


@dataclass(slots=True)
class Done:
    """What one step did: items carried out and spared, lines of the list, what was taken along by name, and what the
    records that are gone had referred to.
    """

    done: int = 0
    spared: int = 0
    lines: list[Destroyed] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    parents: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    changed: set[int] = field(default_factory=set)


def carry_out(model: Model, batch: Batch, items: Sequence[Item]) -> Done:
    """Dispose of these items of a batch as it says, in its order. Inside a transaction."""
    found = Done()
    rows = {int(row["id"]): row for row in stored(model, batch.record_type, {each.record_id for each in items})}
    whole = [each for each in items if each.information_class == WHOLE]
    parts = [each for each in items if each.information_class != WHOLE]
    going = _going(model, batch, items, rows)
    classes: dict[str, list[Item]] = defaultdict(list)
    for each in parts:
        if each.pk in going:
            classes[each.information_class].append(each)
    for information_class, some in classes.items():
        _empty(model, batch, information_class, some, rows, found)
    some = [each for each in whole if each.pk in going]
    if some:
        if batch.disposal == Disposal.DESTROY:
            _destroy(model, batch, some, rows, found)
        elif batch.disposal == Disposal.ARCHIVE:
            archive(batch.record_type, {each.record_id for each in some})
        else:
            terms = {each.record_id: _kept(each) for each in some}
            for target, upper in parents_of(model, batch.record_type, terms).items():
                found.parents[target] |= upper
            set_aside(model, batch.record_type, terms, AsideReason.TERM)
    for each in items:
        if each.pk in going:
            each.state = ItemState.DONE
    Item.objects.bulk_update(items, ["state", "reason"])
    found.done, found.spared = len(going), len(items) - len(going)
    return found


def destroy_rows(model: Model, record_type: str, ids: Collection[int], found: Done) -> None:
    """Destroy these records with all that belongs to them, wherever they lie. Inside a transaction."""
    for target, upper in parents_of(model, record_type, ids).items():
        found.parents[target] |= upper
    for belonging in belongings():
        found.taken[belonging.name] += belonging.take(model, record_type, ids)
    found.taken["records"] += drop_records(record_type, ids) + drop_aside(record_type, ids)
    Standing.objects.filter(record_type=record_type, record_id__in=ids).delete()
    Aside.objects.filter(record_type=record_type, record_id__in=ids).delete()
    Hold.objects.filter(record_type=record_type, record_id__in=ids).update(reason="", lifted_reason="")


def _going(model: Model, batch: Batch, items: Sequence[Item], rows: Mapping[int, Row]) -> frozenset[int]:
    """The items that may go now; the others are spared, with the reason."""
    ids = {each.record_id for each in items}
    kept = kept_now(model, batch.record_type, ids)
    holds = held(model, batch.record_type, ids)
    asked = set(
        Aside.objects.filter(record_type=batch.record_type, record_id__in=ids, reason=AsideReason.ERASURE).values_list(
            "record_id", flat=True
        )
    )
    busy = set(
        Case.objects.filter(record_type=batch.record_type, record_id__in=ids, state=CaseState.OPEN)
        .exclude(pk=batch.case_id or 0)
        .values_list("record_id", flat=True)
    )
    going = set()
    for each in items:
        if each.record_id not in rows:
            each.reason = _("档案已经不在了。")
        elif each.record_id in holds:
            each.reason = _("正在封存中。")
        elif each.record_id in busy:
            each.reason = _("有未办结的案件。")
        else:
            each.reason = _still(model, batch, each, kept.get(each.record_id, ()), asked=each.record_id in asked)
        if each.reason:
            each.state = ItemState.SPARED
        else:
            going.add(each.pk)
    return frozenset(going)


def _still(model: Model, batch: Batch, item: Item, kept: Sequence[Kept], *, asked: bool) -> str:
    """Why the item is still to be kept; empty when it is not."""
    mine = next((each for each in kept if each.information_class == item.information_class), None)
    if mine is None and asked:
        mine = whole_of(kept)
    if mine is None:
        return "" if asked else _("没有一条期限再管到它。")
    if mine.hold:
        return _("符合暂缓处理的条件。")
    if mine.due_on is None or mine.due_on > clock.today():
        return _("保存期限还没有满。")
    laid = laid_by_key(model, batch.record_type).get(mine.term)
    if not asked and (laid is None or laid.term.disposal.value != batch.disposal):
        return _("制度已改为另一种处理。")
    return ""


def _kept(item: Item) -> Kept:
    return Kept(item.information_class, item.due_on, item.term, "")


def _destroy(model: Model, batch: Batch, items: Sequence[Item], rows: Mapping[int, Row], found: Done) -> None:
    ids = {each.record_id for each in items}
    _list(model, batch, items, rows, found)
    destroy_rows(model, batch.record_type, ids, found)


def _empty(
    model: Model, batch: Batch, information_class: str, items: Sequence[Item], rows: Mapping[int, Row], found: Done
) -> None:
    """Empty the fields of one class. A class has no archive and no store of its own: its fields just stay."""
    ids = {each.record_id for each in items}
    if batch.disposal == Disposal.DESTROY:
        _list(model, batch, items, rows, found)
        found.taken["fields"] += empty(model, batch.record_type, information_class, ids, found.parents)
        found.changed |= ids
    state = "emptied" if batch.disposal == Disposal.DESTROY else batch.disposal
    Standing.objects.filter(
        record_type=batch.record_type, record_id__in=ids, information_class=information_class
    ).update(disposed=state, batch_id=None)


def _files(model: Model, item: Item, files: Iterable[Stored]) -> list[list[Any]]:
    """Of a record's files those that go with the item: all, or those under fields of its class."""
    fields = model.record_types[item.batch.record_type].fields
    codes = {each.code for each in fields if each.information_class == item.information_class}
    mine = (each for each in files if item.information_class == WHOLE or each.field in codes)
    return [[each.kind, each.size, each.checksum] for each in mine]


def _list(model: Model, batch: Batch, items: Sequence[Item], rows: Mapping[int, Row], found: Done) -> None:
    """Write the items into the list of destruction."""
    key_id, label = identity.newest_key(), model.record_types[batch.record_type].label.zh
    witnesses = "、".join(batch.witnesses.order_by("id").values_list("name", flat=True))
    serial = Destroyed.objects.filter(batch_id=batch.pk).count() + len(found.lines)
    terms = laid_by_key(model, batch.record_type)
    files = attachments.listed(batch.record_type, {each.record_id for each in items})
    made = []
    for place, each in enumerate(items, serial + 1):
        values = identity.identity_of(model, batch.record_type, rows[each.record_id])
        laid = terms.get(each.term)
        made.append(
            Destroyed(
                reference=f"{batch.number}-{place:05d}",
                batch_id=batch.pk,
                batch_number=batch.number,
                record_type=batch.record_type,
                record_label=label,
                record_id=each.record_id,
                information_class=each.information_class,
                identity=",".join(values),
                digest=identity.digest(model, batch.record_type, values, key_id),
                key_id=key_id,
                basis=reference_of(laid, erasure=batch.erasure)[:200],
                clause=clause_of(laid),
                due_on=each.due_on,
                requested_by=batch.by_name,
                approved_by="、".join(name for _id, name in batch.approvers)[:300],
                witnessed_by=witnesses[:200],
                destroyed_at=clock.now(),
                files=_files(model, each, files.get(each.record_id, ())) or None,
            )
        )
    Destroyed.objects.bulk_create(made)
    found.lines += made
