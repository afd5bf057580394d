"""What quotas would cut, group by group, exact on every engine."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from keguan.language.plan.simulation_quotas import quota_simulation
from tests.language.sources import model_of, policy, table

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from tests.language.plan.engines import Engine

TODAY = date(2026, 11, 21)
GRADES = "→ 等级 (grade, 选项(甲, 乙, 丙))"
ROWS = [[">= 100", '"甲"'], [">= 10", '"乙"'], [">= 0", '"丙"']]


def quotas(*lines: str, surplus: str = "按 额度 从高到低保留, 其余降一级", headers: str = "分组: 类别\n") -> Model:
    """Three grades by 额度 and a quota over them, by 类别 unless said otherwise."""
    rows = "\n".join(f"| {line} |" for line in lines)
    block = f":::名额 等级名额 (grade_quota)\n判定: 等级\n{headers}超额: {surplus}\n\n"
    return model_of(
        policy(
            f"{table('首条', ['额度', GRADES], ROWS)}\n\n{block}| 等级 | 上限 | 下限 |\n|---|---|---|\n{rows}\n:::\n"
        )
    )


def fill(engine: Engine, model: Model, *customers: tuple[int, str | None, int | None]) -> None:
    """Customers as (id, kind, amount)."""
    engine.create(model)
    engine.insert("customer", ("id", "kind", "amount"), customers)


def cut(engine: Engine, model: Model, each: int = 9, **more: Any) -> list[tuple[Any, ...]]:
    """What the statement gives."""
    (quota,) = model.blocks.quotas.values()
    made = quota_simulation(model, quota, engine.dialect, TODAY, tables=model, **more)
    return engine.rows(made.cut.sql, {**made.cut.parameters, "each": each})


def falling(engine: Engine, model: Model, **more: Any) -> list[tuple[Any, ...]]:
    """(id, from, to) of those who fall or rise, by id."""
    return sorted((row[6], row[1], row[2]) for row in cut(engine, model, **more) if row[6] is not None)


def test_the_largest_are_kept_and_the_rest_fall_one_grade(engine: Engine) -> None:
    """Of four customers of a kind one in four may be 甲: the largest stays; the other kind is counted apart."""
    model = quotas("甲 | 25% | -")
    people = [(1, "个人", 300), (2, "个人", 400), (3, "个人", 100), (4, "个人", 5), (5, "单位", 100)]
    fill(engine, model, *people)
    assert falling(engine, model) == [(1, "甲", "乙"), (3, "甲", "乙"), (5, "甲", "乙")]
    figures = sorted((row[:5] for row in cut(engine, model) if row[6] is None), key=str)
    assert figures == [
        ("个人", "丙", "丙", 1, 4),
        ("个人", "甲", "乙", 2, 4),
        ("个人", "甲", "甲", 1, 4),
        ("单位", "甲", "乙", 1, 1),
    ]


def test_who_falls_counts_in_the_next_grade(engine: Engine) -> None:
    """Two fall from 甲 into 乙, which then has three and room for one: two of them fall on to 丙."""
    model = quotas("甲 | 1人 | -", "乙 | 1人 | -")
    fill(engine, model, (1, "个人", 300), (2, "个人", 200), (3, "个人", 100), (4, "个人", 50))
    assert falling(engine, model) == [(2, "甲", "乙"), (3, "甲", "丙"), (4, "乙", "丙")]


@pytest.mark.parametrize(("rounding", "kept"), [("舍去", 1), ("进一", 2), ("四舍五入", 2)])
def test_a_share_is_rounded_as_it_is_written(engine: Engine, rounding: str, kept: int) -> None:
    """Half of three is one, two or two."""
    model = quotas("甲 | 50% | -", headers=f"取整: {rounding}\n")
    fill(engine, model, (1, "个人", 300), (2, "个人", 200), (3, "个人", 100))
    assert len(falling(engine, model)) == 3 - kept


def test_equal_ones_are_told_apart_by_id_and_nothing_comes_last(engine: Engine) -> None:
    """Among equal amounts the smaller id stays."""
    model = quotas("甲 | 2人 | -", headers="")
    fill(engine, model, (3, "个人", 100), (1, "单位", 100), (2, None, 100))
    assert falling(engine, model) == [(3, "甲", "乙")]


def test_an_unknown_group_is_a_group_of_its_own(engine: Engine) -> None:
    """Customers without a kind are counted together."""
    model = quotas("甲 | 1人 | -")
    fill(engine, model, (1, None, 300), (2, None, 200), (3, "个人", 100))
    assert falling(engine, model) == [(2, "甲", "乙")]


def test_the_rest_may_fall_to_a_named_grade(engine: Engine) -> None:
    """降到 丙 skips 乙."""
    model = quotas("甲 | 1人 | -", surplus="按 额度 从低到高保留，其余降到 丙")
    fill(engine, model, (1, "个人", 300), (2, "个人", 100))
    assert falling(engine, model) == [(1, "甲", "丙")]


def test_a_floor_takes_from_the_grade_below(engine: Engine) -> None:
    """At least two 甲: the largest 乙 rises."""
    model = quotas("甲 | - | 2人")
    fill(engine, model, (1, "个人", 300), (2, "个人", 50), (3, "个人", 60), (4, "个人", 5))
    assert falling(engine, model) == [(3, "乙", "甲")]


def test_what_a_person_decides_only_waits(engine: Engine) -> None:
    """待定 moves nobody: everyone of the grade that has too many waits, and the others do not."""
    model = quotas("甲 | 1人 | -", surplus="待定", headers="")
    fill(engine, model, (1, "个人", 300), (2, "个人", 100), (3, "个人", 50))
    found = cut(engine, model)
    assert sorted(row[:4] for row in found if row[6] is None) == [(0, "乙", "乙", 1), (0, "甲", "甲", 2)]
    assert sorted((row[6], row[5]) for row in found if row[6] is not None) == [(1, 1), (2, 1)]


def test_names_keep_within_a_reach_and_a_number(engine: Engine) -> None:
    """So many of each flow are named, and only those who may be."""
    model = quotas("甲 | 1人 | -", headers="")
    fill(engine, model, *((number, "个人", 1000 - number) for number in range(1, 6)))
    assert [row[0] for row in falling(engine, model, each=2)] == [2, 3]
    assert [row[0] for row in falling(engine, model, within=lambda _type, _code: "SELECT 4")] == [4]
