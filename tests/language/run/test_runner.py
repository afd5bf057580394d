"""The property developer's policy run on single customers, as its fourth clause promises."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from keguan.language.api import check
from keguan.language.run import Runner
from keguan.language.source import read_pack

PACKS = Path(__file__).resolve().parents[3] / "packs"
DAY = date(2026, 11, 21)
CONTRACTS, EVENTS = ("purchase_contract", "customer"), ("attendance", "customer")


@pytest.fixture(scope="module")
def runner() -> Runner:
    """The customers of the property developer."""
    model = check([read_pack(PACKS / "core"), read_pack(PACKS / "property-developer")]).model
    assert model is not None
    return Runner(model, "customer")


def contract(yuan: int, kind: str = "洋房", status: str = "履行中") -> dict[str, object]:
    """A purchase contract."""
    return {"amount": yuan * 100, "property_kind": kind, "contract_status": status}


@pytest.mark.parametrize(
    ("record", "contracts", "events", "grade", "rule"),
    [
        ({}, [contract(50_000_000)], 0, "A", 1),
        ({}, [contract(30_000_000), contract(20_000_000)], 0, "A", 1),
        ({}, [contract(49_999_999)], 0, "B", 5),
        ({}, [contract(8_000_000)], 0, "B", 5),
        ({}, [contract(7_999_999, "公寓")], 0, "C", 7),
        ({}, [contract(1, "独立别墅")], 0, "B", 4),
        ({"field_influence": "重大"}, [contract(1, "独立别墅")], 0, "A", 2),
        ({"company_influence": "有一定影响"}, [contract(1, "独立别墅")], 0, "A", 2),
        ({"leads_others": True}, [contract(1, "同类型物业")], 0, "A", 3),
        ({"public_office": True}, [contract(1)], 0, "B", 6),
        ({"field_influence": "较大"}, [contract(1)], 0, "B", 6),
        ({"field_influence": "重大", "public_office": True}, [], 0, "E", 10),
        ({}, [contract(50_000_000, status="已解除")], 0, "E", 10),
        ({}, [contract(50_000_000, status="已解除"), contract(1)], 0, "C", 7),
        ({}, [], 2, "D", 9),
        ({}, [], 1, "E", 10),
        ({"intends": True}, [], 0, "D", 8),
        ({"intends": False}, [], 0, "E", 10),
    ],
)
def test_the_grade_is_the_first_that_the_clause_grants(
    runner: Runner, record: dict[str, object], contracts: list[object], events: int, grade: str, rule: int
) -> None:
    """Purchases, property, influence and events give the grade, and the row says why."""
    result = runner.run(record, {CONTRACTS: contracts, EVENTS: [{}] * events}, DAY)  # type: ignore[arg-type,dict-item]
    assert (result["grade"], result["customer_grade_rule"]) == (grade, rule)


def test_all_figures_over_contracts_come_from_one_pass(runner: Runner) -> None:
    """The generated function loops over the contracts once and tests their common filter once."""
    source = runner.source(DAY)
    assert source.count("for row in") == 1
    assert source.count("'已解除'") == 1


def test_a_runner_follows_the_day_it_is_asked_about(runner: Runner) -> None:
    """Before its first day a parameter has no value, so that nobody counts as active."""
    children = {EVENTS: [{}] * 2}
    assert runner.run({}, children, date(2025, 12, 31))["active_in_events"] is None
    assert runner.run({}, children, DAY)["active_in_events"] is True
    assert runner.run({}, children, date(2025, 12, 31))["grade"] == "E"


def test_an_unknown_record_type_has_no_runner(runner: Runner) -> None:
    """Asking for a record type that the model does not have is an error at once."""
    model = check([read_pack(PACKS / "core")]).model
    assert model is not None
    with pytest.raises(KeyError, match="weekly_report"):
        Runner(model, "weekly_report")
