"""Figures over HTTP: the same figures, the same groups, the same lists as on the pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from keguan.runtime.tokens.scopes import Scope
from tests.runtime.metrics.conftest import office
from tests.runtime.metrics.world import work

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.conftest import Program
    from tests.cast import Cast

    Holding = Callable[..., Program]

__all__ = ["office"]


def test_figures_their_groups_and_the_records_behind_them(office: Cast, program: Holding) -> None:
    """周敏's program reads every figure, one by group, and the records that a group counts, a page at a time."""
    work()
    mine = program(office.zhou_min)
    found = {each["code"]: each for each in mine.get("/metrics").json()}
    share = found["leading_share"]
    assert (share["now"]["value"], share["now"]["state"], share["now"]["closed"]) == (5714, "warning", False)
    assert (share["target"], share["clause"]) == (">= 80%", "metric-tests#targets")
    one = mine.get("/metrics/by_person?start=2026-11-01").json()
    assert [(each["label"], each["point"]["value"]) for each in one["groups"]] == [("方明", 0), ("林晓", 8000)]
    assert (one["parts"], len(one["history"]), one["unseen"]) == (["missing", "counted", "of"], 1, 0)
    asked = f"part=missing&start=2026-11-01&group={json.dumps(office.lin_xiao.id)}"
    (row,) = mine.get(f"/metrics/by_person/records?{asked}").json()["rows"]
    assert row["title"]["text"] == "江4"


def test_a_token_reaches_no_further_than_its_owner_and_its_scopes(office: Cast, program: Holding) -> None:
    """林晓's program finds no figure about trade and only her own group; one without the scope finds nothing."""
    work()
    hers = program(office.lin_xiao)
    assert "mean_purchase" not in {each["code"] for each in hers.get("/metrics").json()}
    assert hers.get("/metrics/mean_purchase").status_code == 404
    one = hers.get("/metrics/by_person").json()
    assert ([each["label"] for each in one["groups"]], one["unseen"]) == (["林晓"], 1)
    assert program(office.zhou_min, Scope.DUTIES).get("/metrics").status_code == 403
