"""The sealer can be killed at any line and run again."""

from __future__ import annotations

import os
import random
import signal
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Home

ENTRIES = 30_000

WRITE = f"""
from keguan.runtime.ledger.actions import SYSTEM, Record, append
append(SYSTEM, [Record("tests.wrote", "thing", number) for number in range({ENTRIES})])
"""
SEAL = """
import django
django.setup()
from keguan.runtime.ledger.actions import seal
print("begun", flush=True)
seal()
"""
CHECK = """
from keguan.runtime.ledger.actions import seal
from keguan.runtime.ledger.models import Block
from keguan.runtime.ledger.queries import verify
before = Block.objects.count()
rest = seal()
again = seal()
report = verify()
sealed = sum(Block.objects.values_list("count", flat=True))
print(before, rest.blocks, again.entries, report.sound, report.entries, report.unsealed, sealed)
"""


@pytest.mark.sqlite_only
def test_a_killed_sealer_leaves_whole_blocks(home: Home) -> None:
    """Killed four times at random moments and run once more, every entry is sealed exactly once and the proof holds."""
    home = home.lean
    home.script(WRITE)
    chance = random.Random(25)
    for _ in range(4):
        process = home.start("-c", SEAL)
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        time.sleep(chance.uniform(0, 0.06))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    before, rest, again, sound, entries, unsealed, sealed = home.script(CHECK).split()
    assert int(before) + int(rest) == 30
    assert again == "0"
    assert (sound, entries, unsealed, sealed) == ("True", str(ENTRIES), "0", str(ENTRIES))
