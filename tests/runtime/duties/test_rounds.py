"""Going over all records is done in batches by a job, can be called off, and goes on where it stopped."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from keguan.calculators.sampling import draw
from keguan.runtime import clock
from keguan.runtime.duties import rounds
from keguan.runtime.duties.lines import lines
from keguan.runtime.duties.models import Draw, Duty, Round
from keguan.runtime.jobs import queries as jobs
from keguan.runtime.jobs.actions import CancelJob, Cancelled, run_now
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.policies.queries import current
from tests.runtime.duties.world import customer, duties, publish_policy, until

if TYPE_CHECKING:
    from keguan.runtime.duties.lines import Line
    from tests.cast import Cast


@pytest.fixture
def many(office: Cast, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Seven customers with a purchase intention, in batches of two, of whom a job is in charge."""
    found = [customer(office.lin_xiao, f"客{number}", intends="是") for number in range(7)]
    monkeypatch.setattr(rounds, "BATCH", 2)
    monkeypatch.setattr(rounds, "AT_ONCE", 0)
    return found


def line(duty: str, row: int = 1) -> Line:
    """A row in force."""
    return next(each for each in lines(current().model) if (each.duty.code, each.obligation.number) == (duty, row))


def test_a_large_table_is_gone_over_by_a_job(office: Cast, many: list[int]) -> None:
    """A new quarter: nothing is made here and now, but a job for each row; done once, it makes all and says so."""
    until(2026, 4, 1)
    assert len(duties("visits")) == 7
    open_rounds = Round.objects.filter(ended_at=None, duty="visits")
    (visits,) = [each for each in open_rounds if each.line == line("visits", 2).key]
    assert visits.job_id is not None
    assert run_now(visits.job_id)
    card = jobs.job(visits.job_id)
    assert card is not None
    assert (card.state, card.message, card.done, card.total) == ("done", "新增待办 7 项，撤销 0 项。", 7, 7)
    assert len(duties("visits")) == 14
    assert rounds.catch_up() == 0


def test_cut_short_it_goes_on_where_it_stopped(office: Cast, many: list[int]) -> None:
    """Stopped after the second batch: four are there; the next time makes the other three and no fourth anew."""
    until(2026, 4, 1)
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 2

    with pytest.raises(Cancelled):
        rounds.go_over(current(), line("visits", 2), stop=stop)
    assert len(duties("visits", slot="2026-04-01")) == 4
    total = rounds.go_over(current(), line("visits", 2))
    assert (total.made, len(duties("visits", slot="2026-04-01"))) == (3, 7)


def test_called_off_it_rests_until_tomorrow(office: Cast, many: list[int]) -> None:
    """Somebody cancels the job: the next minutes leave it so; the next day tries again."""
    until(2026, 4, 1)
    (visits,) = Round.objects.filter(ended_at=None, duty="visits", line=line("visits", 2).key)
    assert visits.job_id is not None
    CancelJob(actor=SYSTEM, job_id=visits.job_id).run()
    rounds.catch_up()
    visits.refresh_from_db()
    assert jobs.job(visits.job_id or 0).state == "cancelled"  # type: ignore[union-attr]
    until(2026, 4, 2)
    again = Round.objects.get(duty="visits", line=visits.line, day="2026-04-02")
    assert again.job_id not in (None, visits.job_id)


def test_a_spot_check_draws_once_and_says_from_what(office: Cast) -> None:
    """A fifth of eleven customers is two; they owe a check by the month, the others nothing; drawn again they are the
    same, and the seed is on record.
    """
    found = [customer(office.lin_xiao, f"客{number}", sincerity="低") for number in range(11)]
    assert duties("files", row=2) == []
    until(2026, 4, 1)
    made = duties("files", row=2)
    kept = Draw.objects.get(slot="2026-04-01")
    assert (kept.share, kept.population, len(kept.seed)) == (2_000, 11, 32)
    assert [each.record_id for each in made] == sorted(kept.drawn)
    assert tuple(kept.drawn) == draw(found, 2_000, kept.seed)
    assert len(made) == 2
    assert {each.drawn for each in made} == {True}
    until(2026, 4, 20)
    assert [each.record_id for each in duties("files", row=2)] == sorted(kept.drawn)


def test_a_publication_makes_what_is_owed_at_once(company: Cast, monday: None) -> None:
    """Customers who were there before the policy owe the running period from the day it is in force."""
    ids = [customer(company.lin_xiao, f"客{number}", intends="是") for number in range(3)]
    clock.advance(timedelta(hours=1))
    publish_policy()
    assert [(duty.record_id, duty.slot) for duty in duties("visits")] == [(each, "2026-01-01") for each in ids]
    assert Duty.objects.filter(duty="checks").count() == 0
