"""Tables as authors write them — every hit policy, exceptions, scorecards — come out alike in Python and in SQL."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from keguan.language import api
from keguan.language.feel.types import Boolean, Date, Number, Text
from keguan.language.model.model import FieldKind
from keguan.language.plan import computation
from keguan.language.run import Runner
from keguan.language.testing.quotas import Quotas
from keguan.language.testing.world import Stored
from tests.language.golden import read_golden

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.model.model import Field, Model
    from tests.language.plan.engines import Engine

LANGUAGE = Path(__file__).parent.parent
FILES = (
    "decisions/good/every_hit_policy",
    "decisions/good/letters",
    "exceptions/good/layers",
    "scorecards/good/credit",
    "scorecards/good/weights",
    "english/good/tables",
)
TODAY = date(2026, 6, 30)
PEOPLE = 200
FIGURES = (0, 1, -1, 50, 9_999_999, 10_000_000, 10_000_001, 60_000_000, 100_000_000, 500_000_000, 1_000_000_000)
PERCENTS = (0, 1999, 2000, 7999, 8000, 9499, 9500, 10_000)


@pytest.mark.parametrize("name", FILES)
def test_python_and_sql_give_one_answer(engine: Engine, name: str) -> None:
    """200 customers with nulls and boundary values: the same outputs and the same rows, on every engine."""
    model = api.check(read_golden(LANGUAGE / f"{name}.md").packs).model
    assert model is not None
    fields = [each for each in model.record_types["customer"].fields if not each.sensitive]
    random = Random(7)
    people = [tuple(_value(random, field) for field in fields) for _ in range(PEOPLE)]
    engine.create(model)
    codes = [field.code for field in fields]
    engine.insert("customer", ("id", *codes), [(number, *person) for number, person in enumerate(people)])
    computed = computation(model, "customer", engine.dialect, today=TODAY)
    by_sql = {row[0]: row[1:] for row in engine.rows(computed.select, computed.parameters)}
    seen = set()
    for number, meant in _meant(model, [dict(zip(codes, person, strict=True)) for person in people]):
        read = [engine.read(value, column.type) for value, column in zip(by_sql[number], computed.columns, strict=True)]
        found = dict(zip((column.name for column in computed.columns), read, strict=True))
        assert {code: found[code] for code in meant} == meant
        seen.add(tuple(meant.values()))
    assert len(seen) > _most_alike(model)


def _meant(model: Model, people: list[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """What generated Python makes of each, its outcomes cut by the quotas as those of all people are."""
    runner = Runner(model, "customer")
    stored = [Stored(number, "customer", None, person) for number, person in enumerate(people)]
    for each in stored:
        each.computed = runner.run(each.values, {}, TODAY)
    Quotas(model, "customer").cut(stored, TODAY, lambda again, each: again.run(each.values | each.computed, {}, TODAY))
    for number, each in enumerate(stored):
        yield number, each.computed


def _most_alike(model: Model) -> int:
    """At least as many different answers as the longest table has rows, so that the rows are really tried."""
    return max(len(decision.rules) for decision in model.decisions.values()) // 2


def _value(random: Random, field: Field) -> Any:
    if random.random() < 0.2:
        return None
    match field.type:
        case Boolean():
            return random.random() < 0.6
        case Date():
            return date(2010, 1, 1) + timedelta(days=random.randrange(-2, 3))
        case Number():
            return random.choice(PERCENTS if field.kind is FieldKind.PERCENT else FIGURES)
        case Text(choices):
            return random.choice(choices) if choices else random.choice(("甲", "乙"))
    raise AssertionError(field)
