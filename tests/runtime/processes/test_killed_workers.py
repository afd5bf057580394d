"""Workers killed at random while cases move on, fall due and are told of: nothing is lost and nothing is doubled."""

from __future__ import annotations

import json
import os
import random
import sys
import time
from dataclasses import replace

import pytest

from tests.conftest import Home
from tests.runtime.processes.crowd.alike import all_alike, arrived
from tests.runtime.processes.crowd.killing import COUNT, FEED, SETTINGS, at_work, receiving

KILLS = int(os.environ.get("KEGUAN_TEST_KILLS", "200"))
LEAST = int(os.environ.get("KEGUAN_TEST_MOVES", "10000"))


def test_some_are_killed(home_on_either_engine: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three kills while four complaints go their way."""
    monkeypatch.setenv("KEGUAN_WORKERS", "2")
    _killed(home_on_either_engine, kills=3, least=40, size=4, part=2)


@pytest.mark.slow
def test_many_are_killed(home_on_either_engine: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """200 kills during 10,000 moves and escalations; ``KEGUAN_TEST_KILLS`` and ``KEGUAN_TEST_MOVES`` change that."""
    monkeypatch.setenv("KEGUAN_WORKERS", "2")
    _killed(home_on_either_engine, kills=KILLS, least=LEAST, size=50, part=10)


def _killed(given: Home, *, kills: int, least: int, size: int, part: int) -> None:
    home = replace(given, settings=SETTINGS)
    began = time.monotonic()
    with receiving() as receiver, at_work(home, receiver, random.Random(20261122)) as killer:
        feeder = home.start("-c", FEED.format(size=size, part=part, least=least))
        while sum(killer.killed.values()) < kills and feeder.poll() is None:
            killer.kill(sum(killer.killed.values()) * least // kills, feeder)
        printed = killer.ended(feeder)
    seconds = time.monotonic() - began
    assert sum(killer.killed.values()) == kills
    told = json.loads(home.script(COUNT, timeout=900).splitlines()[-1])
    all_alike(told)
    uncertain, repeated = arrived(told, receiver)
    sys.stderr.write(
        f"{kills} kills {killer.killed} in {seconds:.0f} s: {len(told['numbers'])} complaints, {printed} moves, "
        f"{told['notices']} notices; {repeated} repeats at the webhook, dropped by their key; {uncertain} at the robot "
        f"uncertain; attempts {told['attempts']}\n"
    )
