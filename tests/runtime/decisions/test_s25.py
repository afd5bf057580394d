"""The property developer's scenarios, played in the database: the five checks of S25."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from keguan.runtime.decisions.queries import explanation, replay
from keguan.runtime.policies.queries import current
from tests.cast import BINHAI, HEAD_OFFICE, JIANGNAN
from tests.runtime.decisions.filing import as_seen_by
from tests.runtime.decisions.stored_world import played, scenarios

if TYPE_CHECKING:
    from keguan.language.blocks.scenario import ScenarioDeclaration
    from tests.cast import Cast

FILE = Path(__file__).resolve().parents[3] / "packs/property-developer/scenarios/s25.md"
SCENARIOS = scenarios(FILE)


def test_every_check_of_s25_has_a_scenario() -> None:
    """S25-1 to S25-5 are all there."""
    assert {scenario.id for scenario in SCENARIOS} == {f"S25-{number}" for number in range(1, 6)}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[f"{each.id} {each.name}" for each in SCENARIOS])
def test_a_scenario_comes_true(scenario: ScenarioDeclaration, company: Cast) -> None:
    """Filed through the real actions, everything is as the scenario says, is explained by the row that is stored, and
    comes out again when it is replayed.
    """
    units = {"江南": company.units[JIANGNAN], "滨海": company.units[BINHAI], "": company.units[HEAD_OFFICE]}
    viewer = as_seen_by(company.xu_ke.id)
    with played(scenario, current().model, viewer, units) as (world, failures):
        assert [failure.sentence() for failure in failures] == []
        for customer in world.of("customer"):
            told = explanation(viewer, "customer", customer.id, "customer_grade")
            assert told is not None
            assert (told.clause.number, told.counted.rows) == ("第四条", (customer.computed["customer_grade_rule"],))
            assert told.outcome[0][1].text == customer.computed["grade"]
            assert all(each.same for each in replay("customer_grade", customer.id))
