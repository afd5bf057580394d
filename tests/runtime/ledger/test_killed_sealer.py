"""The sealer can be killed at any line and run again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Home

ENTRIES = 30_000

SCRIPT = f"""
import os, random, signal, time
from django.db import connection
from keguan.runtime.ledger.actions import SYSTEM, Record, append, seal
from keguan.runtime.ledger.models import Block
from keguan.runtime.ledger.queries import verify

append(SYSTEM, [Record("tests.wrote", "thing", number) for number in range({ENTRIES})])
connection.close()  # each process has a connection of its own
chance = random.Random(25)
killed = 0
for _ in range(4):
    child = os.fork()
    if child == 0:
        seal()
        os._exit(0)
    time.sleep(chance.uniform(0, 0.06))
    os.kill(child, signal.SIGKILL)
    killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
before = Block.objects.count()
rest = seal()
again = seal()
report = verify()
sealed = sum(Block.objects.values_list("count", flat=True))
print(killed, before, rest.blocks, again.entries, report.sound, report.entries, report.unsealed, sealed)
"""


@pytest.mark.sqlite_only
def test_a_killed_sealer_leaves_whole_blocks(home: Home) -> None:
    """Killed four times at random moments and run once more, every entry is sealed exactly once and the proof holds."""
    killed, before, rest, again, sound, entries, unsealed, sealed = home.lean.script(SCRIPT).split()
    assert killed == "4"
    assert int(before) + int(rest) == 30
    assert again == "0"
    assert (sound, entries, unsealed, sealed) == ("True", str(ENTRIES), "0", str(ENTRIES))
