"""What expressions over single records read through their references."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from keguan.language.feel.stamps import CODES
from keguan.language.feel.walk import parents
from keguan.runtime.access.columns import columns
from keguan.runtime.records.classes import attribute, rows_of
from keguan.runtime.records.filing import with_stamps

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from keguan.language.feel.typed import ParentRef, Typed, Up
    from keguan.language.model.model import Model

    Row = Mapping[str, Any]


def read_through(record_type: str, *expressions: Typed) -> tuple[ParentRef, ...]:
    """What expressions read through the references of a record of this type, its children's not among it."""
    found = (each for expression in expressions for each in parents(expression, record_type))
    return tuple(dict.fromkeys(parent for begins, parent in found if begins == record_type))


def with_parents(model: Model, reads: Iterable[ParentRef], rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows by code, each with what is read through its references beside it, by ``ParentRef.key``.

    ``reads`` begin at these records. One query for every record type on every path; none when nothing is read.
    """
    filled = [dict(row) for row in rows]
    paths: dict[tuple[Up, ...], list[ParentRef]] = {}
    for read in reads:
        paths.setdefault(read.path, []).append(read)
    for path, group in paths.items():
        ids = {place: row.get(path[0].via) for place, row in enumerate(filled)}
        for step, following in pairwise(path):
            above = _values(model, step.record_type, ids.values(), (following.via,))
            ids = {place: above.get(record_id, {}).get(following.via) for place, record_id in ids.items()}
        found = _values(model, path[-1].record_type, ids.values(), [read.code for read in group])
        for place, row in enumerate(filled):
            row |= {read.key: found.get(ids[place], {}).get(read.code) for read in group}
    return filled


def _values(
    model: Model, record_type: str, ids: Iterable[int | None], codes: Sequence[str]
) -> dict[int | None, dict[str, Any]]:
    wanted = {each for each in ids if each is not None}
    if not wanted:
        return {}
    known = columns(model, record_type)
    names = [attribute(code if code in CODES else known[code].physical) for code in codes]
    found = rows_of(model, record_type).filter(id__in=wanted).values_list("id", *names)
    return {row[0]: with_stamps(dict(zip(codes, row[1:], strict=True))) for row in found}
