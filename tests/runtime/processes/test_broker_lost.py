"""Redis emptied, stopped and started while cases move on and people are told: nothing is lost, nothing doubled."""

from __future__ import annotations

import json
import random
import shutil
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import Home
from tests.runtime.jobs.test_broker import RedisServer
from tests.runtime.processes.crowd.alike import all_alike, arrived
from tests.runtime.processes.crowd.killing import COUNT, FEED, SETTINGS, at_work, receiving

AWAY = 2.0
"""Seconds for which Redis is away: the stage that runs ends in them, and the next is put into the queue."""


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    """A Redis of the test's own."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        found = RedisServer(tmp_path, free.getsockname()[1])
    found.start()
    yield found
    found.stop()


def test_redis_is_emptied_stopped_and_started(
    home_on_either_engine: Home, redis: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Six complaints go their way while Redis is emptied again and again, then killed and started empty, twice. Every
    move is made once and in order, every notice goes out once, and no job was begun twice: only messages were lost.
    """
    monkeypatch.setenv("KEGUAN_WORKERS", "2")
    home = replace(home_on_either_engine, settings=SETTINGS, broker=redis.url)
    with receiving() as receiver, at_work(home, receiver, random.Random(7)) as killer:
        feeder = home.start("-c", FEED.format(size=6, part=3, least=60))
        killer.until(6, feeder)
        _empty(redis, seconds=AWAY)
        for moves in (18, 30):
            killer.until(moves, feeder)
            redis.stop()
            time.sleep(AWAY)
            redis.start()
        assert int(killer.ended(feeder)) >= 60
    told = json.loads(home.script(COUNT).splitlines()[-1])
    all_alike(told)
    assert arrived(told, receiver) == (0, 0)
    assert set(told["attempts"]) == {"1"}


def _empty(redis: RedisServer, seconds: float) -> None:
    """Throw away whatever is in it, again and again."""
    until = time.monotonic() + seconds
    with socket.create_connection(("127.0.0.1", redis.port)) as talk:
        while time.monotonic() < until:
            talk.sendall(b"FLUSHALL\r\n")
            assert talk.recv(64) == b"+OK\r\n"
            time.sleep(0.005)
