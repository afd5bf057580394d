"""Many people press the same cases at the same moment: one wins, the others are told, and every case went a way that
it could go.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Home

SETTINGS = "tests.runtime.processes.crowd.settings"
FOUND = """
from keguan.runtime import clock
from tests.runtime.processes.crowd.company import found
from tests.runtime.processes.crowd.judging import judged
from tests.runtime.processes.crowd.pressing import MONDAY, begin, pressed
import json
with clock.hold(MONDAY):
    found({people})
    ids = begin({cases})
"""
PRESS = "from tests.runtime.processes.crowd.pressing import pressed\nprint(pressed(*{given}, held={held}))"
JUDGE = "import sys, json\nfrom tests.runtime.processes.crowd.judging import judged\nprint(judged({told}, {people}))"


def test_a_dozen_people_press_the_same_cases(home_on_either_engine: Home) -> None:
    """Twelve people press whatever comes to their minds on two cases, while the clock goes on: nobody meets anything
    but a refusal, each version of a case is moved on by one of them, no step is done twice, what is open is what the
    moves led to, and the ledger says the same and is sound.
    """
    home = replace(home_on_either_engine, settings=SETTINGS)
    script = FOUND.format(people=12, cases=2) + (
        "told = pressed(range(12), 12, ids, 10, 20261122, held=True)\nprint(told)\nprint(judged(json.loads(told), 12))"
    )
    told, faults = map(json.loads, home.script(script).splitlines()[-2:])
    assert faults == []
    assert len(told) == 120
    assert _won(told) >= 8


@pytest.mark.slow
def test_fifty_people_press_the_same_cases(home_on_either_engine: Home) -> None:
    """Fifty people do so on four cases: first in fifty threads of one process, then in five processes of ten."""
    home = replace(home_on_either_engine, settings=SETTINGS)
    ids = json.loads(home.script(FOUND.format(people=50, cases=8) + "print(ids)").splitlines()[-1])
    together = (range(50), 50, ids[:4], 40, 1)
    told = json.loads(home.script(PRESS.format(given=together, held=True), timeout=1800).splitlines()[-1])
    start = "import django\ndjango.setup()\n"
    apart = [(range(ten, ten + 10), 50, ids[4:], 40, 2) for ten in range(0, 50, 10)]
    for process in [home.start("-c", start + PRESS.format(given=given, held=False)) for given in apart]:
        printed, wrong = process.communicate(timeout=1800)
        assert process.returncode == 0, wrong
        told += json.loads(printed.splitlines()[-1])
    (home.path / "told.json").write_text(json.dumps(told))
    read = f"json.loads(open({str(home.path / 'told.json')!r}).read())"
    assert json.loads(home.script(JUDGE.format(told=read, people=50)).splitlines()[-1]) == []
    assert len(told) == 4000
    assert _won(told) >= 80
    moves = sorted(Counter(each[2] for each in told if each[4] == "ok").items())
    refused = Counter(each[4] for each in told).most_common(6)
    sys.stderr.write(f"{len(told)} presses by 50 people: {moves}; {refused}\n")


def _won(told: list[list[Any]]) -> int:
    """How many of the presses moved a case on."""
    return sum(each[4] == "ok" and each[2] not in ("comment", "urge", "copy") for each in told)
