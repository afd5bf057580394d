"""Warnings of metrics that never show, because whatever is in them meets the target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.check.cells import critical_points
from keguan.language.diagnostics.catalogue import metrics as entries
from keguan.language.feel.walk import parameters as parameters_of
from keguan.language.model.evaluate import Values, evaluate

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject
    from keguan.language.feel.typed import Typed


def metric_warnings(subject: Subject) -> None:
    """Report such warnings; a figure whose tests read parameters is not looked at."""
    for metric in subject.model.blocks.metrics.values():
        for figure in metric.figures:
            if figure.target is not None and figure.warning is not None:
                values = _values([figure.target, figure.warning])
                if values and all(_holds(figure.target, value) for value in values if _holds(figure.warning, value)):
                    names = {"warning": figure.warning_text, "target": figure.target_text}
                    subject.findings.add(entries.WARNING_WITHIN, figure.span, label=figure.label.zh, **names)


def _values(tests: list[Typed]) -> list[int] | None:
    """Every number at which one of the tests can change its answer, with those beside it."""
    points: set[int] = {0}
    for test in tests:
        found = None if parameters_of(test) else critical_points(test, {})
        if found is None:
            return None
        points |= {point for point in found if isinstance(point, int)}
    return sorted({near for point in points for near in (point - 1, point, point + 1)})


def _holds(test: Typed, value: int) -> bool:
    return evaluate(test, Values(inputs=[value])) is True
