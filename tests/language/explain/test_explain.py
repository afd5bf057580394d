"""Explanations are whole sentences, in both languages, from the table and the values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from keguan.language import api
from keguan.language.explain import Line
from keguan.language.model.model import HitPolicy
from tests.language.golden import read_golden
from tests.language.sources import model_of, pack, policy, table

if TYPE_CHECKING:
    from keguan.language.model.model import Model

S25 = model_of(*pack("core", "property-developer"))
TEMPLATE = model_of(*pack("template"))
NOTHING = [None, 0, False, False, False, None, False, None, False]


def _inputs(**known: object) -> list[object]:
    """The inputs of 客户等级 for a buyer."""
    names = ["total", "purchases", "villa", "similar", "influential", "leads", "notable", "intends", "active"]
    values = dict(zip(names, NOTHING, strict=True)) | known
    return list(values.values())


def test_a_first_hit_says_what_was_met_and_what_was_nearly_met() -> None:
    """林知远 is B for 12,860,000 yuan, and the sentence says by how little row 1 was missed."""
    found = api.explain(S25, "customer_grade", 5, _inputs(total=1286000000, purchases=2))
    assert found.sentence == (
        "客户等级为“B”、卡别为“铂金卡”（第四条第5行）：因为累计购买额 ¥12,860,000.00 达到第5行的“>= 800万”；"
        "未满足第1行：累计购买额须 >= 5000万。"
    )
    assert found.clause.number == "第四条"
    assert (found.rule, found.rules) == (5, (5,))
    assert found.lines[0] == Line(5, "累计购买额", "¥12,860,000.00", ">= 800万", met=True)
    assert found.lines[1] == Line(5, "购买次数", "2", "-", met=True)
    assert found.nearer is not None
    assert (found.nearer.rule, found.nearer.outcome) == (1, "客户等级为“A”、卡别为“钻石卡”")
    assert found.nearer.missed == (Line(1, "累计购买额", "¥12,860,000.00", ">= 5000万", met=False),)


def test_the_same_in_english() -> None:
    """The English sentence uses English labels and plain figures."""
    found = api.explain(S25, "customer_grade", 5, _inputs(total=1286000000, purchases=2), "en")
    assert found.sentence == (
        "Grade is “B”, Card is “铂金卡” (第四条 row 5): because Total purchase ¥12,860,000.00 meets “>= 8,000,000” "
        "of row 5; row 1 was missed: Total purchase must be >= 50,000,000."
    )


def test_the_nearest_row_is_the_one_missed_by_least() -> None:
    """7,999,999 yuan missed row 5 by one yuan; rows 4 and 6 want a yes where there is a no."""
    found = api.explain(S25, "customer_grade", 7, _inputs(total=799999900, purchases=1))
    assert found.nearer is not None
    assert found.nearer.rule == 5


def test_a_row_with_the_same_outcome_is_not_better() -> None:
    """A villa owner who is B by row 4 is told of row 1 to 3, not of another row for B."""
    found = api.explain(S25, "customer_grade", 5, _inputs(total=900000000, purchases=1, similar=True))
    assert found.nearer is not None
    assert found.nearer.outcome.startswith("客户等级为“A”")


def test_the_best_row_has_nothing_nearer() -> None:
    """Whoever is A by row 1 is not told of anything missed."""
    found = api.explain(S25, "customer_grade", 1, _inputs(total=5000000000, purchases=1))
    assert found.nearer is None
    assert found.sentence.endswith("达到第1行的“>= 5000万”。")


def test_the_last_row_says_that_no_row_above_held() -> None:
    """A row without conditions is explained by the rows above it."""
    found = api.explain(S25, "customer_grade", 10, NOTHING)
    assert "以上各行都不满足，适用第10行" in found.sentence


def test_yes_and_no_are_words() -> None:
    """A yes/no test is spoken as 为“是”, not as a test."""
    found = api.explain(S25, "customer_grade", 2, _inputs(villa=True, similar=True, influential=True))
    assert found.sentence.startswith(
        "客户等级为“A”、卡别为“钻石卡”（第四条第2行）：因为独立别墅业主为“是”，且有影响为“是”"
    )


def test_hidden_values_do_not_appear() -> None:
    """Of what a reader may not see neither value nor test is told, but how much it is; row and clause stay."""
    found = api.explain(S25, "customer_grade", 5, _inputs(total=1286000000), hidden={0, 1, 2, 3})
    assert found.sentence == "客户等级为“B”、卡别为“铂金卡”（第四条第5行）：符合第5行；另有 1 项依据您无权查看。"
    assert found.lines[0] == Line(5, "累计购买额", "（无权查看）", "-", met=True)
    assert "12,860,000" not in repr(found)
    assert "800万" not in repr(found)
    assert (found.clause.number, found.rule) == ("第四条", 5)


def test_what_may_be_seen_is_told_beside_what_may_not() -> None:
    """A row over a hidden purchase and a visible influence tells the influence, and counts the rest."""
    known = _inputs(villa=True, similar=True, influential=True)
    found = api.explain(S25, "customer_grade", 2, known, hidden={0, 1, 2, 3})
    assert found.sentence == (
        "客户等级为“A”、卡别为“钻石卡”（第四条第2行）：因为有影响为“是”；另有 1 项依据您无权查看。"
    )
    leads = _inputs(similar=True, leads=True)
    english = api.explain(S25, "customer_grade", 3, leads, "en", hidden={3, 5}).sentence
    assert english.endswith(": row 3 holds; 2 more grounds are not visible to you.")


def test_hidden_inputs_that_no_row_asked_about_are_not_counted() -> None:
    """The row for those with an intention asks nothing of purchases: there is no ground that is kept back."""
    found = api.explain(S25, "customer_grade", 8, _inputs(intends=True), hidden={0, 1, 2, 3})
    assert "另有" not in found.sentence
    assert "有购买意向为“是”" in found.sentence


def test_a_nearer_row_does_not_confirm_hidden_values() -> None:
    """A row that lacks one visible yes would tell that the hidden amount meets the row's test: it is not named."""
    rows = [[">= 10", "true", '"甲"'], ["-", "-", '"乙"']]
    model = model_of(policy(table("首条", ["额度", "会员", "→ 结果 (result)"], rows)))
    open_to = api.explain(model, "grade_table", 2, [12, False])
    assert open_to.nearer is not None
    assert api.explain(model, "grade_table", 2, [12, False], hidden={0}).nearer is None


@pytest.mark.parametrize(("day", "figure"), [(date(2026, 6, 30), "8"), (date(2026, 7, 1), "10")])
def test_parameters_are_those_of_the_day(day: date, figure: str) -> None:
    """A parameter in a cell is shown with the value it had on the day of the decision."""
    found = api.explain(TEMPLATE, "member_level", 3, [None, 12, False], on=day)
    assert f"达到第3行的“>= 常客次数（{figure}）”" in found.sentence


def test_when_no_row_holds_that_is_said() -> None:
    """A case that the table does not cover is explained as such."""
    model = model_of(policy(table("首条", ["额度", "→ 结果 (result)"], [[">= 10", '"A"']])))
    found = api.explain(model, "grade_table", None, [5])
    assert found.sentence == "结果为空（第一条）：没有一行满足；未满足第1行：额度须 >= 10。"
    assert (found.rule, found.rules, found.lines) == (None, (), ())


def test_a_sum_names_every_row_that_counts() -> None:
    """A table that adds up is explained by all rows that held and their sum."""
    rows = [[">= 10", "-", "20"], ["-", "true", "5"], [">= 100", "-", "50"]]
    model = model_of(policy(table("累加", ["额度", "会员", "→ 得分 (score)"], rows)))
    found = api.explain(model, "grade_table", "1,2", [15, True])
    assert found.rules == (1, 2)
    assert found.sentence == (
        "得分为“25”（第一条第1、2行）：因为额度 15 达到第1行的“>= 10”，且会员为“是”；未满足第3行：额度须 >= 100。"
    )


def test_an_unknown_decision_is_refused() -> None:
    """Asking about a decision that is not there raises KeyError."""
    with pytest.raises(KeyError):
        api.explain(S25, "no_such_decision", 1, [])


def test_inputs_know_their_information_classes() -> None:
    """Each input column says which information classes its expression reads."""
    classes = api.input_classes(S25, S25.decisions["customer_grade"])
    assert classes[0] == {"交易"}
    assert classes[4] == {"身份"}


TABLES = {
    "优先": ["→ 结果 (result, 选项(甲, 乙))", '"乙"', '"甲"'],
    "任一": ["→ 结果 (result)", '"甲"', '"甲"'],
    "取小": ["→ 结果 (result)", "5", "3"],
    "取大": ["→ 结果 (result)", "5", "3"],
    "计数": ["→ 结果 (result)", '"甲"', '"乙"'],
    "按行汇集": ["→ 结果 (result)", '"甲"', '"乙"'],
    "按序汇集": ["→ 结果 (result, 选项(乙, 甲))", '"甲"', '"乙"'],
}
BOTH = "因为额度 15 达到第1行的“>= 10”，且会员为“是”"
BOTH_EN = "because Amount 15 meets “>= 10” of row 1 and Member is “yes”"
FIRST_COUNTS = "and the choice that comes first counts."


def _by(hit: str) -> Model:
    heading, *results = TABLES[hit]
    return model_of(
        policy(table(hit, ["额度", "会员", heading], [[">= 10", "-", results[0]], ["-", "true", results[1]]]))
    )


@pytest.mark.parametrize(
    ("hit", "rule", "zh", "en"),
    [
        (
            "优先",
            2,
            "结果为“甲”（第一条第2行）：因为会员为“是”；第1行也满足，按选项的先后取排在前面的。",
            f"Result is “甲” (第一条 row 2): because Member is “yes”; row 1 holds too, {FIRST_COUNTS}",
        ),
        (
            "任一",
            1,
            "结果为“甲”（第一条第1行）：因为额度 15 达到第1行的“>= 10”；第2行也满足，结果相同。",
            f"Result is “甲” (第一条 row 1): {BOTH_EN.partition(' and ')[0]}; row 2 holds too, with the same result.",
        ),
        (
            "取小",
            "1,2",
            f"结果为“3”（第一条第1、2行）：{BOTH}；取其中最小的。",
            f"Result is “3” (第一条 row 1, 2): {BOTH_EN}; the smallest of them counts.",
        ),
        (
            "取大",
            "1,2",
            f"结果为“5”（第一条第1、2行）：{BOTH}；取其中最大的。",
            f"Result is “5” (第一条 row 1, 2): {BOTH_EN}; the largest of them counts.",
        ),
        (
            "计数",
            "1,2",
            f"结果为“2”（第一条第1、2行）：{BOTH}；按满足的行计数。",
            f"Result is “2” (第一条 row 1, 2): {BOTH_EN}; the rows that hold are counted.",
        ),
        (
            "按行汇集",
            "1,2",
            f"结果为“甲、乙”（第一条第1、2行）：{BOTH}；照行的次序列出。",
            f"Result is “甲、乙” (第一条 row 1, 2): {BOTH_EN}; listed in the order of the rows.",
        ),
        (
            "按序汇集",
            "1,2",
            f"结果为“乙、甲”（第一条第1、2行）：{BOTH}；照选项的次序列出。",
            f"Result is “乙、甲” (第一条 row 1, 2): {BOTH_EN}; listed in the order of the choices.",
        ),
    ],
)
def test_every_hit_policy_says_how_the_rows_count(hit: str, rule: int | str, zh: str, en: str) -> None:
    """Each hit policy has its sentence, in both languages."""
    model = _by(hit)
    assert api.explain(model, "grade_table", rule, [15, True]).sentence == zh
    assert api.explain(model, "grade_table", rule, [15, True], "en").sentence == en


def test_rows_that_held_too_are_not_told_to_who_may_not_see_the_inputs() -> None:
    """That another row holds would tell a hidden value."""
    found = api.explain(_by("优先"), "grade_table", 2, [15, True], hidden={0})
    assert found.sentence == "结果为“甲”（第一条第2行）：因为会员为“是”。"


def test_a_conflict_is_not_called_no_row() -> None:
    """Where rows that must agree differ, the sentence says which; the outcome is empty."""
    rows = [[">= 10", "-", '"甲"'], ["-", "true", '"乙"']]
    source = policy(table("首条", ["额度", "会员", "→ 结果 (result)"], rows))
    model = model_of(source)
    decision = replace(model.decisions["grade_table"], hit=HitPolicy.ANY)
    model = replace(model, decisions={"grade_table": decision})
    found = api.explain(model, "grade_table", None, [15, True])
    assert found.sentence == "结果为空（第一条）：第1、2行同时满足而结果不同。"


def test_an_exception_names_itself_and_what_it_is_an_exception_to() -> None:
    """The clause and the row are those of the exception, with the clause that it is an exception to."""
    model = _golden("exceptions/good/layers")
    found = api.explain(model, "customer_grade", 1002, [600000000, "单位", None, None])
    assert found.sentence == (
        "等级为“C”、卡别为“商务卡”（第三条（例外于第二条）第2行）：因为类别为“单位”；"
        "未满足第三条第1行：额度须 >= 1000万。"
    )
    assert (found.rule, found.row, found.clause.number) == (1002, 2, "第三条")
    assert found.exception_to is not None
    assert found.exception_to.number == "第二条"
    english = api.explain(model, "customer_grade", 2001, [600000000, "单位", True, None], "en").sentence
    assert english.startswith(
        "Grade is “B”, Card is “金卡” (第四条 (exception to 第三条) row 1): because Kind is “单位”"
    )


def test_a_score_is_explained_line_by_line() -> None:
    """Every line of a scorecard that counted is told with its points, two bad records as lines of their own."""
    model = _golden("scorecards/good/credit")
    inputs = [True, None, 120000000, None, None, None, None, 1, 2]
    found = api.explain(model, "credit_score", "0,1,3,10,11", inputs, on=date(2026, 6, 30))
    assert found.sentence == (
        "信用得分合计为“20”（第二条第1、3、10、11行）：起分 0；营业执照为“是”，+10 分；"
        "两年交易额 ¥1,200,000.00 达到第3行的“>= 1000万”，+25 分；未按约结清次数 1 达到第10行的“> 0”，-5 分；"
        "其余不良次数 2 达到第11行的“> 0”，-10 分；未满足第9行：主观评价须为“一般”。"
    )
    assert [each.points for each in found.scored] == ["0", "+10", "+25", "-5", "-10"]


def test_a_hidden_line_of_a_score_tells_no_points() -> None:
    """Of a line whose input the reader may not see neither value nor points are told, only that there is one."""
    model = _golden("scorecards/good/credit")
    inputs = [True, None, 120000000, None, None, None, "好", 0, 0]
    found = api.explain(model, "credit_score", "0,1,3", inputs, "en", on=date(2026, 6, 30), hidden={2})
    assert found.sentence == (
        "Credit score sum is “35” (第二条 row 1, 3): base 0; Licence is “yes”, +10 points; "
        "1 more ground is not visible to you; row 9 was missed: Impression must be 一般."
    )


def _golden(name: str) -> Model:
    return model_of(*read_golden(Path(__file__).parent.parent / f"{name}.md").packs)
