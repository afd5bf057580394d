"""A change tried on the records: figures for whoever may publish, names and reasons for whoever may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection

from keguan.runtime.decisions.queries import Question, simulate
from keguan.runtime.decisions.reading import live
from keguan.runtime.jobs.progress import Cancelled
from keguan.runtime.policies.queries import checked_draft, current
from tests.runtime.decisions.editions import DEVELOPER, SIX_MILLION, edition
from tests.runtime.decisions.filing import as_seen_by, contract, customer, graded, outcomes_kept

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from keguan.runtime.decisions.simulated import Simulated, SimulatedDecision
    from tests.cast import Cast


@pytest.fixture
def buyers(company: Cast) -> tuple[int, int, int]:
    """Two customers who bought for 7 million, one of 林晓's and one of 许可's, and one who bought for 9."""
    xu_ke = as_seen_by(company.xu_ke.id)
    lin_xiao = company.lin_xiao
    from keguan.runtime.records.actions import Create

    typed = {"name": "林知远", "customer_kind": "个人", "phone": "13911112222"}
    hers = Create(
        viewer=xu_ke, record_type="customer", values=typed, owner_id=lin_xiao.id, unit_id=lin_xiao.unit_id
    ).run()
    his, large = customer(xu_ke, "许安然"), customer(xu_ke, "陆知行")
    contract(xu_ke, hers, "7123456.78")
    contract(xu_ke, his, "7000000")
    contract(xu_ke, large, "9000000")
    return hers, his, large


def draft(*changes: tuple[str, str]) -> Model:
    """The policy in force with some words changed."""
    source = edition("9.0.0", *changes)
    checked = checked_draft(DEVELOPER, source.files)
    assert checked.model is not None, [each.message() for each in checked.diagnostics]
    return checked.model


def grade(found: Simulated) -> SimulatedDecision:
    """What happens to the grade."""
    return next(each for each in found.decisions if each.code == "customer_grade")


def moves(decision: SimulatedDecision) -> dict[tuple[object, object], int]:
    """How many go from which outcome to which other."""
    return {(flow.before, flow.after): flow.count for flow in decision.flows if flow.moved}


def test_who_moves_is_counted_and_named_with_both_reasons(company: Cast, buyers: tuple[int, int, int]) -> None:
    """With the bar at 6 million two go from C to B; each is named with the row that was and the row that would be."""
    found = simulate(as_seen_by(company.xu_ke.id), Question(draft(SIX_MILLION)))
    hers, his, _large = buyers
    decision = grade(found)
    assert moves(decision) == {("C", "B"): 2}
    assert decision.moved == 2
    named = {each.id: each for each in decision.named}
    assert set(named) == {hers, his}
    before, after = named[his].before, named[his].after
    assert before is not None
    assert after is not None
    assert (named[his].title.text, before.counted.rows, after.counted.rows) == ("许安然", (7,), (5,))
    assert (before.clause.number, after.clause.number) == ("第四条", "第四条")
    assert after.outcome[0][1].text == "B"
    assert after.sentence == (
        "客户等级为“B”、卡别为“铂金卡”（第四条第5行）：因为累计购买额 ¥7,000,000.00 达到第5行的“>= 600万”；"
        "未满足第1行：累计购买额须 >= 5000万。"
    )
    assert [(each.kind, each.before, each.after) for each in found.differences if each.kind == "decision"] == [
        ("decision", ">= 800万", ">= 600万")
    ]


def test_nothing_is_written(company: Cast, buyers: tuple[int, int, int]) -> None:
    """Outcome and history are what they were."""
    kept = graded(buyers[0]), outcomes_kept(buyers[0])
    simulate(as_seen_by(company.xu_ke.id), Question(draft(SIX_MILLION)))
    assert (graded(buyers[0]), outcomes_kept(buyers[0])) == kept


def test_a_stale_outcome_does_not_look_like_a_movement(company: Cast, buyers: tuple[int, int, int]) -> None:
    """Outcomes that a missing run left wrong are no movement: both sides are computed from the rows."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE rec_customer SET grade = 'E', customer_grade_rule = 10")
    viewer = as_seen_by(company.xu_ke.id)
    assert moves(grade(simulate(viewer, Question(draft(SIX_MILLION))))) == {("C", "B"): 2}
    same = simulate(viewer, Question(current().model))
    assert (same.decisions, same.facts) == ((), ())
    assert "customer_grade" in {each.code for each in same.still}


def test_names_are_only_those_in_reach(company: Cast, buyers: tuple[int, int, int]) -> None:
    """林晓 reads the same figures and only her own customer's name; 方明 of another branch reads nobody's."""
    hers, _his, _large = buyers
    question = draft(SIX_MILLION)
    found = grade(simulate(as_seen_by(company.lin_xiao.id), Question(question)))
    assert found.moved == 2
    assert [each.id for each in found.named] == [hers]
    stranger = grade(simulate(as_seen_by(company.fang_ming.id), Question(question)))
    assert (stranger.moved, stranger.named) == (2, ())


def test_reasons_do_not_tell_what_is_hidden(company: Cast, buyers: tuple[int, int, int]) -> None:
    """林晓 may not see 交易: neither reason tells her the amount nor the bar that it passes."""
    found = grade(simulate(as_seen_by(company.lin_xiao.id), Question(draft(SIX_MILLION))))
    (only,) = found.named
    assert only.before is not None
    assert only.after is not None
    told = str([(side.sentence, side.lines, side.nearer) for side in (only.before, only.after)])
    assert [each for each in ("7,123,456.78", "712345678", "7123456", "600万") if each in told] == []
    assert "第四条第5行" in only.after.sentence


def test_facts_that_would_differ_are_counted_and_added_up(company: Cast, buyers: tuple[int, int, int]) -> None:
    """A draft by which every yuan counts double: three facts differ, and their sum doubles."""
    text = current().model.facts["customer"]
    fact = next(each for each in text if each.code == "total_purchase")
    found = simulate(as_seen_by(company.xu_ke.id), Question(draft((fact.text, f"({fact.text}) * 2"))))
    (told,) = [each for each in found.facts if each.code == "total_purchase"]
    assert told.differs == 3
    assert told.total is not None
    assert (told.total.before, told.total.after) == (2_312_345_678, 4_624_691_356)


def test_so_many_of_each_flow_are_named(company: Cast, buyers: tuple[int, int, int]) -> None:
    """The number asked for counts for every flow."""
    found = simulate(as_seen_by(company.xu_ke.id), Question(draft(SIX_MILLION), each=1))
    assert [each.id for each in grade(found).named] == [min(buyers[:2])]


def test_it_can_be_stopped(company: Cast, buyers: tuple[int, int, int]) -> None:
    """Asked to stop, it stops before the next statement."""
    question = Question(draft(SIX_MILLION), reading=live(lambda: True))
    with pytest.raises(Cancelled):
        simulate(as_seen_by(company.xu_ke.id), question)


def test_a_statement_that_runs_can_be_stopped(company: Cast) -> None:
    """A statement that would run for minutes ends soon after the wish."""
    endless = {
        "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
        "postgresql": "SELECT pg_sleep(60)",
    }[connection.vendor]
    asked = iter([False])
    with pytest.raises(Cancelled), connection_savepoint(), live(lambda: next(asked, True)) as reading:
        reading.rows(endless, {})


def connection_savepoint() -> object:
    """A cancelled statement spoils its transaction on PostgreSQL: only the innermost one."""
    from django.db import transaction

    return transaction.atomic()
