"""What a consequence means once it is linked."""

from __future__ import annotations

from keguan.language.feel.walk import parameters
from keguan.language.model.actors import Party, PartyKind
from keguan.language.model.consequence import Event, EventKind, Measure, RecipientKind
from keguan.language.model.evaluate import Values, evaluate
from keguan.language.model.timing import Length, Unit
from tests.language.blocks.golden_models import good

BLOCKS = good("consequences/complaints").blocks
ROWS = BLOCKS.consequences["complaint_penalties"].rows


def test_the_approver_decides_within_a_range() -> None:
    """A fine from 200 to 1,500 yuan: both ends are allowed, a fen beyond them is not."""
    amount = ROWS[0].amount
    assert amount is not None
    assert amount.within is not None
    fines = (199_99, 200_00, 1500_00, 1500_01)
    assert [evaluate(amount.within, Values(inputs=[fine])) for fine in fines] == [False, True, True, False]
    assert (ROWS[0].measure, ROWS[0].recipient, ROWS[0].approver) == (
        Measure.FINE,
        RecipientKind.RESPONSIBLE,
        Party(PartyKind.ROLE, "quality_lead"),
    )


def test_an_amount_is_worked_out_from_the_event_and_the_record() -> None:
    """Days overdue and the times it happened are given like parameters; the record's fields are read as ever."""
    late, points, compensated = ROWS[2].amount, ROWS[4].amount, ROWS[5].amount
    assert late is not None
    assert late.value is not None
    assert parameters(late.value) == {"days_overdue"}
    assert evaluate(late.value, Values(parameters={"days_overdue": 3})) == 150_00
    assert points is not None
    assert points.value is not None
    assert evaluate(points.value, Values(parameters={"times": 3})) == 150
    assert compensated is not None
    assert compensated.value is not None
    assert evaluate(compensated.value, Values(record={"loss": 100_00})) == 110_00
    assert ROWS[5].recipient is RecipientKind.SUBJECT


def test_events() -> None:
    """A case is a condition over the record, an overdue duty, or a figure that met its target or not."""
    assert [row.event for row in ROWS[:3]] == [
        Event(EventKind.CONDITION),
        Event(EventKind.CONDITION),
        Event(EventKind.DUTY_OVERDUE, "call_back"),
    ]
    assert ROWS[1].condition is not None
    assert ROWS[2].condition is None
    assert ROWS[3].condition is not None
    results = BLOCKS.consequences["target_results"]
    assert results.record_type is None
    assert [row.event for row in results.rows] == [
        Event(EventKind.FIGURE_MET, "founded_share"),
        Event(EventKind.FIGURE_WARNED, "founded_share"),
        Event(EventKind.FIGURE_MISSED, "founded_share"),
    ]


def test_both_conditions_of_a_row_count() -> None:
    """A case that is a condition holds together with the column 条件, not instead of it."""
    condition = ROWS[1].condition
    assert condition is not None
    found = [
        evaluate(condition, Values(record={"cause": cause, "founded": founded}))
        for cause, founded in (("态度", True), ("态度", False), ("差错", True))
    ]
    assert found == [True, False, False]


def test_a_suspension_lasts_and_repeats_are_counted() -> None:
    """A suspension has a length; a row may wait until it has happened so often in a period."""
    row = ROWS[1]
    assert row.amount is not None
    assert row.amount.length == Length(30, Unit.DAY)
    assert row.repeated is not None
    assert (row.repeated.every, row.repeated.at_least) == (Length(1, Unit.YEAR), 2)


def test_a_duty_knows_what_follows() -> None:
    """The duty's row names the consequence block that an overdue one brings about."""
    assert BLOCKS.duties["call_back"].obligations[0].consequence == "complaint_penalties"
