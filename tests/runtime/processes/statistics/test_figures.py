"""The figures of a half year of complaints: exact, within the viewer's scope, each with its cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes.actions import PauseCase, ReopenCase
from keguan.runtime.processes.models import Case
from keguan.runtime.processes.queries import statistics
from keguan.runtime.processes.queries.statistics import Figure, Recurring, Span
from tests.runtime.processes.statistics.world import dimension, party, selection, viewer
from tests.runtime.processes.world import complete, start

if TYPE_CHECKING:
    from keguan.runtime.processes.queries.statistics import Breakdown
    from tests.runtime.processes.statistics.world import Half

BUDGET = 6
"""Queries of any one statistic, whatever there is; the policy and its publication among them."""


def said(found: Breakdown) -> dict[str, tuple[int, int]]:
    """Counts and late ones by label."""
    return {part.label.text: (part.count, part.late) for part in found.parts}


def test_the_totals_are_exact(half: Half) -> None:
    """Eleven began in the half year; nine are closed, seven of them in time; of the two open ones one is late."""
    found = statistics.totals(viewer(half.cast.zhou_min), selection())
    assert {figure.value: count for figure, count in found.counts.items()} == {
        "all": 11,
        "closed": 9,
        "open": 2,
        "in_time": 7,
        "late": 3,
        "late_open": 1,
        "step_late": 2,
        "reopened": 1,
        "again": 1,
    }
    assert found.share(Figure.IN_TIME, Figure.CLOSED) == pytest.approx(7 / 9)


def test_handling_time_is_working_time(half: Half) -> None:
    """Nine closed cases were in hand for 16 hours and 40 minutes of working time on average; of nine, the longest is
    what nine of ten did not exceed: 37 and a half hours, over the days off of the Spring Festival.
    """
    found = statistics.totals(viewer(half.cast.zhou_min), selection())
    assert (found.average, found.ninetieth) == (60_000, 135_000)


def test_a_viewer_counts_what_they_may_know_of(half: Half) -> None:
    """林晓 counts the eight of her branch, 方明 the three of his, whoever knows of no case none at all."""
    counts = {
        member.name: statistics.totals(viewer(member), selection()).counts[Figure.ALL]
        for member in (half.cast.lin_xiao, half.cast.fang_ming, half.cast.guan_li)
    }
    assert counts == {"林晓": 8, "方明": 3, "管理": 0}


def test_every_figure_opens_its_cases(half: Half) -> None:
    """The list behind each figure holds its cases, newest first, and is paged by a cursor."""
    boss = half.cast.zhou_min
    rule = Recurring(party(boss), dimension(boss, "cause"), 30, 30, 3)
    walked = {}
    for figure in Figure:
        found = statistics.cases(viewer(boss), selection(figure=figure), rule=rule, size=3)
        walked[figure.value] = half.numbers(found.rows)
        while found.next:
            found = statistics.cases(viewer(boss), selection(figure=figure), found.next, rule, size=3)
            walked[figure.value] += half.numbers(found.rows)
    assert walked == {
        "all": [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
        "closed": [8, 7, 6, 5, 4, 3, 2, 1, 0],
        "open": [10, 9],
        "in_time": [8, 7, 5, 4, 2, 1, 0],
        "late": [9, 6, 3],
        "late_open": [9],
        "step_late": [6, 3],
        "reopened": [6],
        "again": [6],
        "repeated": [1, 0],
    }


def test_a_breakdown_has_counts_and_late_ones(half: Half) -> None:
    """By cause: the most frequent first, what has no value last; by what the form came to; by customer."""
    boss = half.cast.zhou_min
    assert list(said(statistics.breakdown(viewer(boss), selection(), dimension(boss, "cause"))).items()) == [
        ("漏水", (4, 2)), ("电梯", (4, 1)), ("收费", (2, 0)), ("（未填）", (1, 0)),
    ]  # fmt: skip
    (verdict,) = statistics.offer(viewer(boss), "grieving").conclusions
    assert said(statistics.breakdown(viewer(boss), selection(), verdict)) == {
        "成立": (6, 2), "不成立": (3, 0), "（未填）": (2, 1),
    }  # fmt: skip
    assert said(statistics.breakdown(viewer(boss), selection(), party(boss))) == {
        "周一": (5, 1), "吴二": (3, 2), "郑三": (3, 0),
    }  # fmt: skip
    assert said(statistics.breakdown(viewer(boss), selection(), dimension(boss, "@unit"))) == {
        "江南分公司": (8, 3), "滨海分公司": (3, 0),
    }  # fmt: skip


def test_a_heat_map_counts_pairs(half: Half) -> None:
    """Causes down, months across, every month there whether anything fell into it or not; a cell lists its cases."""
    boss = half.cast.zhou_min
    cause, axis = dimension(boss, "cause"), statistics.time_axis()
    found = statistics.heat(viewer(boss), selection(), cause, axis)
    assert [label.text for _key, label in found.rows] == ["漏水", "电梯", "收费", "（未填）"]
    assert [label.text for _key, label in found.columns] == [f"2026-{month:02}" for month in range(1, 7)]
    assert found.counts == {
        ("漏水", 0): 2, ("漏水", 1): 1, ("漏水", 5): 1, ("电梯", 0): 1, ("电梯", 2): 3, ("收费", 3): 1, ("收费", 5): 1,
        (None, 4): 1,
    }  # fmt: skip
    assert (found.largest, found.left_out) == (3, 0)
    for cell, places in ((("电梯", 2), [6, 5, 4]), ((None, 4), [8])):
        rows = statistics.cases(viewer(boss), selection(at=((cause, cell[0]), (axis, cell[1])))).rows
        assert half.numbers(rows) == places


def test_values_that_may_not_be_seen_do_not_tell_cases_apart(half: Half) -> None:
    """林晓 may not know what is at stake (交易): she is offered no such dimension and refused when she asks; nobody is
    offered the sensitive one.
    """
    boss, clerk = half.cast.zhou_min, half.cast.lin_xiao
    assert "stake" in statistics.offer(viewer(boss), "grieving").dimensions
    assert "secret" not in statistics.offer(viewer(boss), "grieving").dimensions
    assert "stake" not in statistics.offer(viewer(clerk), "grieving").dimensions
    with pytest.raises(Refused) as caught:
        dimension(clerk, "stake")
    assert caught.value.code == "statistics.dimension"
    with pytest.raises(Refused) as caught:
        statistics.offer(viewer(half.cast.guan_li), "grieving")
    assert caught.value.code == "cases.no_process"


def test_repeats_look_back_beyond_the_span(half: Half) -> None:
    """周一's leak of January repeats that of December; without a cause five came back, 周一 most often."""
    boss = half.cast.zhou_min
    same = statistics.again(viewer(boss), selection(), Recurring(party(boss), dimension(boss, "cause"), 30, 30, 3))
    assert (same.cases, same.parties) == (2, 1)
    assert [(each.party_label.text, each.same, each.times) for each in same.repeats] == [("周一", "漏水", 2)]
    anything = statistics.again(viewer(boss), selection(), Recurring(party(boss), None, 30, 30, 3))
    assert (anything.cases, anything.parties, anything.crowds) == (5, 3, ())
    most = anything.repeats[0]
    assert (most.party_label.text, most.times) == ("周一", 3)


def test_the_same_from_three_customers_is_a_crowd(half: Half) -> None:
    """In March three customers complained of the lift within a week; 林晓, who knows of two of them, sees no crowd."""
    boss, clerk = half.cast.zhou_min, half.cast.lin_xiao
    rule = Recurring(party(boss), dimension(boss, "cause"), 30, 30, 3)
    (crowd,) = statistics.again(viewer(boss), selection(), rule).crowds
    assert (crowd.label.text, crowd.parties, crowd.span) == ("电梯", 3, Span(date(2026, 3, 3), date(2026, 3, 10)))
    assert statistics.again(viewer(clerk), selection(), rule).crowds == ()


def test_the_law_s_clock_runs_beside_the_company_s(half: Half) -> None:
    """Of eleven, eight were answered within the law's fifteen days, one is still to be, two are late; one was late by
    the company's clock alone, two by both.
    """
    found = statistics.clocks(viewer(half.cast.zhou_min), selection())
    (law,) = found.others
    assert (law.task, law.owed, law.in_time, law.late, law.open) == ("十五日内答复", 11, 8, 2, 1)
    assert found.both is not None
    assert (found.both.kept, found.both.own_late, found.both.other_late, found.both.both_late) == (8, 1, 0, 2)


def test_the_step_that_was_late_is_named(half: Half) -> None:
    """Two cases were late at their judging, and nowhere else."""
    found = statistics.late_steps(viewer(half.cast.zhou_min), selection())
    assert [(each.label, each.cases) for each in found] == [("判断", 2)]


def test_the_policy_says_what_a_repeat_is(half: Half) -> None:
    """Its parameter of 30 days is read with its clause; what it does not say has a default."""
    found = statistics.thresholds()
    assert (found.repeat_days.value, found.repeat_days.clause and found.repeat_days.clause.number) == (30, "第一条")
    assert (found.crowd_days.value, found.crowd_days.clause, found.crowd_parties.value) == (30, None, 5)


def test_time_in_hand_leaves_out_pauses_and_the_time_between(half: Half) -> None:
    """Begun on Wednesday at 10:00, paused from 11:00 until it was judged on Thursday at 11:00: one hour. Opened again
    on Friday at 11:00 and judged at 12:00: another.
    """
    cast = half.cast
    case = start(cast.lin_xiao, "grieving", half.cases[0].record_id)
    clock.advance(timedelta(hours=1))
    _pause(half, case)
    clock.advance(timedelta(hours=24))
    _judge(half, case)
    assert case.worked is not None
    first = case.worked
    clock.advance(timedelta(hours=24))
    case.refresh_from_db()
    ReopenCase(
        viewer=viewer(cast.zhao_qi), case_id=case.pk, version=case.version, step="judging", opinion="再看一次"
    ).run()
    clock.advance(timedelta(hours=1))
    _judge(half, case)
    assert (first, case.worked, case.round) == (3600, 3600 + 3600, 2)


def _pause(half: Half, case: Case) -> None:
    case.refresh_from_db()
    PauseCase(viewer=viewer(half.cast.zhao_qi), case_id=case.pk, version=case.version, reason="等材料").run()


def _judge(half: Half, case: Case) -> None:
    complete(half.cast.zhao_qi, case, "judging", values={"verdict": "成立"})
    case.refresh_from_db()


def test_more_cases_take_no_more_queries(half: Half) -> None:
    """Each statistic is a fixed number of queries."""
    boss = viewer(half.cast.zhou_min)
    cause, who = dimension(half.cast.zhou_min, "cause"), party(half.cast.zhou_min)
    for ask in (
        lambda: statistics.totals(boss, selection()),
        lambda: statistics.late_steps(boss, selection()),
        lambda: statistics.breakdown(boss, selection(), cause),
        lambda: statistics.heat(boss, selection(), who, cause),
        lambda: statistics.again(boss, selection(), Recurring(who, cause, 30, 30, 3)),
        lambda: statistics.clocks(boss, selection()),
    ):
        with CaptureQueriesContext(connection) as asked:
            ask()
        assert len(asked) <= BUDGET


@pytest.mark.parametrize(
    ("first", "last", "before", "slices"),
    [
        (date(2026, 1, 1), date(2026, 6, 30), (date(2025, 7, 1), date(2025, 12, 31)), 6),
        (date(2026, 3, 1), date(2026, 3, 31), (date(2026, 2, 1), date(2026, 2, 28)), 6),
        (date(2026, 3, 10), date(2026, 3, 12), (date(2026, 3, 7), date(2026, 3, 9)), 1),
        (date(2026, 1, 15), date(2026, 4, 14), (date(2025, 10, 17), date(2026, 1, 14)), 4),
    ],
)
def test_a_span_has_one_before_it_and_slices(first: date, last: date, before: tuple[date, date], slices: int) -> None:
    """Whole months are compared with as many before them, other days with as many; slices are months, or weeks of a
    short span, and together they are the span.
    """
    span = statistics.span(first, last)
    parts = span.slices()
    assert span.before() == Span(*before)
    assert len(parts) == slices
    assert (parts[0].first, parts[-1].last, sum(part.days for part in parts)) == (first, last, span.days)


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2026, 2, 1), date(2026, 1, 1)), (date(2020, 1, 1), date(2026, 1, 1)), (date(1, 1, 1), date(1, 2, 1))],
)
def test_a_span_out_of_all_reason_is_refused(first: date, last: date) -> None:
    """Turned round, longer than three years, or at the beginning of time."""
    with pytest.raises(Refused) as caught:
        statistics.span(first, last)
    assert caught.value.code == "statistics.span"


def test_what_nobody_fills_in_tells_nothing(half: Half) -> None:
    """What is at stake has the most choices and stands in no case: they are told apart by their cause."""
    boss = half.cast.zhou_min
    stake = replace(dimension(boss, "stake"), choices=("大额", "中额", "小额", "没有"))
    cause = dimension(boss, "cause")
    assert statistics.telling(viewer(boss), selection(), [cause, stake]) == cause
    assert statistics.telling(viewer(boss), selection(), [stake]) == stake


def test_statistics_begin_with_what_lives(half: Half) -> None:
    """周敏 first sees the process in which a case began last; whoever may know of none is offered none."""
    boss = viewer(half.cast.zhou_min)
    assert statistics.liveliest(boss) == "grieving"
    Case.objects.all().update(process="gone")
    assert statistics.liveliest(boss) == statistics.offered(boss)[0][0]
    assert statistics.liveliest(replace(boss, grants=())) is None
