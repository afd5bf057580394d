"""Two people pressing at once: one wins, one is told, nothing is doubled."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.runtime.processes.pressing import THREADS

if TYPE_CHECKING:
    from tests.conftest import Home


def test_everybody_presses_at_once(home_on_either_engine: Home) -> None:
    """Ten supervisors complete the same step: one does, nine are told. Ten cases begun at once have the next ten
    numbers. Ten sweeps at once make every move that is due exactly once, and tell nobody twice.
    """
    printed = home_on_either_engine.script("from tests.runtime.processes.pressing import main\nmain()", timeout=180)
    told = json.loads(printed.splitlines()[-1])
    assert told["one_step"] == ["cases.stale"] * (THREADS - 1) + ["ok"]
    assert told["begun"] == [["filing", "done"], ["judging", "done"], ["paying", "passed"], ["calling", "open"]]
    assert told["completions"] == 2
    assert told["numbers"] == ["ok"] * THREADS
    assert told["given"] == [f"TS-202603-{number:04}" for number in range(1, THREADS + 2)]
    assert told["sweeps"] == ["ok"] * THREADS
    first, *others, project, notice = told["late"]
    assert first == ["late", "late"]
    assert others == [["remind", "late", "escalate", "hand_over", "late"]] * THREADS
    assert (project, notice) == (["sub_ended"], ["remind", "late", "decide"])
    assert told["doubled"] == 0
