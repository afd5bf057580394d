"""What points to a record points to another: every reference field of the policy, and every registered table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.language.model.naming import record_table, reference_column
from keguan.runtime.records.models import MergeMoved
from keguan.runtime.records.pointing import Pointing, named, registered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.db.models import Model as DjangoModel

    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Place
    from keguan.runtime.records.models import Merge

_BATCH = 500


def references_to(model: Model, record_type: str) -> Iterator[tuple[str, str]]:
    """(record type, field) of every reference to records of a type."""
    for code, declared in model.record_types.items():
        for field in declared.fields:
            if field.target == record_type:
                yield code, field.code


def count(model: Model, record_type: str, record_id: int) -> dict[str, int]:
    """How much points to a record, by record type and by registered table. A query for each."""
    found: dict[str, int] = {}
    for code, via in references_to(model, record_type):
        found[code] = found.get(code, 0) + len(_referring(code, via, record_id))
    for each in registered():
        number = each.rows(record_type).filter(**{each.id_field: record_id}).count()
        found[each.name] = number
    return {name: number for name, number in found.items() if number}


def repoint(model: Model, merge: Merge, kept: Place) -> dict[str, tuple[int, ...]]:
    """Point everything at the surviving record, noting each row. Gives the changed records by type."""
    changed: dict[str, tuple[int, ...]] = {}
    noted: list[MergeMoved] = []
    for code, via in references_to(model, merge.record_type):
        ids = _referring(code, via, merge.gone_id)
        _refer(code, via, ids, merge.kept_id)
        noted += [MergeMoved(merge=merge, place=_column(code, via), row_id=each) for each in ids]
        if ids:
            changed[code] = tuple(dict.fromkeys((*changed.get(code, ()), *ids)))
    for each in registered():
        noted += _pointed(each, merge, kept)
    MergeMoved.objects.bulk_create(noted, batch_size=_BATCH)
    return changed


def point_back(model: Model, merge: Merge) -> tuple[dict[str, tuple[int, ...]], dict[str, int]]:
    """Point the noted rows back as far as nobody changed them. Gives the changed records by type, and by place how many
    stay where they are.
    """
    changed: dict[str, tuple[int, ...]] = {}
    left: dict[str, int] = {}
    noted: dict[str, dict[int, MergeMoved]] = {}
    for moved in merge.moved.all():
        noted.setdefault(moved.place, {})[moved.row_id] = moved
    references = {_column(code, via): (code, via) for code, via in references_to(model, merge.record_type)}
    for place, rows in noted.items():
        if place in references:
            code, via = references[place]
            still = [each for each in _referring(code, via, merge.kept_id) if each in rows]
            _refer(code, via, still, merge.gone_id)
            back = len(still)
            if still:
                changed[code] = tuple(dict.fromkeys((*changed.get(code, ()), *still)))
        else:
            pointing = named(place)
            back = 0 if pointing is None else _pointed_back(pointing, merge, rows)
        if back < len(rows):
            left[place] = len(rows) - back
    return changed, left


def _column(code: str, via: str) -> str:
    return f"{record_table(code)}.{reference_column(via)}"


def _referring(code: str, via: str, record_id: int) -> list[int]:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {quote(record_table(code))} WHERE {quote(reference_column(via))} = %s ORDER BY id",
            [record_id],
        )
        return [int(row[0]) for row in cursor.fetchall()]


def _refer(code: str, via: str, ids: list[int], record_id: int) -> None:
    """Not an edit by a person, but whoever has the record open must look again: the version goes up."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for first in range(0, len(ids), _BATCH):
            part = ids[first : first + _BATCH]
            marks = ", ".join(["%s"] * len(part))
            cursor.execute(
                f"UPDATE {quote(record_table(code))} SET {quote(reference_column(via))} = %s, version = version + 1 "
                f"WHERE id IN ({marks})",
                [record_id, *part],
            )


def _pointed(each: Pointing, merge: Merge, kept: Place) -> list[MergeMoved]:
    rows = list(each.rows(merge.record_type).filter(**{each.id_field: merge.gone_id}))
    there = _taken(each, merge)
    moving = [row for row in rows if not each.once or _key(each, row) not in there]
    live = _live(each, rows)
    noted = []
    follow = [row for row in moving if each.placed and row.pk in live]
    place = {"owner_id": kept.owner_id, "unit_id": kept.unit_id}
    _update(each, [row.pk for row in follow], {each.id_field: merge.kept_id, **place})
    _update(each, [row.pk for row in moving if row not in follow], {each.id_field: merge.kept_id})
    for row in moving:
        before = {name: getattr(row, name) for name in place} if row in follow else {}
        noted.append(MergeMoved(merge=merge, place=each.name, row_id=row.pk, before=before))
    staying = [row for row in rows if row not in moving]
    stopping = [row.pk for row in staying if row.pk in live and each.stopped]
    _update(each, stopping, each.stopped)
    for row in staying:
        before = {name: _json(getattr(row, name)) for name in each.stopped} if row.pk in stopping else {}
        noted.append(MergeMoved(merge=merge, place=each.name, row_id=row.pk, stayed=True, before=before))
    return noted


def _pointed_back(each: Pointing, merge: Merge, noted: Mapping[int, MergeMoved]) -> int:
    manager = each.rows(merge.record_type)
    rows = {row.pk: row for row in manager.filter(pk__in=list(noted))}
    back = 0
    for row_id, moved in noted.items():
        row = rows.get(row_id)
        if row is None or getattr(row, each.id_field) != (merge.gone_id if moved.stayed else merge.kept_id):
            continue
        if moved.stayed:
            stopped = all(getattr(row, name) == value for name, value in each.stopped.items())
            if moved.before and not stopped:
                continue
            if moved.before:
                _update(each, [row_id], moved.before)
        else:
            _update(each, [row_id], {each.id_field: merge.gone_id, **moved.before})
        back += 1
    return back


def _taken(each: Pointing, merge: Merge) -> set[tuple[Any, ...]]:
    if not each.once:
        return set()
    kept = each.rows(merge.record_type).filter(**{each.id_field: merge.kept_id})
    return set(kept.values_list(*each.once))


def _key(each: Pointing, row: DjangoModel) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in each.once)


def _live(each: Pointing, rows: Iterable[DjangoModel]) -> set[int]:
    ids = [row.pk for row in rows]
    if each.live is None:
        return set(ids)
    found = each.model._default_manager.filter(each.live, pk__in=ids)  # noqa: SLF001 - documented by Django
    return set(found.values_list("pk", flat=True))


def _update(each: Pointing, ids: list[int], changes: Mapping[str, Any]) -> None:
    if not ids:
        return
    each.model._default_manager.filter(pk__in=ids).update(**changes)  # noqa: SLF001 - documented by Django


def _json(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
