"""The rows that counted are told by their numbers in their own table, and the lines of a score one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.decisions.queries import explanation, history
from keguan.runtime.policies import queries as policies
from tests.credit import lend
from tests.runtime.decisions.filing import as_seen_by, change

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.fixture
def accounts(company: Cast) -> dict[str, int]:
    """Four accounts on credit."""
    return lend(company)


def test_a_row_of_an_exception_is_told_by_its_own_number(company: Cast, accounts: dict[str, int]) -> None:
    """西山钢构 is state-owned: row 2 of the exception in 第三条, not the number 1002 that is stored."""
    told = explanation(as_seen_by(company.xu_ke.id), "account", accounts["西山钢构"], "credit_grade")
    assert told is not None
    assert (told.counted.rows, told.counted.block, told.counted.clause.number) == ((2,), "state_grade", "第三条")
    assert told.counted.exception_to is not None
    assert told.counted.exception_to.number == "第二条"
    assert told.clause.number == "第三条"
    assert "第三条（例外于第二条）第2行" in told.sentence
    assert "1002" not in str(told)


def test_the_nearest_row_tells_where_it_stands(company: Cast, accounts: dict[str, int]) -> None:
    """江南园林 missed a row: its number is that of its own table, with its clause."""
    told = explanation(as_seen_by(company.xu_ke.id), "account", accounts["江南园林"], "credit_grade")
    assert told is not None
    assert told.nearer is not None
    assert (told.nearer.clause.number, told.nearer.row, told.nearer.outcome) == (
        "第二条",
        2,
        "等级为“优选”、额度为“¥300,000.00”",
    )


def test_the_history_tells_each_step_by_its_own_rows(company: Cast, accounts: dict[str, int]) -> None:
    """西山钢构 ceases to be state-owned: from row 2 of the exception to row 3 of the decision itself."""
    viewer = as_seen_by(company.xu_ke.id)
    change(viewer, "account", accounts["西山钢构"], state_owned="否")
    newest, first = history(viewer, "account", accounts["西山钢构"], "credit_grade")
    assert (newest.counted.rows, newest.counted.clause.number, newest.counted.exception_to) == ((3,), "第二条", None)
    assert (first.counted.rows, first.counted.clause.number) == ((2,), "第三条")


def test_a_score_is_told_line_by_line(company: Cast, accounts: dict[str, int]) -> None:
    """滨海水泥: the base, six years, and eight million; each with its row and its points."""
    told = explanation(as_seen_by(company.xu_ke.id), "account", accounts["滨海水泥"], "credit_score")
    assert told is not None
    lines = [(line.row, line.points, [(each.label, each.value.text) for each in line.grounds]) for line in told.scored]
    assert lines == [
        (0, "+50", []),
        (1, "+20", [("年限", "6")]),
        (2, "+30", [("采购量", "¥8,000,000.00")]),
    ]
    assert (told.counted.rows, told.counted.block) == ((1, 2), "credit_score")


def test_points_that_would_tell_a_hidden_value_are_left_out(company: Cast, accounts: dict[str, int]) -> None:
    """周敏 may not see 赊销: the line about the volume has neither grounds nor points for her."""
    told = explanation(as_seen_by(company.zhou_min.id), "account", accounts["滨海水泥"], "credit_score")
    assert told is not None
    assert [(line.row, line.points, len(line.grounds)) for line in told.scored] == [
        (0, "+50", 0),
        (1, "+20", 1),
        (2, "", 0),
    ]
    assert "8,000,000" not in str(told)


def test_a_scorecard_shows_that_it_is_at_work(company: Cast, accounts: dict[str, int]) -> None:
    """Four accounts were scored this month."""
    clauses = policies.document("credit").policy.clauses
    controls = (part.control for clause in clauses for part in clause.parts if part.control is not None)
    scorecard = next(control for control in controls if control.kind == "scorecard")
    assert [each.sentence for each in policies.evidence(scorecard)] == ["本月 4 次判定，4 次改变结果"]
