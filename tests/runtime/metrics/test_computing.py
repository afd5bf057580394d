"""Figures are worked out once a day and after a publication, closed with their period, and put right openly."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from keguan.runtime.consequences.models import Proposal
from keguan.runtime.jobs.models import Job
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from keguan.runtime.metrics import jobs
from keguan.runtime.metrics.actions import RecomputeFigures
from keguan.runtime.metrics.declared import declared_figures
from keguan.runtime.metrics.models import Correction, Run, Value
from keguan.runtime.metrics.people import answering
from keguan.runtime.notifications.models import Notification
from keguan.runtime.org.actions import NameHead
from keguan.runtime.policies.queries import current
from tests.cast import HEAD_OFFICE
from tests.runtime.decisions.filing import as_seen_by, change, customer
from tests.runtime.metrics.world import on, publish_policy, value, work

if TYPE_CHECKING:
    from tests.cast import Cast

NOVEMBER = date(2026, 11, 1)


def entries(action: str) -> list[dict[str, object]]:
    """What the ledger says of an action, oldest first."""
    found = entries_page(filters=EntryFilters(action=action), size=200).entries
    return [dict(each.data) for each in reversed(found)]


def test_a_figure_with_its_parts_and_state(office: Cast) -> None:
    """Four of seven customers lead others: 57.14 %, within the warning and short of the target."""
    work()
    found = value("leading_share")
    assert (found.value, found.numerator, found.denominator, found.members) == (5714, 4, 7, 7)
    assert (found.state, found.closed, found.day) == ("warning", False, date(2026, 11, 21))
    assert found.publication_id == current().publication_id


def test_groups_and_the_worst_of_them(office: Cast) -> None:
    """Each person's share is kept under their id; the whole stands as the worst of them."""
    work()
    mine, theirs = (value("by_person", group=json.dumps(each.id)) for each in (office.lin_xiao, office.fang_ming))
    assert (mine.value, mine.state, theirs.value, theirs.state) == (8000, "met", 0, "missed")
    assert (value("by_person").value, value("by_person").state) == (5714, "missed")
    grades = Value.objects.filter(figure="by_grade").exclude(group="")
    assert {json.loads(each.group): each.value for each in grades} == {"D": 1, "E": 6}
    units = Value.objects.filter(figure="by_unit").exclude(group="").values_list("group", "state")
    assert dict(units) == {
        json.dumps(office.lin_xiao.unit_id): "met",
        json.dumps(office.fang_ming.unit_id): "missed",
    }


def test_only_what_is_left_to_do_is_done(office: Cast) -> None:
    """Nothing is left once everything was worked out today; on the next day it is again."""
    work()
    before = Run.objects.count()
    assert jobs.left(current()) == []
    jobs.catch_up()
    assert Run.objects.count() == before == 6
    with on(2026, 11, 22):
        assert len(jobs.left(current())) == 6


def test_the_day_begins_with_decisions(office: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """While facts of the new day are still to be computed, no job is put in the queue; then one is, once."""
    work()
    Job.objects.all().delete()
    with on(2026, 11, 22):
        jobs.catch_up()
        assert not Job.objects.filter(name=jobs.COMPUTE_JOB).exists()
        monkeypatch.setattr(jobs, "decisions_due", lambda: False)
        jobs.catch_up()
        jobs.catch_up()
        assert Job.objects.filter(name=jobs.COMPUTE_JOB).count() == 1


def test_a_publication_has_figures_worked_out(office: Cast) -> None:
    """A job waits after a publication that is in force at once, and works by the new words."""
    work()
    Job.objects.all().delete()
    publish_policy("1.1.0", (">= 80%", ">= 55%"))
    assert Job.objects.filter(name=jobs.COMPUTE_JOB).count() == 1
    work()
    assert value("leading_share").state == "met"
    assert value("leading_share").publication_id == current().publication_id


def test_a_period_is_closed_once(office: Cast) -> None:
    """On the first day after the month its figures are closed by the last day, told, written down and announced."""
    work()
    with on(2026, 12, 1):
        work()
        work(since="2026-12-01T00:00:00+08:00")
    found = value("leading_share")
    assert (found.closed, found.day, found.value) == (True, date(2026, 11, 30), 5714)
    assert value("leading_share", date(2026, 12, 1)).closed is False
    told = Notification.objects.filter(kind__startswith="metrics.").values_list("kind", "subject", "staff_id")
    assert set(told) == {
        ("metrics.warning", "带动率", office.zhou_min.id),
        ("metrics.missed", "本月接触", office.zhou_min.id),
        ("metrics.missed", "各人带动率", office.fang_ming.id),
        ("metrics.missed", "各部门带动率", office.zhao_qi.id),  # nobody else supervises sales
    }
    closed = {str(each["figure"]): each for each in entries("metrics.close")}
    assert set(closed) == {"leading_share", "by_person", "by_unit", "by_grade", "contacts"}
    assert closed["by_person"] == {
        "figure": "by_person",
        "period": ["2026-11-01", "2026-11-30"],
        "state": "missed",
        "groups": 2,
        "missed": 1,
    }


def test_a_missed_target_has_consequences(office: Cast) -> None:
    """Whoever missed the target loses points and whoever met it gets some, each proposed once."""
    work()
    with on(2026, 12, 1):
        work()
        work(since="2026-12-01T00:00:00+08:00")
    proposed = Proposal.objects.filter(consequence="figure_results").values_list("staff_id", "measure", "amount")
    assert sorted(proposed) == sorted(
        [(office.fang_ming.id, "deduct_points", 200), (office.lin_xiao.id, "add_points", 100)]
    )


def test_a_closed_period_that_comes_to_the_same(office: Cast) -> None:
    """Working a closed month out again changes nothing and writes nothing down."""
    work()
    with on(2026, 12, 3):
        work()
        work(figure="leading_share", start="2026-11-01", since="2026-12-03T09:00:01+08:00", by="周敏")
    assert Correction.objects.count() == 0
    assert entries("metrics.correct") == []
    assert value("leading_share").value == 5714


def test_a_closed_period_that_comes_to_something_else(office: Cast) -> None:
    """A customer who is filed late changes the month: what it was, what it is and who asked are kept; nobody is told
    a second time.
    """
    work()
    with on(2026, 12, 3):
        work()
        notices = Notification.objects.count()
        customer(as_seen_by(office.lin_xiao.id), "江5", leads_others="是")
        work(figure="leading_share", start="2026-11-01", since="2026-12-03T09:00:01+08:00", by="周敏")
        assert Notification.objects.count() == notices
    (found,) = Correction.objects.all()
    assert (found.before["value"], found.after["value"], found.by) == (5714, 6250, "周敏")
    assert (value("leading_share").value, value("leading_share").closed) == (6250, True)
    (said,) = entries("metrics.correct")
    assert said == {"figure": "leading_share", "period": ["2026-11-01", "2026-11-30"], "changed": 1, "by": "周敏"}


def test_a_group_that_is_gone(office: Cast) -> None:
    """A group without records any more is no row of the running month."""
    work()
    for record_id in _of(office.fang_ming.id):
        change(as_seen_by(office.zhou_min.id), "customer", record_id, leads_others="是")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE rec_customer SET owner_id = %s", [office.lin_xiao.id])
    with on(2026, 11, 22):
        work()
    assert not Value.objects.filter(figure="by_person", group=json.dumps(office.fang_ming.id)).exists()
    assert value("by_person").state == "met"


def test_whoever_publishes_may_have_figures_worked_out(office: Cast) -> None:
    """周敏 puts the job in the queue once; 林晓 may not, and what there is not is refused."""
    work()
    Job.objects.all().delete()
    with pytest.raises(Refused) as refused:
        RecomputeFigures(actor=office.lin_xiao.actor).run()
    assert refused.value.code == "not_permitted"
    with pytest.raises(Refused) as refused:
        RecomputeFigures(actor=office.zhou_min.actor, figure="nothing", start=NOVEMBER).run()
    assert refused.value.code == "metrics.not_found"
    assert not Job.objects.exists()
    RecomputeFigures(actor=office.zhou_min.actor, figure="leading_share", start=NOVEMBER).run()
    with pytest.raises(Refused) as refused:
        RecomputeFigures(actor=office.zhou_min.actor).run()
    assert refused.value.code == "metrics.busy"
    assert Job.objects.count() == 1


def _of(staff_id: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM rec_customer WHERE owner_id = %s", [staff_id])
        return [row[0] for row in cursor.fetchall()]


def test_the_head_of_the_company_answers_for_a_whole_figure(office: Cast) -> None:
    """部门负责人 of a figure that is nobody's group is whoever heads the company: nobody yet, then 何审."""
    publish_policy("1.2.0", ("| >= 2 | | 每月 | 客服经理 |", "| >= 2 | | 每月 | 部门负责人 |"))
    _metric, figure = declared_figures(current().model)["contacts"]
    assert answering(figure, "") == frozenset()
    NameHead(actor=SYSTEM, unit_id=office.units[HEAD_OFFICE], staff_id=office.he_shen.id).run()
    assert answering(figure, "") == frozenset({office.he_shen.id})
