"""How long one record is kept, on plain values. ``plan.keeping`` is the same for whole tables in SQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from keguan.language.feel.functions import add_months
from keguan.language.model.model import Fact, FieldKind
from keguan.language.model.retention import Kept, Start, calendar_length, kept_classes, laid_terms
from keguan.language.run.runner import Runner

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Model
    from keguan.language.model.retention import LaidTerm
    from keguan.language.run.parameters import Value
    from keguan.language.run.runner import Children, Record

_NEVER, _NOT_BEGUN = date.max, date.max - timedelta(1)


class Keeper:
    """Says how long records of one type are kept. Made once for a model and a type."""

    def __init__(self, model: Model, record_type: str) -> None:
        """Raises ``KeyError`` when the model has no such record type."""
        self._terms = laid_terms(model, record_type)
        declared = model.record_types[record_type]
        facts = tuple(
            Fact(
                code=f"{what}_{laid.rank}",
                label=declared.label,
                kind=FieldKind.TEXT,
                type=typed.type,
                record_type=record_type,
                expression=typed,
                text="",
                information_class="",
                clause=declared.clause,
                span=declared.span,
            )
            for laid in self._terms
            for what, typed in _parts(laid)
        )
        self._runner = Runner(replace(model, computations={record_type: facts}), record_type)

    def kept(self, record: Record, children: Children, today: date, days: Mapping[Start, date]) -> tuple[Kept, ...]:
        """What the terms that apply come to. ``record`` holds its fields, facts and outcomes by code, ``children`` are
        as ``Runner.run`` takes them, ``days`` those on which it was created and last changed.
        """
        values = self._runner.run(record, children, today)
        applying = [laid for laid in self._terms if laid.term.condition is None or values[f"applies_{laid.rank}"]]
        found = []
        for name in kept_classes(tuple(applying)):
            covering = [laid for laid in applying if laid.covers(name)]
            ends = {laid.rank: _end(laid, values, days) for laid in covering}
            latest = max(covering, key=lambda laid: (ends[laid.rank], laid.rank))
            holding = [laid for laid in covering if laid.term.hold is not None and values[f"hold_{laid.rank}"]]
            end = ends[latest.rank]
            due = end if end < _NOT_BEGUN else None
            found.append(Kept(name, due, latest.key, holding[0].key if holding else ""))
        return tuple(found)


def _parts(laid: LaidTerm) -> list[tuple[str, Typed]]:
    parts = (("applies", laid.term.condition), ("from", laid.term.date), ("hold", laid.term.hold))
    return [(what, typed) for what, typed in parts if typed is not None]


def _end(laid: LaidTerm, values: Mapping[str, Value], days: Mapping[Start, date]) -> date:
    term = laid.term
    if term.length is None:
        return _NEVER
    start = values[f"from_{laid.rank}"] if term.start is Start.DATE else days[term.start]
    if not isinstance(start, date):
        return _NOT_BEGUN
    months, more = calendar_length(term.length) or (0, 0)
    try:
        return (add_months(start, months) if months else start + timedelta(more)) or _NOT_BEGUN
    except OverflowError:
        return _NOT_BEGUN
