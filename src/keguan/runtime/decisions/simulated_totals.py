"""What numeric facts and outputs come to before and after a change, for those who may see all that is added up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keguan.language.feel.types import Number
from keguan.runtime.access.columns import columns
from keguan.runtime.access.disclosure import disclosed, reading_of
from keguan.runtime.access.rights import sees_everywhere
from keguan.runtime.decisions.simulated import SimulatedFact, Total
from keguan.runtime.policies.language_door import SUM_UNIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from keguan.language.model.model import Model
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.decisions.reading import Reading
    from keguan.runtime.policies.language_door import FactSimulation, Sums


class Totals:
    """Totals of one comparison for one viewer. ``models``: the new version and the old."""

    def __init__(self, viewer: Viewer, models: tuple[Model, Model]) -> None:
        self._viewer = viewer
        self._models = models

    def of(
        self, sums: Iterable[Sums], rows: Sequence[Sequence[Any]], record_type: str
    ) -> tuple[tuple[Total, ...], bool]:
        """The totals that the viewer may see, and whether there are others."""
        told, withheld = [], False
        for each in sums:
            known = self._columns(record_type, each.code)
            if self._sees(record_type, each.code):
                told.append(_total(each, rows, known[0]))
            else:
                withheld = True
        return tuple(told), withheld

    def facts(self, plan: FactSimulation, reading: Reading) -> Iterator[SimulatedFact]:
        """In how many records each fact would differ, and what it comes to."""
        (row,) = reading.rows(plan.figures.sql, plan.figures.parameters)
        sums = {each.code: each for each in plan.sums}
        for place, code in enumerate(plan.facts, 1):
            label = self._columns(plan.record_type, code)[0].label
            told, withheld = self.of([sums[code]] if code in sums else [], [row], plan.record_type)
            total = next(iter(told), None)
            yield SimulatedFact(code, label, plan.record_type, int(row[0]), int(row[place]), total, withheld)

    def _columns(self, record_type: str, code: str) -> list[Column]:
        """What is added up, as each version that has it declares it, the new one first."""
        return [
            columns(model, record_type)[code]
            for model in self._models
            if record_type in model.record_types and code in columns(model, record_type)
        ]

    def _sees(self, record_type: str, code: str) -> bool:
        """Whether one grant covers every record and the kind of information under both versions: a sum over the records
        of others would tell of them.
        """
        told = [
            (model, disclosed(model, record_type, code))
            for model in self._models
            if record_type in model.record_types and code in columns(model, record_type)
        ]
        classes = {each for _model, each in told if reading_of(each) is None}
        readings = all(sees_everywhere(self._viewer, (each,), model) for model, each in told if reading_of(each))
        return sees_everywhere(self._viewer, classes) and readings


def _total(sums: Sums, rows: Sequence[Sequence[Any]], column: Column) -> Total:
    added = [sum(int(row[sums.at + place] or 0) for row in rows) for place in range(6)]
    return Total(
        code=sums.code,
        label=column.label,
        kind=column.kind,
        scale=column.type.scale if isinstance(column.type, Number) else 0,
        before=added[0] * SUM_UNIT + added[1],
        after=added[3] * SUM_UNIT + added[4],
        count_before=added[2],
        count_after=added[5],
    )
