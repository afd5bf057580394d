"""The broker only wakes workers: emptied, stopped or away, it loses nothing and doubles nothing."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django_q.conf import Conf
from django_q.models import OrmQ

from keguan.runtime import clock
from keguan.runtime.jobs import registry
from keguan.runtime.jobs.actions import enqueue, job, recover, run_now
from keguan.runtime.jobs.models import Job
from keguan.runtime.jobs.queue import queue_is_empty
from tests.conftest import Home
from tests.runtime.jobs.test_worker import Workshop, wait_until

ENQUEUE = """
import django
django.setup()
from keguan.runtime.jobs.actions import enqueue
for arguments in {jobs!r}:
    print(enqueue("tests.count", arguments), flush=True)
"""
NOBODY = "redis://127.0.0.1:1/0"
"""An address at which no Redis answers."""


@dataclass
class RedisServer:
    """A Redis of the test's own, which it may stop and start."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def url(self) -> str:
        """Its address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it with nothing in it, and wait until it answers."""
        remember_nothing = ["--save", "", "--appendonly", "no", "--dir", str(self.folder)]
        command = ["redis-server", "--port", str(self.port), *remember_nothing]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(self._answers)

    def stop(self) -> None:
        """Kill -9: everything in it is lost."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def _answers(self) -> bool:
        with closing(socket.socket()) as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    """A Redis that runs."""
    if shutil.which("redis-server") is None:
        pytest.skip("redis-server is not installed")
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = RedisServer(tmp_path, port)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def workshop(home_on_either_engine: Home) -> Iterator[Workshop]:
    """An empty workshop; the test chooses its broker."""
    found = Workshop(home_on_either_engine.lean)
    yield found
    found.kill_everything()


def put_in(workshop: Workshop, *jobs: tuple[int, float]) -> list[int]:
    """Put counting jobs into the queue from a process that runs no worker: a web process, say."""
    arguments = [{"file": str(workshop.file(steps)), "steps": steps, "pause": pause} for steps, pause in jobs]
    return [int(line) for line in workshop.home.run("-c", ENQUEUE.format(jobs=arguments)).splitlines()]


def done_once(workshop: Workshop, ids: list[int], steps: tuple[int, ...]) -> bool:
    """Whether every job is done, each step of it once."""
    if any(workshop.job(job_id)["state"] != "done" for job_id in ids):
        return False
    assert [len(workshop.pids(each)) for each in steps] == list(steps)
    return True


def test_a_broker_that_was_emptied_loses_no_job(workshop: Workshop, broker: str, redis_server: RedisServer) -> None:
    """All messages are lost before a worker starts: every job is done all the same, once."""
    workshop.home = replace(workshop.home, broker=broker and redis_server.url)
    ids = put_in(workshop, (3, 0.01), (4, 0.01), (5, 0.01))
    if broker:
        redis_server.stop()
        redis_server.start()
    else:
        workshop.home.script("from django_q.models import OrmQ\nOrmQ.objects.all().delete()")
    workshop.start()
    wait_until(lambda: done_once(workshop, ids, (3, 4, 5)))


def test_a_broker_stopped_and_started_loses_no_job(workshop: Workshop, redis_server: RedisServer) -> None:
    """Redis is killed while a job runs; jobs are put in while it is away; when it is back all are done, once each."""
    workshop.home = replace(workshop.home, broker=redis_server.url)
    _, first = workshop.start((30, 0.1), (6, 0.01))
    wait_until(lambda: len(workshop.pids(30)) >= 2)
    redis_server.stop()
    second = put_in(workshop, (7, 0.01), (8, 0.01))
    assert [workshop.job(job_id)["state"] for job_id in second] == ["waiting", "waiting"]
    redis_server.start()
    wait_until(lambda: done_once(workshop, first + second, (30, 6, 7, 8)), seconds=90)
    assert [workshop.job(job_id)["attempts"] for job_id in first + second] == [1, 1, 1, 1]


def test_a_worker_waits_for_its_broker(workshop: Workshop, redis_server: RedisServer) -> None:
    """A worker that starts before Redis does not die of it, and works when Redis comes."""
    workshop.home = replace(workshop.home, broker=redis_server.url)
    redis_server.stop()
    worker, ids = workshop.start((3, 0.01))
    with pytest.raises(subprocess.TimeoutExpired):
        worker.wait(4)
    redis_server.start()
    wait_until(lambda: done_once(workshop, ids, (3,)))


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """A job that does nothing."""
    monkeypatch.setattr(registry, "_works", {})
    job("tests.nothing")(lambda _arguments, _progress: None)


@pytest.fixture
def on_redis(redis_server: RedisServer, settings: Any, monkeypatch: pytest.MonkeyPatch) -> RedisServer:
    """Redis is the broker of this process."""
    settings.BROKER = redis_server.url
    monkeypatch.setattr(Conf, "BROKER_CLASS", "keguan.runtime.jobs.redis_broker.RedisBroker")
    return redis_server


def test_nothing_is_sent_before_the_change_is_made(
    counting: None, on_redis: RedisServer, django_capture_on_commit_callbacks: Any
) -> None:
    """Redis hears of a job when its transaction has committed, and never of one that was undone."""
    with django_capture_on_commit_callbacks(execute=True):
        enqueue("tests.nothing", {})
        assert queue_is_empty()
    assert not queue_is_empty()
    on_redis.stop()
    on_redis.start()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        enqueue("tests.nothing", {})
        transaction.set_rollback(True)
    assert queue_is_empty()


def test_a_change_does_not_fail_for_its_broker(
    counting: None, settings: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    """With no Redis at its address the job is kept and waits; whoever put it in notices nothing."""
    settings.BROKER = NOBODY
    monkeypatch.setattr(Conf, "BROKER_CLASS", "keguan.runtime.jobs.redis_broker.RedisBroker")
    with django_capture_on_commit_callbacks(execute=True):
        job_id = enqueue("tests.nothing", {})
    assert Job.objects.get(pk=job_id).state == "waiting"
    assert queue_is_empty() is False
    clock_later(job_id)
    assert recover() == 0


def clock_later(job_id: int) -> None:
    """As if the job had waited for a minute."""
    Job.objects.filter(pk=job_id).update(woken_at=clock.now() - timedelta(minutes=1))


def test_a_job_that_waits_in_vain_is_woken_again(counting: None) -> None:
    """Only when its message is gone, only after a while, and only if a worker was to hear of it at all."""
    woken = enqueue("tests.nothing", {})
    silent = enqueue("tests.nothing", {}, wake=False)
    clock_later(woken)
    assert recover() == 0  # its message is still there
    OrmQ.objects.all().delete()
    assert (recover(), OrmQ.objects.count()) == (1, 1)
    OrmQ.objects.all().delete()
    assert recover() == 0  # it was woken a moment ago
    assert run_now(silent)
    assert [Job.objects.get(pk=each).state for each in (woken, silent)] == ["waiting", "done"]


def test_two_installations_share_a_redis(on_redis: RedisServer, settings: Any) -> None:
    """Each has a list of its own, so none takes the other's messages."""
    from keguan.runtime.jobs.redis_broker import RedisBroker

    mine = RedisBroker()
    mine.enqueue("message")
    settings.SECRET_KEY = "another installation's key"
    theirs = RedisBroker()
    assert (mine.queue_size(), theirs.queue_size()) == (1, 0)
