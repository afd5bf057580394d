"""A worker whose cluster has lost a process that holds it together: nothing of it is left to go on alone."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django_q.models import OrmQ

from keguan.runtime import clock
from keguan.runtime.jobs import registry, stuck
from keguan.runtime.jobs.actions import enqueue, job, recover
from keguan.runtime.jobs.models import Job, State
from tests.conftest import Home
from tests.runtime.jobs import test_worker
from tests.runtime.jobs.test_worker import Workshop, alive, descendants, wait_until

PATIENT = "worker.LOOK, worker.PATIENCE = 0.2, 1.0"


@pytest.fixture
def workshop(home_on_either_engine: Home) -> Iterator[Workshop]:
    """An empty workshop."""
    found = Workshop(home_on_either_engine.lean)
    yield found
    found.kill_everything()


@pytest.mark.parametrize("which", [0, 1], ids=["the first", "the second"])
def test_another_cluster_takes_its_place(workshop: Workshop, which: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kill -9 the cluster's first process, or the second, which looks after the others: these, which would be at jobs
    for ever, are killed too, and the same worker goes on with the job in a new cluster.
    """
    monkeypatch.setattr(test_worker, "WORK", test_worker.WORK.replace(PATIENT, f"{PATIENT}\nworker.AT_ONCE = 0.0"))
    worker, (job_id,) = workshop.start((15, 0.1))
    wait_until(lambda: len(workshop.pids(15)) >= 3)
    family = descendants(worker.pid)
    os.kill(family[which], signal.SIGKILL)
    wait_until(lambda: not any(alive(pid) for pid in family))
    wait_until(lambda: workshop.job(job_id)["state"] == "done")
    assert (len(workshop.pids(15)), len(set(workshop.pids(15)))) == (15, 2)
    assert worker.poll() is None


def test_a_cluster_that_cannot_work_ends_the_worker(workshop: Workshop) -> None:
    """One that ends within seconds of its start is not started again and again: the worker ends, and says so."""
    worker, _ids = workshop.start((500, 0.1))
    wait_until(lambda: len(workshop.pids(500)) >= 1)
    family = descendants(worker.pid)
    os.kill(family[1], signal.SIGKILL)
    assert worker.wait(30) != 0
    wait_until(lambda: not any(alive(pid) for pid in family))


@pytest.mark.django_db
def test_a_message_that_a_drill_lost_is_missed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that was put in while the system's time ran a year ahead waits by the machine's time, not by that."""
    monkeypatch.setattr(registry, "_works", {})
    job("tests.nothing")(lambda _arguments, _progress: None)
    with clock.hold(datetime.now(UTC) + timedelta(days=365)):
        enqueue("tests.nothing", {})
    OrmQ.objects.all().delete()
    assert recover() == 0  # it was put in a moment ago
    monkeypatch.setattr("keguan.runtime.jobs.working.FORGOTTEN", timedelta(0))
    assert (recover(), OrmQ.objects.count()) == (1, 1)


def test_a_cluster_that_lives_and_does_nothing_is_replaced(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes of the pool that stand still, as those do whose lock went with a killed one, leave a job waiting: after
    a while the whole cluster is killed, and a new one does the job.
    """
    patient = f"{PATIENT}\nfrom keguan.runtime.jobs import stuck\nstuck.PATIENCE, worker.AT_ONCE = 3.0, 0.0"
    monkeypatch.setattr(test_worker, "WORK", test_worker.WORK.replace(PATIENT, patient))
    worker, _none = workshop.start()
    wait_until(lambda: len(descendants(worker.pid)) >= 4)
    family = descendants(worker.pid)
    for pid in family[2:]:
        os.kill(pid, signal.SIGSTOP)
    arguments = {"file": str(workshop.file(3)), "steps": 3, "pause": 0.01}
    put_in = f"from keguan.runtime.jobs.actions import enqueue\nprint(enqueue('tests.count', {arguments!r}))"
    job_id = int(workshop.home.script(put_in))
    wait_until(lambda: workshop.job(job_id)["state"] == "done")
    assert not any(alive(pid) for pid in family)
    assert worker.poll() is None


@pytest.mark.django_db
def test_whoever_is_at_a_job_is_not_stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that waits behind a running one waits as long as that takes; alone it waits no longer than the patience."""
    monkeypatch.setattr(registry, "_works", {})
    job("tests.nothing")(lambda _arguments, _progress: None)
    passed = [0.0]
    watch = stuck.Watch(60.0, lambda: passed[0])
    assert not watch.stuck()
    running, _waiting = enqueue("tests.nothing", {}), enqueue("tests.nothing", {})
    Job.objects.filter(pk=running).update(state=State.RUNNING)
    assert not watch.stuck()
    passed[0] = 61.0
    assert not watch.stuck()
    Job.objects.filter(pk=running).update(state=State.DONE)
    assert watch.stuck()
    monkeypatch.setattr(stuck, "queue_size", lambda: None)  # the broker is away
    assert not watch.stuck()
    monkeypatch.setattr(stuck, "queue_size", lambda: 1)
    assert not watch.stuck()
    passed[0] = 122.0
    assert watch.stuck()
