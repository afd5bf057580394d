"""What a metric means once it is linked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from keguan.language.feel.types import Number
from keguan.language.feel.walk import children, parameters, references
from keguan.language.model.evaluate import Values, evaluate
from keguan.language.model.metric import period_values
from keguan.language.model.model import FieldKind
from keguan.language.model.timing import Length, Unit
from tests.language.blocks.golden_models import good

if TYPE_CHECKING:
    from keguan.language.model.values import Value

FIGURES = {figure.code: figure for figure in good("metrics/credit").blocks.metrics["credit_targets"].figures}


def test_a_figure_is_over_every_record() -> None:
    """A figure counts all records of a type: its aggregates go through no reference, and it reads no field itself."""
    share = FIGURES["managed"]
    assert [(part.child, part.via) for part in children(share.expression)] == [("customer", ""), ("customer", "")]
    assert references(share.expression) == frozenset()
    customers: list[dict[str, Value]] = [
        {"on_credit": True, "credit_grade": "A"},
        {"on_credit": True, "credit_grade": None},
        {"on_credit": False, "credit_grade": "B"},
    ]
    assert evaluate(share.expression, Values(children={("customer", ""): customers})) == 5000
    assert evaluate(share.expression, Values()) is None


def test_a_figure_s_type_and_target() -> None:
    """The type is declared or follows from a target with a percent sign; target and warning are tests of the figure."""
    share, unpaid, average = FIGURES["managed"], FIGURES["unpaid"], FIGURES["average"]
    assert (share.type, share.kind) == (Number(4), FieldKind.PERCENT)
    assert (FIGURES["reconciled"].type, FIGURES["reconciled"].kind) == (Number(4), FieldKind.PERCENT)
    assert (unpaid.type, unpaid.kind) == (Number(0), FieldKind.INTEGER)
    assert (average.kind, average.target, average.warning) == (None, None, None)
    assert share.target is not None
    assert share.warning is not None
    assert [evaluate(share.target, Values(inputs=[value])) for value in (9999, 10000)] == [False, True]
    assert [evaluate(share.warning, Values(inputs=[value])) for value in (9499, 9500)] == [False, True]


def test_a_figure_reads_its_period_and_parameters() -> None:
    """期初 and 期末 are given like parameters, and a target may read a parameter."""
    reconciled, collected = FIGURES["reconciled"], FIGURES["collected"]
    assert parameters(reconciled.expression) == {"period_start", "period_end"}
    rows: list[dict[str, Value]] = [
        {"due_on": date(2026, 3, 31), "done_on": date(2026, 4, 2)},
        {"due_on": date(2026, 4, 1), "done_on": date(2026, 4, 1)},
        {"due_on": date(2026, 6, 30), "done_on": None},
    ]
    quarter = period_values(date(2026, 4, 1), date(2026, 6, 30))
    values = Values(parameters=quarter, children={("reconciliation", ""): rows})
    assert evaluate(reconciled.expression, values) == 5000
    assert collected.target is not None
    assert parameters(collected.target) == {"collection_target"}


def test_periods() -> None:
    """A period is how often the figure is made up, and by which day."""
    assert FIGURES["reconciled"].period.every == Length(1, Unit.QUARTER)
    assert (FIGURES["unpaid"].period.every, FIGURES["unpaid"].period.day) == (Length(1, Unit.MONTH), 5)
