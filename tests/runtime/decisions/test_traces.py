"""Every decision that is kept is a trace by its schema, and the trace alone decides the same again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from jsonschema_rs import Draft202012Validator

from keguan.runtime.decisions.traces import decided_from, traces
from keguan.runtime.policies.queries import current
from tests.cast import BINHAI, HEAD_OFFICE, JIANGNAN
from tests.conftest import REPOSITORY
from tests.runtime.decisions.editions import SIX_MILLION, edition, publish
from tests.runtime.decisions.filing import as_seen_by, contract, customer
from tests.runtime.decisions.stored_world import played
from tests.runtime.decisions.test_s25 import SCENARIOS

if TYPE_CHECKING:
    from keguan.language.blocks.scenario import ScenarioDeclaration
    from tests.cast import Cast

SCHEMA = json.loads((REPOSITORY / "docs/reference/trace.schema.json").read_text(encoding="utf-8"))


def kept() -> list[dict[str, Any]]:
    """Every row of every decision's history, as a trace that went through JSON."""
    found = []
    for code in current().model.decisions:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT DISTINCT record_id FROM his_{code} ORDER BY record_id")
            ids = [row[0] for row in cursor.fetchall()]
        found += [json.loads(json.dumps(trace)) for record_id in ids for trace in traces(code, record_id)]
    return found


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[f"{each.id} {each.name}" for each in SCENARIOS])
def test_every_kept_decision_is_a_trace_that_replays(scenario: ScenarioDeclaration, company: Cast) -> None:
    """After a scenario, each row of each history validates, and comes out again with outcome and rule."""
    units = {"江南": company.units[JIANGNAN], "滨海": company.units[BINHAI], "": company.units[HEAD_OFFICE]}
    with played(scenario, current().model, as_seen_by(company.xu_ke.id), units):
        found = kept()
        assert found
        for trace in found:
            Draft202012Validator(SCHEMA).validate(trace)
            assert decided_from(trace) == (trace["outcome"], trace["rule"])


def test_a_trace_replays_by_the_version_of_its_day(company: Cast) -> None:
    """A decision of the first version comes out as it was, though another version is in force now."""
    xu_ke = as_seen_by(company.xu_ke.id)
    found = customer(xu_ke, "许安然")
    contract(xu_ke, found, "7000000")
    publish(edition("9.0.0", SIX_MILLION))
    new, old, *_rest = [json.loads(json.dumps(each)) for each in traces("customer_grade", found)]
    assert (old["clause"]["version"], old["outcome"][0]["value"], old["rule"]) == ("1.0.0", "C", 7)
    assert (new["clause"]["version"], new["outcome"][0]["value"], new["rule"]) == ("9.0.0", "B", 5)
    assert decided_from(old) == (old["outcome"], 7)
    assert decided_from({**old, "publication": new["publication"]})[1] == 5


def test_a_trace_that_was_altered_is_told(company: Cast) -> None:
    """Another input gives another outcome: the trace's own does not come out."""
    xu_ke = as_seen_by(company.xu_ke.id)
    found = customer(xu_ke, "许安然")
    contract(xu_ke, found, "9000000")
    trace = traces("customer_grade", found)[0]
    assert trace["inputs"][0] == {"label": "累计购买额", "type": "number", "scale": 2, "value": 900_000_000}
    forged = {**trace, "inputs": [{**trace["inputs"][0], "value": 1}, *trace["inputs"][1:]]}
    assert decided_from(forged) != (trace["outcome"], trace["rule"])
