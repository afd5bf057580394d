"""What no database can keep is refused by both executions, and what it just can is kept by both."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from keguan.language.model.model import HitPolicy
from keguan.language.plan import computation
from keguan.language.run import Runner, TooLarge
from keguan.language.run.room import LARGEST, LEAST
from tests.language.plan.models import MONEY, WHOLE, Draft, To

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from tests.language.plan.engines import Engine

TODAY = date(2026, 11, 21)
HALF = 2**62


def sums() -> Draft:
    """What is added, taken away, multiplied and added up."""
    draft = Draft().record("line", amount=WHOLE, order=To("order"))
    return draft.record("order", first=WHOLE, second=WHOLE, price=MONEY)


FACTS = {
    "added": ("first + second", WHOLE),
    "taken": ("first - second", WHOLE),
    "times": ("first * second", WHOLE),
    "scaled": ("first + price", MONEY),
    "chosen": ("if second > 0 then first * 2 else second", WHOLE),
    "summed": ("sum(line.amount)", WHOLE),
    "turned": ("-first", WHOLE),
}
CASES: list[tuple[str, dict[str, int | None], list[int], int | None]] = [
    ("added", {"first": HALF, "second": HALF - 1}, [], LARGEST),
    ("added", {"first": HALF, "second": HALF}, [], None),
    ("taken", {"first": -HALF, "second": HALF}, [], LEAST),
    ("taken", {"first": -HALF, "second": HALF + 1}, [], None),
    ("times", {"first": 3_037_000_499, "second": 3_037_000_499}, [], 9_223_372_030_926_249_001),
    ("times", {"first": 3_037_000_500, "second": 3_037_000_500}, [], None),
    ("scaled", {"first": LARGEST // 100, "price": 7}, [], LARGEST),
    ("scaled", {"first": LARGEST // 100, "price": 8}, [], None),
    ("chosen", {"first": HALF, "second": 0}, [], 0),
    ("chosen", {"first": HALF, "second": 1}, [], None),
    ("summed", {}, [HALF, HALF - 1], LARGEST),
    ("summed", {}, [HALF, HALF], None),
    ("turned", {"first": LEAST + 1}, [], LARGEST),
    ("turned", {"first": LEAST}, [], None),
]


def by_sql(engine: Engine, model: Model, record: dict[str, int | None], lines: list[int]) -> dict[str, Any]:
    """What the one statement gives for one order."""
    engine.create(model)
    codes = ("first", "second", "price")
    engine.insert("order", ("id", *codes), [(1, *(record.get(code) for code in codes))])
    engine.insert("line", ("id", "amount", "order_id"), [(n, amount, 1) for n, amount in enumerate(lines)])
    made = computation(model, "order", engine.dialect, today=TODAY)
    ((_, *values),) = engine.rows(made.select, made.parameters)
    return {column.name: value for column, value in zip(made.columns, values, strict=True)}


def by_python(model: Model, record: dict[str, int | None], lines: list[int]) -> dict[str, Any]:
    """What generated Python gives."""
    return Runner(model, "order").inputs(record, {("line", "order"): [{"amount": each} for each in lines]}, TODAY)


@pytest.mark.parametrize(("name", "record", "lines", "kept"), CASES)
def test_a_fact_has_room_or_both_refuse(
    engine: Engine, name: str, record: dict[str, int | None], lines: list[int], kept: int | None
) -> None:
    """The largest that can be kept is kept; one more is refused by every engine, and by generated Python by name."""
    text, type_ = FACTS[name]
    model = sums().fact("order", name, type_, text).model()
    if kept is not None:
        assert by_sql(engine, model, record, lines) == by_python(model, record, lines) == {name: kept}
        return
    with pytest.raises(TooLarge, match=name):
        by_python(model, record, lines)
    with pytest.raises(Exception, match=r"(?i)overflow|out of range|user-defined function|64 bits|conversion"):
        by_sql(engine, model, record, lines)


def test_an_input_and_an_outcome_are_kept_too(engine: Engine) -> None:
    """A table's inputs go into its history, and its outcomes into their columns."""
    draft = sums().decision("order", "rank", ["first + second"], {"points": WHOLE}, ("> 0 -> 1", "- -> 2"))
    with pytest.raises(TooLarge, match="in_rank_0"):
        by_python(draft.model(), {"first": HALF, "second": HALF}, [])
    with pytest.raises(Exception, match=r"(?i)overflow|out of range|user-defined function|64 bits|conversion"):
        by_sql(engine, draft.model(), {"first": HALF, "second": HALF}, [])
    rows = (f"> 0 -> {HALF}", f"> 1 -> {HALF}")
    added = sums().decision("order", "score", ["first"], {"points": WHOLE}, rows, HitPolicy.COLLECT_SUM).model()
    assert by_python(added, {"first": 1}, [])["points"] == HALF
    with pytest.raises(TooLarge, match="points"):
        by_python(added, {"first": 2}, [])


def test_a_comparison_needs_no_room(engine: Engine) -> None:
    """What is only compared is compared exactly, however large it is."""
    draft = sums().fact("order", "more", WHOLE, "if first + second > second * 2 then 1 else 0")
    record: dict[str, int | None] = {"first": LARGEST, "second": LARGEST - 1}
    assert by_sql(engine, draft.model(), record, []) == by_python(draft.model(), record, []) == {"more": 1}
