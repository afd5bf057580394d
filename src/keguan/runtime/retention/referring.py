"""What records refer to: what has to be computed anew when they are gone."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from keguan.language.model.naming import reference_column
from keguan.runtime.records.events import RecordsChanged
from keguan.runtime.retention.aside import stored

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from keguan.language.model.model import Model


def parents_of(model: Model, record_type: str, ids: Collection[int]) -> dict[str, set[int]]:
    """The records, by type, to which these refer, wherever they lie."""
    found: dict[str, set[int]] = defaultdict(set)
    fields = [each for each in model.record_types[record_type].fields if each.target is not None]
    for row in stored(model, record_type, ids) if fields else ():
        for field in fields:
            target = row[reference_column(field.code)]
            if field.target is not None and target is not None:
                found[field.target].add(target)
    return found


def left(record_type: str, parents: Mapping[str, Iterable[int]], changed: Iterable[int] = ()) -> RecordsChanged:
    """The event that has those computed which records that are gone, or ``changed``, had referred to."""
    upper = {target: tuple(sorted(ids)) for target, ids in parents.items() if ids}
    return RecordsChanged(record_type, tuple(sorted(changed)), upper, gone=True)
