"""Period records (this week's report of this unit): found for the day a record falls on, or made."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

from keguan.language.model.model import FieldKind
from keguan.language.model.periods import Period, period
from keguan.runtime.records import sequence
from keguan.runtime.records.classes import attribute, rows_of
from keguan.runtime.records.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keguan.language.model.model import Field, Model, RecordType

Key = tuple[int | None, date]
"""Unit and first day."""

START, END = "period_start", "period_end"


class Insert(Protocol):
    """Inserts drafts of a record type and returns the period records made for them."""

    def __call__(
        self, model: Model, record_type: str, drafts: Sequence[Draft], import_id: int | None = None
    ) -> dict[str, tuple[int, ...]]:
        """Insert."""


def fill_periods(model: Model, record_type: str, drafts: Sequence[Draft], insert: Insert) -> dict[str, tuple[int, ...]]:
    """Set every period field of the drafts; make the period records that are missing, one for each unit and period.

    Returns the ids of those made, by record type.
    """
    made: dict[str, tuple[int, ...]] = {}
    for field in model.record_types[record_type].fields:
        if field.kind is FieldKind.PERIOD and field.target is not None and field.period_of is not None:
            for code, ids in _fill(model, field, field.target, field.period_of, drafts, insert).items():
                made[code] = made.get(code, ()) + ids
    return made


def _fill(
    model: Model, field: Field, target: str, day_field: str, drafts: Sequence[Draft], insert: Insert
) -> dict[str, tuple[int, ...]]:
    periodic = model.record_types[target]
    if periodic.cadence is None:
        return {}
    wanted: dict[Key, Period] = {}
    keys: list[Key | None] = []
    for draft in drafts:
        day = draft.values.get(day_field)
        if not isinstance(day, date):
            keys.append(None)
            continue
        found = period(periodic.cadence, day)
        keys.append((draft.unit_id, found.start))
        wanted[draft.unit_id, found.start] = found
    ids = _existing(model, target, wanted)
    made: dict[str, tuple[int, ...]] = {}
    if wanted.keys() - ids.keys():
        sequence.take(target, 0)  # holds other writers back, then looks again: nobody makes the same period twice
        ids = _existing(model, target, wanted)
        ids, made = _make(model, periodic, {key: wanted[key] for key in wanted if key not in ids}, ids, insert)
    for draft, key in zip(drafts, keys, strict=True):
        draft.values[field.code] = None if key is None else ids[key]
    return made


def _existing(model: Model, target: str, keys: Iterable[Key]) -> dict[Key, int]:
    starts = {start for _unit, start in keys}
    if not starts:
        return {}
    start_name = attribute(START)
    rows = rows_of(model, target).filter(**{f"{start_name}__in": starts})
    return {(unit, start): record_id for unit, start, record_id in rows.values_list("unit_id", start_name, "id")}


def _make(
    model: Model, periodic: RecordType, missing: dict[Key, Period], ids: dict[Key, int], insert: Insert
) -> tuple[dict[Key, int], dict[str, tuple[int, ...]]]:
    if not missing:
        return ids, {}
    new = dict(zip(missing, sequence.take(periodic.code, len(missing)), strict=True))
    drafts = [_draft(periodic, new[key], key[0], found) for key, found in missing.items()]
    made = insert(model, periodic.code, drafts)
    made[periodic.code] = made.get(periodic.code, ()) + tuple(new.values())
    return ids | new, made


def _draft(periodic: RecordType, record_id: int, unit_id: int | None, found: Period) -> Draft:
    draft = Draft(record_id, None, unit_id, values={START: found.start, END: found.end})
    if periodic.title not in (START, END):
        draft.values[periodic.title] = found.title
    return draft
