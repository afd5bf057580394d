"""Jobs: queued with the change that wants them, done once, told in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django_q.models import OrmQ, Schedule

from keguan.runtime.jobs import queries, registry
from keguan.runtime.jobs.actions import CancelJob, Progress, enqueue, job, recover, run_now
from keguan.runtime.jobs.holding import held
from keguan.runtime.jobs.models import Job, State
from keguan.runtime.jobs.recurring import ensure_schedules, seal_ledger
from keguan.runtime.ledger.actions import SYSTEM, Actor, Refused
from keguan.runtime.ledger.models import Entry
from keguan.runtime.ledger.queries import entries_page, seals
from tests.runtime.ledger.tampering import write_entries

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

LIN_XIAO = Actor(4001, "林晓", "web")


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs of these tests only."""
    monkeypatch.setattr(registry, "_works", {})

    @job("tests.add")
    def add(arguments: Mapping[str, Any], progress: Progress) -> str:
        for number in range(arguments["upto"]):
            progress.check_cancelled()
            progress.step(number + 1, arguments["upto"])
        return f"加到 {arguments['upto']}"

    @job("tests.divide")
    def divide(arguments: Mapping[str, Any], progress: Progress) -> None:
        raise ZeroDivisionError(arguments["phone"])

    @job("tests.refuse")
    def refuse(arguments: Mapping[str, Any], progress: Progress) -> None:
        raise Refused("tests.no", "第 3 行起没有数据。")

    @job("tests.stop_me")
    def stop_me(arguments: Mapping[str, Any], progress: Progress) -> None:
        progress.step(1, 2)
        CancelJob(actor=LIN_XIAO, job_id=progress.job_id).run()
        progress.check_cancelled()
        pytest.fail("went on")


def card(job_id: int) -> queries.JobCard:
    """The job as it is read."""
    found = queries.job(job_id)
    assert found is not None
    return found


def test_a_job_is_done_with_its_sentence(afternoon: datetime) -> None:
    """It waits, then it is done, with progress, times and the sentence of its work."""
    job_id = enqueue("tests.add", {"upto": 3}, created_by=4001)
    assert (card(job_id).state, card(job_id).created_at, card(job_id).over) == ("waiting", afternoon, False)
    steps: list[tuple[int, int]] = []
    assert run_now(job_id, watch=lambda done, total: steps.append((done, total)))
    done = card(job_id)
    assert (done.state, done.done, done.total, done.percent, done.message) == ("done", 3, 3, 100, "加到 3")
    assert (done.attempts, done.finished_at, done.over) == (1, afternoon, True)
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_a_job_is_done_once() -> None:
    """A second message for a job that is over does nothing."""
    job_id = enqueue("tests.add", {"upto": 1})
    assert [run_now(job_id), run_now(job_id)] == [True, False]
    assert card(job_id).attempts == 1


def test_what_was_let_go_is_free_at_once(db: None) -> None:
    """Whoever comes right after finds nobody at it, every time."""
    for _ in range(100):
        with held(7, "trial") as free:
            assert free


def test_a_job_that_somebody_is_at_is_left_alone() -> None:
    """While another process holds it, nobody begins it and nobody thinks it lost."""
    job_id = enqueue("tests.add", {"upto": 1})
    Job.objects.filter(pk=job_id).update(state=State.RUNNING, attempts=1)
    with held(job_id) as free:
        assert free
        assert run_now(job_id) is False
        assert recover() == 0
    assert (card(job_id).state, card(job_id).attempts) == ("running", 1)


def test_a_job_whose_worker_died_is_queued_again() -> None:
    """A running job that nobody holds has lost its worker: it waits again, with a message for the next worker."""
    job_id = enqueue("tests.add", {"upto": 1}, wake=False)
    Job.objects.filter(pk=job_id).update(state=State.RUNNING, attempts=1)
    assert OrmQ.objects.count() == 0
    assert recover() == 1
    assert (card(job_id).state, OrmQ.objects.count()) == ("waiting", 1)
    assert recover() == 0
    assert run_now(job_id)
    assert (card(job_id).state, card(job_id).attempts) == ("done", 2)


def test_a_job_that_killed_five_workers_is_given_up() -> None:
    """It fails with a sentence instead of killing the sixth."""
    job_id = enqueue("tests.add", {"upto": 1})
    Job.objects.filter(pk=job_id).update(state=State.RUNNING, attempts=5)
    run_now(job_id)
    assert card(job_id).state == "failed"
    assert "5 次" in card(job_id).error


def test_queueing_is_undone_with_its_transaction() -> None:
    """Neither the job nor the message to a worker outlives a change that did not happen."""
    with transaction.atomic():
        enqueue("tests.add", {"upto": 1})
        transaction.set_rollback(True)
    assert (Job.objects.count(), OrmQ.objects.count()) == (0, 0)


def test_the_message_to_a_worker_is_the_jobs_number() -> None:
    """django-q2 pickles its messages: so nothing but a number travels in them."""
    job_id = enqueue("tests.add", {"upto": 1})
    message = OrmQ.objects.get().task
    assert (message["func"], message["args"], message["kwargs"]) == ("keguan.runtime.jobs.working.wake", (job_id,), {})


def test_an_error_becomes_a_sentence_without_values() -> None:
    """Whoever began the job reads its number; the phone in the error's text stays out of the job and its message."""
    job_id = enqueue("tests.divide", {"phone": "13800138000"})
    assert run_now(job_id)
    failed = card(job_id)
    assert (failed.state, failed.error) == (
        "failed",
        f"作业 {job_id} 出错中断，已完成的部分保留。请把编号告诉系统管理员。",
    )


def test_a_refusal_inside_a_job_is_shown_as_it_is() -> None:
    """Its sentence is for the person who began the job."""
    job_id = enqueue("tests.refuse", {})
    run_now(job_id)
    assert (card(job_id).state, card(job_id).error) == ("failed", "第 3 行起没有数据。")


def test_a_job_of_another_version_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that does not know the job's name says so in the job."""
    job_id = enqueue("tests.add", {"upto": 1})
    monkeypatch.setattr(registry, "_works", {})
    run_now(job_id)
    assert "tests.add" in card(job_id).error


def test_a_waiting_job_is_cancelled_at_once() -> None:
    """It never begins, and the ledger says who called it off."""
    job_id = enqueue("tests.add", {"upto": 1}, created_by=4001)
    CancelJob(actor=LIN_XIAO, job_id=job_id).run()
    assert card(job_id).state == "cancelled"
    assert run_now(job_id) is False
    assert (entries_page().entries[0].action, entries_page().entries[0].actor_id) == ("jobs.cancel", 4001)


def test_a_running_job_stops_at_its_next_step() -> None:
    """It ends as cancelled; what it had done stays done."""
    job_id = enqueue("tests.stop_me", {}, created_by=4001)
    run_now(job_id)
    assert (card(job_id).state, card(job_id).done, card(job_id).error) == ("cancelled", 1, "")


@pytest.mark.parametrize(
    ("actor", "state", "code"),
    [
        (Actor(4002, "方明", "web"), State.RUNNING, "jobs.not_yours"),
        (LIN_XIAO, State.DONE, "jobs.over"),
        (SYSTEM, State.CANCELLED, "jobs.over"),
    ],
)
def test_cancelling_is_refused(actor: Actor, state: State, code: str) -> None:
    """Somebody else's job, or one that is over, is not cancelled, and nothing has changed."""
    job_id = enqueue("tests.add", {"upto": 1}, created_by=4001)
    Job.objects.filter(pk=job_id).update(state=state)
    entries = Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        CancelJob(actor=actor, job_id=job_id).run()
    assert refusal.value.code == code
    assert (card(job_id).cancel_requested, Entry.objects.count()) == (False, entries)


def test_only_registered_jobs_with_json_are_queued() -> None:
    """A misspelt name or an argument that is not JSON is the programmer's error, and nothing is queued."""
    with pytest.raises(ValueError, match=r"tests\.ad"):
        enqueue("tests.ad", {})
    with pytest.raises(TypeError):
        enqueue("tests.add", {"upto": object()})
    assert (Job.objects.count(), OrmQ.objects.count()) == (0, 0)


def test_two_functions_cannot_do_one_job() -> None:
    """The second registration under a name is an error."""
    with pytest.raises(ValueError, match=r"tests\.add"):
        job("tests.add")(lambda _arguments, _progress: None)


def test_reading_jobs_is_one_query_each(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """One job, one's own newest jobs, jobs by id."""
    ids = [enqueue("tests.add", {"upto": n}, created_by=4001) for n in range(3)]
    enqueue("tests.add", {"upto": 9}, created_by=4002)
    with django_assert_num_queries(1):
        assert [each.id for each in queries.jobs(created_by=4001, size=2)] == [ids[2], ids[1]]
    with django_assert_num_queries(1):
        assert {each.arguments["upto"] for each in queries.jobs_by_id(ids).values()} == {0, 1, 2}
    assert queries.job(10**9) is None


def test_the_ledger_is_sealed_every_minute() -> None:
    """There is one schedule for it, however often workers start, and what it calls seals everything."""
    ensure_schedules()
    ensure_schedules()
    schedule = Schedule.objects.get(name="ledger.seal")
    assert (schedule.func, schedule.minutes) == ("keguan.runtime.jobs.recurring.seal_ledger", 1)
    last = write_entries(3)[-1]
    seal_ledger()
    assert seals().last_entry == last
