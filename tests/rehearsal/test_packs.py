"""Every scenario of every pack in the repository comes true, acted out where it must be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import REPOSITORY
from tests.rehearsal.acted import acted_in

if TYPE_CHECKING:
    from tests.conftest import Home

PACKS = REPOSITORY / "packs"


@pytest.mark.parametrize("name", sorted(path.parent.name for path in PACKS.glob("*/scenarios")))
def test_every_scenario_comes_true(name: str, home_on_either_engine: Home) -> None:
    """The pack is published with those it builds on, and each scenario is as its author expects."""
    told = acted_in(home_on_either_engine, PACKS / name)
    assert told
    assert [line for line in told if not line.startswith("ok ")] == []
