"""Many processes write while another one seals."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Home

WRITERS, CHANGES = 3, 40

WRITE = f"""
import random, time
import django
django.setup()
from django.db import transaction
from keguan.runtime.ledger.actions import SYSTEM, Record, append
chance = random.Random(%(seed)s)
kept = 0
for number in range({CHANGES}):
    with transaction.atomic():
        count = chance.randint(1, 3)
        append(SYSTEM, [Record("tests.wrote", "thing", number)] * count)
        time.sleep(chance.choice([0, 0, 0.004]))
        if chance.random() < 0.2:
            transaction.set_rollback(True)
        else:
            kept += count
print(kept)
"""
SEAL = """
import time
import django
django.setup()
from keguan.runtime.ledger.actions import seal
print("begun", flush=True)
while True:
    seal()
    time.sleep(0.005)
"""
CHECK = """
from keguan.runtime.ledger.actions import seal
from keguan.runtime.ledger.models import Block, Entry
from keguan.runtime.ledger.queries import verify
early = Block.objects.count()
seal()
report = verify()
ranges = list(Block.objects.order_by("id").values_list("first", "last"))
apart = all(one[1] < other[0] for one, other in zip(ranges, ranges[1:]))
sealed = sum(Block.objects.values_list("count", flat=True))
print(early, report.entries, sealed, report.unsealed, len(report.faults), apart)
"""


def test_no_entry_escapes_a_sealer_that_runs_beside_the_writers(home_on_either_engine: Home) -> None:
    """Entries whose transactions end in another order than they began, or not at all, are each sealed exactly once, in
    blocks that do not overlap, and the proof holds.
    """
    home = home_on_either_engine.lean
    sealer = home.start("-c", SEAL)
    assert sealer.stdout is not None
    assert sealer.stdout.readline() == "begun\n"
    writers = [home.start("-c", WRITE % {"seed": seed}) for seed in range(WRITERS)]
    outputs = [writer.communicate(timeout=120) for writer in writers]
    sealer.kill()
    sealer.communicate()
    assert [writer.returncode for writer in writers] == [0] * WRITERS, outputs
    kept = sum(int(output) for output, _ in outputs)
    early, entries, sealed, unsealed, faults, apart = home.script(CHECK).split()
    assert int(early) >= 1
    assert (entries, sealed, unsealed, faults, apart) == (str(kept), str(kept), "0", "0", "True")
