"""What may not be touched: records that a person holds (封存), with all that refers to them, and archived ones.

Held means: not destroyed, not merged, not changed; new records about it may still be filed. Archived means: kept as it
is and found as before, but not changed. A 暂缓 of the policy holds up the disposal only.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from keguan.language.model.naming import record_table, reference_column
from keguan.runtime import clock
from keguan.runtime.policies.queries import current
from keguan.runtime.retention.models import Hold, HoldKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from django.db.models import QuerySet

    from keguan.language.model.model import Model


def in_force() -> QuerySet[Hold]:
    """The holds in force today."""
    today = clock.today()
    return Hold.objects.filter(lifted_at__isnull=True, since__lte=today).filter(Q(until=None) | Q(until__gte=today))


def objection(record_type: str, ids: Collection[int]) -> Mapping[int, str]:
    """Why those of these records that may not be changed, merged or removed may not. One query while nothing is held
    with all that refers to it; then one for every reference upwards.
    """
    own = Q(record_type=record_type, record_id__in=set(ids))
    found = list(in_force().filter(own | Q(everything=True)))
    if not found:
        return {}
    ordered = sorted(found, key=lambda each: each.kind == HoldKind.HELD)
    sentences = {
        each.record_id: _said(each) for each in ordered if each.record_type == record_type and each.record_id in ids
    }
    roots = {(each.record_type, each.record_id): each for each in found if each.everything}
    model = current().model
    above = _above(model, record_type, set(ids) - sentences.keys()) if roots else {}
    for record_id, ancestors in above.items():
        root = next((roots[each] for each in sorted(ancestors) if each in roots), None)
        if root is not None:
            sentences[record_id] = _said(root)
    return sentences


def held(model: Model, record_type: str, ids: Collection[int]) -> dict[int, Hold]:
    """Those of these records that a person holds, each with the hold; archived ones are not among them."""
    own = Q(record_type=record_type, record_id__in=set(ids))
    found = list(in_force().filter(kind=HoldKind.HELD).filter(own | Q(everything=True)).order_by("-id"))
    mine = {each.record_id: each for each in found if each.record_type == record_type and each.record_id in ids}
    roots = {(each.record_type, each.record_id): each for each in found if each.everything}
    above = _above(model, record_type, set(ids) - mine.keys()) if roots else {}
    for record_id, ancestors in above.items():
        root = next((roots[each] for each in sorted(ancestors) if each in roots), None)
        if root is not None:
            mine[record_id] = root
    return mine


def held_ids(model: Model, record_type: str) -> frozenset[int]:
    """Every record of a type that a person holds. One query while nothing is held with all that refers to it; then one
    for every reference downwards.
    """
    found = list(in_force().filter(kind=HoldKind.HELD))
    ids = {each.record_id for each in found if each.record_type == record_type}
    roots: dict[str, set[int]] = defaultdict(set)
    for each in found:
        if each.everything:
            roots[each.record_type].add(each.record_id)
    return frozenset(ids | below(model, roots).get(record_type, set()))


def below(model: Model, roots: Mapping[str, Collection[int]]) -> dict[str, set[int]]:
    """These records and all that refer to them, directly or through others, by type."""
    found: dict[str, set[int]] = defaultdict(set)
    waiting = [(record_type, set(ids)) for record_type, ids in roots.items()]
    while waiting:
        record_type, ids = waiting.pop()
        fresh = ids - found[record_type]
        if not fresh:
            continue
        found[record_type] |= fresh
        for child, via in _referring_types(model, record_type):
            waiting.append((child, _children(child, via, fresh)))
    return {record_type: ids for record_type, ids in found.items() if ids}


def _above(model: Model, record_type: str, ids: Collection[int]) -> dict[int, set[tuple[str, int]]]:
    """What each of these records refers to, directly or through others."""
    found: dict[int, set[tuple[str, int]]] = defaultdict(set)
    waiting = [(record_type, {each: {each} for each in ids})]
    while waiting:
        current, reached = waiting.pop()
        for field in model.record_types[current].fields:
            if field.target is None or not reached:
                continue
            upper: dict[int, set[int]] = defaultdict(set)
            for record_id, target_id in _referred(current, field.code, reached):
                for begun in reached[record_id]:
                    if (field.target, target_id) not in found[begun]:
                        found[begun].add((field.target, target_id))
                        upper[target_id].add(begun)
            if upper:
                waiting.append((field.target, dict(upper)))
    return found


def _referring_types(model: Model, record_type: str) -> Iterator[tuple[str, str]]:
    for code, declared in model.record_types.items():
        for field in declared.fields:
            if field.target == record_type:
                yield code, field.code


def _children(record_type: str, via: str, ids: Collection[int]) -> set[int]:
    table, column = map(connection.ops.quote_name, (record_table(record_type), reference_column(via)))
    return {row[0] for row in _rows(f"SELECT id FROM {table} WHERE {column} IN ", ids)}


def _referred(record_type: str, via: str, ids: Collection[int]) -> list[tuple[int, int]]:
    table, column = map(connection.ops.quote_name, (record_table(record_type), reference_column(via)))
    rows = _rows(f"SELECT id, {column} FROM {table} WHERE {column} IS NOT NULL AND id IN ", ids)
    return [(row[0], row[1]) for row in rows]


def _rows(sql: str, ids: Collection[int]) -> list[tuple[int, ...]]:
    listed = sorted(ids)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"{sql}(SELECT unnest(%s::bigint[]))", [listed])
        else:
            cursor.execute(f"{sql}(SELECT value FROM json_each(%s))", [json.dumps(listed)])
        rows: list[tuple[int, ...]] = cursor.fetchall()
    return rows


def _said(hold: Hold) -> str:
    if hold.kind == HoldKind.ARCHIVED:
        return _("这份档案保存期满，已于%(day)s归档，不能再修改。") % {"day": hold.since.isoformat()}
    facts = {"name": hold.by_name, "day": hold.since.isoformat()}
    return _("%(name)s于%(day)s封存，解除以前不能修改、合并或销毁。") % facts
