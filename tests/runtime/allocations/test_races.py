"""Killed at any line, a run comes out the same; pressed at once, one wins and the others are told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.runtime.processes.pressing import THREADS

if TYPE_CHECKING:
    from tests.conftest import Home


def test_killed_again_and_again(home_on_either_engine: Home) -> None:
    """A run whose processes are killed while it is worked out and handed over comes out whole: every record once, and
    the same counts as without.
    """
    command = ("-m", "tests.runtime.allocations.killing", "80", "4", "12")
    cut, told = home_on_either_engine.run(*command, timeout=240).splitlines()
    assert int(cut) == 8
    assert told == "done 80 56 56 0 56 56 3 [10, 18, 28] 0"


def test_everybody_presses_at_once(home_on_either_engine: Home) -> None:
    """Of ten who claim one lead one gets it; of five claims of one person two go through; one run is begun."""
    printed = home_on_either_engine.script("from tests.runtime.allocations.pressing import main\nmain()", timeout=180)
    told = json.loads(printed.splitlines()[-1])
    assert told["one"] == ["allocations.claimed_already"] * (THREADS - 1) + ["ok"]
    assert told["holder"] is True
    assert (told["greedy"], told["hers"]) == (["allocations.claim_refused"] * 3 + ["ok"] * 2, 2)
    assert told["moves"] == 3
    assert (told["begun"], told["runs"]) == (["allocations.open"] * 3 + ["ok"], 1)
