"""Workers at work on complaints, a stand-in that receives what people are told, and killing the workers meanwhile."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import psycopg

from tests.conftest import REPOSITORY
from tests.connectors.stand_in import Receiver
from tests.runtime.jobs.test_worker import child_group, descendants
from tests.runtime.processes.crowd.feeding import ENOUGH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Home

LOG = "worker.log"
SETTINGS = "tests.runtime.processes.crowd.settings"
FOUND = "from tests.runtime.processes.crowd.company import found\nfound(4, {url!r})"
FEED = """
import django
django.setup()
from tests.runtime.processes.crowd.feeding import feed
feed({size}, {part}, {least})
"""
COUNT = "from tests.runtime.processes.crowd.counting import counted\nprint(counted())"
WORK = """
import django
django.setup()
from datetime import timedelta
from keguan.runtime.jobs import stuck, worker, working
working.FORGOTTEN = timedelta(seconds=1)
worker.LOOK, worker.PATIENCE, worker.AT_ONCE, stuck.PATIENCE = 0.2, 1.0, 1.0, 10.0
raise SystemExit(worker.work())
"""


@dataclass
class Killer:
    """One who has a worker at work in a home, and kills processes of it without warning."""

    home: Home
    chance: random.Random
    killed: dict[str, int] = field(default_factory=dict)
    worker: subprocess.Popen[bytes] | None = None
    known: set[int] = field(default_factory=set)

    def start(self) -> None:
        """See that a worker is at work."""
        if self.worker is not None and self.worker.poll() is None:
            return
        with (self.home.path / LOG).open("a") as log:
            self.worker = subprocess.Popen(
                [sys.executable, "-c", WORK],
                env=self.home.environment,
                cwd=REPOSITORY,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )

    def until(self, moves: int, feeder: subprocess.Popen[str]) -> bool:
        """Wait until so many moves are made on cases and somebody is at a job; False when the feeder has ended."""
        while self._moves() < moves or not self._at_work():
            if feeder.poll() is not None:
                return False
            self.start()
            time.sleep(0.05)
        return True

    def kill(self, moves: int, feeder: subprocess.Popen[str]) -> None:
        """Once so many moves are made, kill a process that is at a job, now and then another of the worker's, or all of
        them as a power cut would. Nothing when the feeder has ended.
        """
        if not self.until(moves, feeder):
            return
        time.sleep(self.chance.uniform(0, 0.4))
        assert self.worker is not None
        family = [self.worker.pid, *descendants(self.worker.pid)]
        self.known |= {child_group(pid) for pid in family}
        busy = [pid for pid in self._at_work() if pid in family]
        drawn = self.chance.random()
        what, pids = ("at work", [self.chance.choice(busy)]) if busy else ("any", [self.chance.choice(family)])
        if drawn < 0.15:
            what, pids = "all", family
        elif drawn < 0.35:
            what, pids = "any", [self.chance.choice(family)]
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            (self.home.path / "at-work" / str(pid)).unlink(missing_ok=True)
        self.killed[what] = self.killed.get(what, 0) + 1
        if self.worker.pid in pids:
            self.worker.wait()
        self.start()

    def ended(self, feeder: subprocess.Popen[str]) -> str:
        """How many moves were made, after the feeder has ended with its next wave. Fails when a job has failed."""
        (self.home.path / ENOUGH).touch()
        printed, wrong = feeder.communicate(timeout=1800)
        assert feeder.returncode == 0, wrong + self.log
        return printed.split()[-1]

    def end(self) -> None:
        """Kill whatever is left of any worker."""
        if self.worker is not None:
            self.known |= {child_group(pid) for pid in [self.worker.pid, *descendants(self.worker.pid)]}
            for group in self.known:
                with suppress(ProcessLookupError):
                    os.killpg(group, signal.SIGKILL)
            self.worker.wait()

    @property
    def log(self) -> str:
        """What the workers said last."""
        return (self.home.path / LOG).read_text()[-8000:]

    def _moves(self) -> int:
        """How many moves were made on cases so far, read beside the running system."""
        if self.home.database_url:
            with psycopg.connect(self.home.database_url) as server:
                row = server.execute("SELECT count(*) FROM processes_move").fetchone()
                return int(row[0]) if row else 0
        with closing(sqlite3.connect(self.home.path / "keguan.sqlite3", timeout=20)) as database:
            return int(database.execute("SELECT count(*) FROM processes_move").fetchone()[0])

    def _at_work(self) -> list[int]:
        folder = self.home.path / "at-work"
        return [int(each.name) for each in folder.iterdir()] if folder.exists() else []


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Where everything arrives; it answers as a webhook and as a group's robot do."""
    found = Receiver()
    found.answers["/cgi-bin/webhook/send"] = (200, {"errcode": 0, "errmsg": "ok"})
    server = found.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def at_work(home: Home, receiver: Receiver, chance: random.Random) -> Iterator[Killer]:
    """The company in this home, with a worker; whatever is left of it in the end is killed."""
    home.script(FOUND.format(url=receiver.url))
    found = Killer(home, chance)
    try:
        found.start()
        yield found
    finally:
        found.end()
