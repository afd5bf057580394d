"""Why a record is what it is, as far as whoever asks may know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.access.viewer import Viewer
from keguan.runtime.decisions.queries import explanation, history
from keguan.runtime.ledger.actions import Refused
from tests.runtime.decisions.filing import as_seen_by, contract, outcomes_kept

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from tests.cast import Cast

BIG = "8123456.78"
TOLD = ("8,123,456.78", "812345678", "8123456", "812.345678")
"""The ways in which the amount could be told."""


@pytest.fixture
def buyer(company: Cast) -> int:
    """A customer of 林晓 who bought for 8,123,456.78 yuan."""
    xu_ke = as_seen_by(company.xu_ke.id)
    from keguan.runtime.records.actions import Create

    typed = {"name": "林知远", "customer_kind": "个人", "phone": "13911112222"}
    lin_xiao = company.lin_xiao
    place = {"owner_id": lin_xiao.id, "unit_id": lin_xiao.unit_id}
    found = Create(viewer=xu_ke, record_type="customer", values=typed, **place).run()
    contract(xu_ke, found, BIG)
    return found


def ask(viewer: Viewer, record_id: int) -> str:
    """Everything that an explanation and a history say, as one text."""
    return f"{explanation(viewer, 'customer', record_id, 'customer_grade')} {history_of(viewer, record_id)}"


def history_of(viewer: Viewer, record_id: int) -> str:
    """The history as text."""
    return str(history(viewer, "customer", record_id, "customer_grade"))


def test_the_reason_names_clause_row_and_inputs(company: Cast, buyer: int) -> None:
    """许可 sees the grade, the clause, the row, and each input with the row's test."""
    told = explanation(as_seen_by(company.xu_ke.id), "customer", buyer, "customer_grade")
    assert told is not None
    assert [(label.zh, shown.text) for label, shown in told.outcome] == [("客户等级", "B"), ("卡别", "铂金卡")]
    assert (told.clause.number, told.clause.title, told.clause.anchor) == ("第四条", "五级分类", "grade")
    assert (told.counted.rows, len(told.lines)) == ((5,), 9)
    first, second, *_rest = told.lines
    assert (first.label, first.value.text, first.test, first.met) == ("累计购买额", "¥8,123,456.78", ">= 800万", True)
    assert (second.label, second.value.text, second.test) == ("购买次数", "1", "-")
    assert "第四条第5行" in told.sentence


def test_a_hidden_class_leaves_the_sentence_without_the_amount(company: Cast, buyer: int) -> None:
    """林晓, whose customer it is, may not see 交易: she reads grade, clause and row, and no amount anywhere."""
    lin_xiao = as_seen_by(company.lin_xiao.id)
    told = explanation(lin_xiao, "customer", buyer, "customer_grade")
    assert told is not None
    assert told.outcome[0][1].text == "B"
    assert told.lines[0].value.state == "hidden"
    assert told.lines[0].value.value is None
    assert "第四条第5行" in told.sentence
    text = ask(lin_xiao, buyer)
    assert [each for each in TOLD if each in text] == []
    assert BIG not in text


def test_a_hidden_class_is_not_told_by_the_nearest_row(company: Cast, buyer: int) -> None:
    """What would have been missing for the next grade is not told when it is about a hidden input."""
    seen = explanation(as_seen_by(company.xu_ke.id), "customer", buyer, "customer_grade")
    hidden = explanation(as_seen_by(company.lin_xiao.id), "customer", buyer, "customer_grade")
    assert seen is not None
    assert hidden is not None
    assert seen.nearer is not None
    assert ("累计购买额", ">= 5000万") in seen.nearer.missed
    assert hidden.nearer is None or not {"累计购买额", "购买次数"} & {label for label, _test in hidden.nearer.missed}
    assert "5000万" not in hidden.sentence


def test_what_an_input_was_and_is_are_both_told(company: Cast, buyer: int) -> None:
    """Another contract that changes neither grade nor row adds nothing to the history: then and now stand together."""
    xu_ke = as_seen_by(company.xu_ke.id)
    kept = outcomes_kept(buyer)
    contract(xu_ke, buyer, "1000000")
    assert outcomes_kept(buyer) == kept
    told = explanation(xu_ke, "customer", buyer, "customer_grade")
    assert told is not None
    assert [(line.label, line.value.text, line.now and line.now.text) for line in told.lines if line.now] == [
        ("累计购买额", "¥8,123,456.78", "¥9,123,456.78"),
        ("购买次数", "1", "2"),
    ]
    assert "8,123,456.78" in told.sentence


def test_an_input_that_is_still_the_same_is_told_once(company: Cast, buyer: int) -> None:
    """Right after the decision nothing differs."""
    told = explanation(as_seen_by(company.xu_ke.id), "customer", buyer, "customer_grade")
    assert told is not None
    assert {line.now for line in told.lines} == {None}


def test_todays_value_of_a_hidden_input_is_hidden_too(company: Cast, buyer: int) -> None:
    """林晓, who may not see 交易, is told neither value, nor that it changed."""
    contract(as_seen_by(company.xu_ke.id), buyer, "1000000")
    lin_xiao = as_seen_by(company.lin_xiao.id)
    told = explanation(lin_xiao, "customer", buyer, "customer_grade")
    assert told is not None
    assert {line.now for line in told.lines if line.value.state == "hidden"} == {None}
    assert [each for each in ("9,123,456.78", "912345678", "9123456") if each in ask(lin_xiao, buyer)] == []


def test_a_record_out_of_sight_is_not_explained(company: Cast, buyer: int) -> None:
    """方明 of another branch is told that there is no such record, and 管理 is not told either."""
    for stranger in (company.fang_ming, company.guan_li):
        with pytest.raises(Refused, match=r"records\.not_found"):
            explanation(as_seen_by(stranger.id), "customer", buyer, "customer_grade")
        with pytest.raises(Refused, match=r"records\.not_found"):
            history(as_seen_by(stranger.id), "customer", buyer, "customer_grade")


def test_a_decision_about_something_else_is_refused(company: Cast, buyer: int) -> None:
    """A decision that is not made about this type of record is refused with its own id."""
    with pytest.raises(Refused, match=r"decisions\.unknown"):
        explanation(as_seen_by(company.xu_ke.id), "weekly_report", 1, "customer_grade")


def test_what_was_never_decided_has_no_reason(company: Cast) -> None:
    """A record that is not there is refused; nothing is invented."""
    with pytest.raises(Refused, match=r"records\.not_found"):
        explanation(as_seen_by(company.xu_ke.id), "customer", 999_999, "customer_grade")


def test_an_english_reader_reads_english(company: Cast, buyer: int) -> None:
    """Labels, tests and the sentence follow the viewer's language."""
    from dataclasses import replace

    reader = replace(as_seen_by(company.xu_ke.id), language="en")
    told = explanation(reader, "customer", buyer, "customer_grade")
    assert told is not None
    assert told.lines[0].label == "Total purchase"
    assert "row 5" in told.sentence


def test_an_explanation_costs_four_queries(
    company: Cast, buyer: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """The policy in force, the record's place, its newest outcome and that outcome's publication: one query each."""
    viewer = as_seen_by(company.xu_ke.id)
    with django_assert_num_queries(4):
        explanation(viewer, "customer", buyer, "customer_grade")
    with django_assert_num_queries(4):  # two outcomes, one publication
        history(viewer, "customer", buyer, "customer_grade")
