"""Many processes write while another one seals."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Home

WRITERS, CHANGES = 3, 40

# The processes are forked from one that has loaded the program and has no connection yet.
SCRIPT = f"""
import os, random, signal, time
from django.db import transaction
from keguan.runtime.ledger.actions import SYSTEM, Record, append, seal
from keguan.runtime.ledger.models import Block
from keguan.runtime.ledger.queries import verify

def write(seed, kept_file):
    chance = random.Random(seed)
    kept = number = 0
    # On a busy machine the sealer gets its turn late: writing goes on until it has sealed something.
    while number < {CHANGES} or (number < {50 * CHANGES} and not Block.objects.exists()):
        number += 1
        with transaction.atomic():
            count = chance.randint(1, 3)
            append(SYSTEM, [Record("tests.wrote", "thing", number)] * count)
            time.sleep(chance.choice([0, 0, 0.004]))
            if chance.random() < 0.2:
                transaction.set_rollback(True)
            else:
                kept += count
    os.write(kept_file, b"%d\\n" % kept)

def keep_sealing():
    while True:
        seal()
        time.sleep(0.005)

def forked(do, *arguments):
    child = os.fork()
    if child == 0:
        code = 1
        try:
            do(*arguments)
            code = 0
        finally:
            os._exit(code)
    return child

told, kept_file = os.pipe()
sealer = forked(keep_sealing)
writers = [forked(write, seed, kept_file) for seed in range({WRITERS})]
failed = [code for _, code in (os.waitpid(writer, 0) for writer in writers) if code]
os.kill(sealer, signal.SIGKILL)
sealed_until_killed = os.WIFSIGNALED(os.waitpid(sealer, 0)[1])
kept = sum(int(line) for line in os.read(told, 10_000).split())

early = Block.objects.count()
seal()
report = verify()
ranges = list(Block.objects.order_by("id").values_list("first", "last"))
apart = all(one[1] < other[0] for one, other in zip(ranges, ranges[1:]))
sealed = sum(Block.objects.values_list("count", flat=True))
print(len(failed), sealed_until_killed, early, kept, report.entries, sealed, report.unsealed, len(report.faults), apart)
"""


def test_no_entry_escapes_a_sealer_that_runs_beside_the_writers(home_on_either_engine: Home) -> None:
    """Entries whose transactions end in another order than they began, or not at all, are each sealed exactly once, in
    blocks that do not overlap, and the proof holds.
    """
    told = home_on_either_engine.lean.script(SCRIPT).split()
    failed, until_killed, early, kept, entries, sealed, unsealed, faults, apart = told
    assert (failed, until_killed) == ("0", "True")
    assert int(early) >= 1
    assert int(kept) > 0
    assert (entries, sealed, unsealed, faults, apart) == (kept, kept, "0", "0", "True")
