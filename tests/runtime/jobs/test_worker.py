"""Real workers in processes of their own, killed without warning."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.conftest import Home

WORK = """
import django
django.setup()
from keguan.runtime.jobs import worker
from keguan.runtime.jobs.actions import enqueue
worker.LOOK, worker.PATIENCE = 0.2, 1.0
for arguments in {jobs!r}:
    print(enqueue("tests.count", arguments), flush=True)
raise SystemExit(worker.work())
"""
"""A worker that first puts counting jobs in the queue and prints their numbers; it looks and ends five times sooner."""


@dataclass
class Workshop:
    """A home with workers in it."""

    home: Home
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    def file(self, steps: int) -> Path:
        """Where the job of so many steps notes what it does: a process id a step."""
        return self.home.path / f"steps-{steps}.txt"

    def pids(self, steps: int) -> list[int]:
        """Who did each step of that job so far."""
        file = self.file(steps)
        return [int(line) for line in file.read_text().splitlines()] if file.exists() else []

    def start(self, *jobs: tuple[int, float]) -> tuple[subprocess.Popen[str], list[int]]:
        """Start a worker on a queue with these jobs more in it: so many steps with such a pause. Returns their ids."""
        arguments = [{"file": str(self.file(steps)), "steps": steps, "pause": pause} for steps, pause in jobs]
        process = self.home.start("-c", WORK.format(jobs=arguments))
        self.processes.append(process)
        assert process.stdout is not None
        return process, [int(process.stdout.readline()) for _ in jobs]

    def job(self, job_id: int) -> dict[str, object]:
        """The job's row, read beside the running system."""
        if self.home.database_url:
            with psycopg.connect(self.home.database_url) as server, server.cursor(row_factory=dict_row) as cursor:
                return cursor.execute("SELECT * FROM jobs_job WHERE id = %s", [job_id]).fetchone() or {}
        with closing(sqlite3.connect(self.home.path / "keguan.sqlite3", timeout=20)) as database:
            database.row_factory = sqlite3.Row
            return dict(database.execute("SELECT * FROM jobs_job WHERE id = ?", [job_id]).fetchone())

    def kill_everything(self) -> None:
        """Kill -9 the parents and their clusters."""
        for process in self.processes:
            groups = {child_group(pid) for pid in descendants(process.pid)} | {process.pid}
            for group in groups:
                with suppress(ProcessLookupError):
                    os.killpg(group, signal.SIGKILL)
            process.communicate()
        self.processes.clear()


@pytest.fixture
def workshop(home_on_either_engine: Home, broker: str) -> Iterator[Workshop]:
    """An empty workshop, with either broker; whatever still runs in it at the end is killed."""
    found = Workshop(replace(home_on_either_engine.lean, broker=broker))
    yield found
    found.kill_everything()


def test_a_worker_does_what_is_queued_and_ends_when_told(workshop: Workshop) -> None:
    """A short job is done; TERM to the parent, in the middle of a long one, ends every process within seconds; the next
    worker goes on with the long one where it stood.
    """
    worker, (short, long) = workshop.start((3, 0.01), (500, 0.1))
    wait_until(lambda: workshop.job(short)["state"] == "done")
    row = workshop.job(short)
    assert (row["done"], row["total"], row["message"], row["attempts"]) == (3, 3, "数到 3", 1)

    wait_until(lambda: len(workshop.pids(500)) >= 3)
    family = descendants(worker.pid)
    assert len(family) >= 4
    worker.terminate()
    assert worker.wait(30) == 0
    wait_until(lambda: not any(alive(pid) for pid in family))
    reached = len(workshop.pids(500))
    assert (reached < 500, workshop.job(long)["state"]) == (True, "running")
    workshop.start()
    wait_until(lambda: len(workshop.pids(500)) > reached)
    assert workshop.job(long)["attempts"] == 2


def test_a_killed_processs_job_is_done_by_another(workshop: Workshop) -> None:
    """Kill -9 the process that is at the job: another one goes on where it stopped, and no step is done twice."""
    _, (job_id,) = workshop.start((15, 0.1))
    wait_until(lambda: len(workshop.pids(15)) >= 3)
    first = workshop.pids(15)[0]
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: workshop.job(job_id)["state"] == "done")
    pids = workshop.pids(15)
    assert len(pids) == 15
    assert len(set(pids)) == 2
    assert workshop.job(job_id)["attempts"] == 2


def test_a_new_worker_takes_over_from_a_killed_one(workshop: Workshop) -> None:
    """Kill -9 everything, as a power cut would: the next worker finishes the job within seconds of its start."""
    _, (job_id,) = workshop.start((15, 0.1))
    wait_until(lambda: len(workshop.pids(15)) >= 3)
    workshop.kill_everything()
    reached = len(workshop.pids(15))
    assert workshop.job(job_id)["state"] == "running"
    workshop.start()
    wait_until(lambda: workshop.job(job_id)["state"] == "done")
    assert reached < 15 == len(workshop.pids(15))


def wait_until(true: Callable[[], bool], seconds: float = 45) -> None:
    """Wait for something to become true; fails when it does not."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def descendants(pid: int) -> list[int]:
    """The processes below this one."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    children: dict[int, list[int]] = {}
    for line in listed.splitlines():
        child, parent = map(int, line.split())
        children.setdefault(parent, []).append(child)
    found, waiting = [], [pid]
    while waiting:
        waiting += (below := children.get(waiting.pop(), []))
        found += below
    return found


def child_group(pid: int) -> int:
    """The process group of a process, or an impossible one when it is gone."""
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 2**30


def alive(pid: int) -> bool:
    """Whether a process runs (one that nobody has waited for does not)."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
