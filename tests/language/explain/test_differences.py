"""Differences of every kind of block, and how far they reach."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from keguan.language import api
from keguan.language.blocks import KINDS
from keguan.language.model.model import Clause, ClauseRef, Control, Label, Model, Part
from keguan.language.source import PackSource, Span
from tests.language.golden import read_golden
from tests.language.sources import FRONT, RECORD, model_of, pack, policy, table

if TYPE_CHECKING:
    from keguan.language.blocks.block import Kind

NOWHERE = Span("policy.md", 1, 1, 1, 1)
BASE = model_of(policy(""))


def containing(*clauses: Clause) -> Model:
    """A model whose one policy has these clauses; nothing else about it counts here."""
    (only,) = BASE.policies.values()
    return replace(BASE, policies={only.id: replace(only, clauses=clauses)})


def clause(number: int, *parts: Part, title: str = "", anchor: str = "") -> Clause:
    """A clause."""
    written = f"第{'零一二三四五六七八九'[number]}条"
    return Clause(ClauseRef("sample", anchor or f"clause-{number}", written, title), "", parts, NOWHERE)


def headings(kind: Kind) -> tuple[str, str]:
    """Two columns of a kind, the row's code and day left out; two of its own for a kind that names none."""
    names = [column.zh for column in kind.columns if column.zh not in {"代码", "起"}]
    first, second = [*names, "甲", "乙"][:2]
    return first, second


def block(kind: Kind, rows: str = "", headers: tuple[tuple[str, str], ...] = (), label: str = "样例") -> Part:
    """A block of a kind, with a table of two columns of its own where the kind has them."""
    names = headings(kind)
    lines = [f"| {names[0]} | {names[1]} |", "|---|---|", *(f"| {row} |" for row in rows.split("\n") if row)]
    return Part(
        "\n".join(lines),
        Control(kind.code, "sample_block", Label(label, "sample"), "declared", NOWHERE),
        NOWHERE,
        headers,
    )


def prose(text: str) -> Part:
    """A paragraph."""
    return Part(text, None, NOWHERE)


def told(old: Model, new: Model) -> list[tuple[str, str, str, str, str]]:
    """What, row, column, before, after."""
    return [(each.what.value, each.row, each.column, each.before, each.after) for each in api.differences(old, new)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_kind_of_block_is_compared_cell_by_cell(kind: Kind) -> None:
    """A cell, a row put in and a row taken out are each told, whatever the kind."""
    _first, heading = headings(kind)
    old = containing(clause(1, block(kind, "一 | 旧\n二 | 同\n三 | 去")))
    new = containing(clause(1, block(kind, "一 | 新\n二 | 同\n四 | 来")))
    found = told(old, new)
    assert ("changed", "一", heading, "旧", "新") in found
    assert ("added", "四", "", "", "四 | 来") in found
    assert ("removed", "三", "", "三 | 去", "") in found
    assert len(found) == 3


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_kind_of_block_is_told_when_it_comes_goes_or_moves(kind: Kind) -> None:
    """A block that is new, gone, or in another clause is one difference; its lines above the table count."""
    here, there = block(kind, "一 | 甲", (("对象", "客户"),)), block(kind, "一 | 甲", (("对象", "合同"),))
    words = prose("文字。")
    assert told(containing(clause(1, words)), containing(clause(1, words, here))) == [("added", "", "", "", "")]
    assert told(containing(clause(1, words, here)), containing(clause(1, words))) == [("removed", "", "", "", "")]
    assert told(containing(clause(1, here)), containing(clause(1, there))) == [("changed", "", "对象", "客户", "合同")]
    other = prose("别的。")
    moved = containing(clause(1, words), clause(2, other, here))
    assert told(containing(clause(1, words, here), clause(2, other)), moved) == [("moved", "", "", "第一条", "第二条")]


def test_a_clause_put_in_renumbers_and_changes_nothing_else() -> None:
    """Clauses without an anchor of their own are known by their blocks and their words."""
    kind = KINDS[0]
    old = containing(
        clause(1, prose("甲。")), clause(2, block(kind, "一 | 甲")), clause(3, prose("丙。"), title="罚则")
    )
    new = containing(
        clause(1, prose("新。")),
        clause(2, prose("甲。")),
        clause(3, block(kind, "一 | 甲")),
        clause(4, prose("丙二。"), title="罚则"),
    )
    assert told(old, new) == [
        ("added", "", "", "", ""),
        ("renumbered", "", "", "第一条", "第二条"),
        ("renumbered", "", "", "第二条", "第三条"),
        ("renumbered", "", "", "第三条", "第四条"),
        ("changed", "", "", "丙。", "丙二。"),
    ]


def test_columns_are_told_once() -> None:
    """A column put in, taken out or renamed is one difference, not one for every row."""
    control = Control("duty", "visit", Label("走访", "visit"), "declared", NOWHERE)

    def of(*lines: str) -> Model:
        return containing(clause(1, Part("\n".join(f"| {line} |" for line in lines), control, NOWHERE)))

    old = of("甲 | 乙", "--- | ---", "一 | 1", "二 | 2")
    assert told(old, of("甲 | 丙", "--- | ---", "一 | 1", "二 | 2")) == [("changed", "", "丙", "乙", "丙")]
    assert told(old, of("甲", "---", "一", "二")) == [("removed", "", "乙", "乙", "")]
    assert told(of("甲", "---", "一", "二"), old) == [("added", "", "乙", "", "乙")]


def test_rows_that_begin_alike_are_all_compared() -> None:
    """Two rows of one role are two rows: neither hides behind the other."""
    kind = next(each for each in KINDS if each.code == "duty")
    old = containing(clause(1, block(kind, "经理 | 一\n经理 | 二\n专员 | 三")))
    new = containing(clause(1, block(kind, "经理 | 一\n经理 | 改\n专员 | 三")))
    assert [(what, row, before, after) for what, row, _column, before, after in told(old, new)] == [
        ("changed", "2", "二", "改")
    ]


def test_another_order_of_the_same_rows_is_one_difference() -> None:
    """Rows known by name that stand in another order are told by their names."""
    kind = next(each for each in KINDS if each.code == "process")
    old, new = (containing(clause(1, block(kind, rows))) for rows in ("登记 | 一\n判定 | 二", "判定 | 二\n登记 | 一"))
    assert told(old, new) == [("reordered", "", "", "登记、判定", "判定、登记")]
    (only,) = api.differences(old, new)
    assert only.sentence() == "第一条 样例：各行次序由登记、判定改为判定、登记"


def test_spaces_and_the_language_of_keywords_are_no_difference() -> None:
    """A formatted table, and 对象 written as record, say the same."""
    decision = next(kind for kind in KINDS if kind.code == "decision")
    subject = next(line for line in decision.headers if line.zh == "对象")
    old = policy(table("首条", ["额度", "→ 等级 (grade)"], [[">= 10", '"甲"'], ["-", '"乙"']]))
    text = old.files["policy.md"].replace('| >= 10 | "甲" |', '|>= 10   |   "甲"|').replace("对象: ", f"{subject.en}: ")
    assert told(model_of(old), model_of(PackSource("sample", {"policy.md": text}))) == []


def test_a_block_without_a_table_is_compared_as_text() -> None:
    """What a kind keeps as words is told whole."""
    control = Control("document", "notice", Label("告知书", "notice"), "declared", NOWHERE)
    old, new = (containing(clause(1, Part(text, control, NOWHERE))) for text in ("敬启者：\n一。", "敬启者：\n二。"))
    assert told(old, new) == [("changed", "", "", "敬启者：\n一。", "敬启者：\n二。")]


CORE, DEVELOPER = pack("core", "property-developer")
OLD = model_of(CORE, DEVELOPER)


@pytest.mark.parametrize(
    ("before", "after", "reach"),
    [
        (">= 800万", ">= 600万", ["outcome"]),
        (">= 800万", ">= 8000000", ["text"]),
        ("| 居住区域 | living_area |", "| 现居区域 | living_area |", ["text"]),
        ("接触客户资料的人员", "所有接触客户资料的人员", ["text"]),
    ],
)
def test_how_far_a_difference_reaches(before: str, after: str, reach: list[str]) -> None:
    """A threshold reaches outcomes; the same figure written otherwise, a label and prose reach no further than text."""
    text = DEVELOPER.files["policy.md"]
    assert before in text
    new = model_of(CORE, PackSource(DEVELOPER.id, {"policy.md": text.replace(before, after)}))
    assert [each.reach.value for each in api.differences(OLD, new)] == reach


CREDIT = read_golden(Path(__file__).parents[1] / "scorecards" / "good" / "credit.md").packs[0]


@pytest.mark.parametrize(
    ("before", "after", "reach"),
    [
        ("55..69 C", "50..69 C", ["outcome"]),
        ("封顶: 100", "封顶: 90", ["outcome"]),
        ("| 25 |", "| 30 |", ["outcome"]),
        ("起分: 0", "起分: 0.0", ["text"]),
        (">= 1000万", ">= 10000000", ["text"]),
    ],
)
def test_bands_and_bounds_of_a_score_reach_outcomes(before: str, after: str, reach: list[str]) -> None:
    """What a scorecard makes of its sum counts as much as the sum; the same figure written otherwise does not."""
    text = CREDIT.files["policy.md"]
    assert before in text
    new = model_of(PackSource("sample", {"policy.md": text.replace(before, after, 1)}))
    assert [each.reach.value for each in api.differences(model_of(CREDIT), new)] == reach


def test_secrecy_reaches_practice_and_type_reaches_structure() -> None:
    """Who may see a field is practice; what it holds is structure."""
    rows = "| 字段 | 代码 | 类型 | 信息类别 | 密级 |\n|---|---|---|---|---|\n| 姓名 | name | 文本(60) | 身份 | 一般 |\n"
    text = FRONT + f":::档案 客户 (customer)\n显示: 姓名\n\n{rows}| 电话 | phone | 手机号 | 联系 | 一般 |\n:::\n"
    old = model_of(PackSource("sample", {"policy.md": text}))
    edited = text.replace("手机号 | 联系 | 一般", "手机号 | 联系 | 敏感").replace("文本(60)", "文本(80)")
    found = api.differences(old, model_of(PackSource("sample", {"policy.md": edited})))
    assert [(each.row, each.column, each.reach.value) for each in found] == [
        ("姓名", "类型", "structure"),
        ("电话", "密级", "practice"),
    ]


def test_the_front_matter_counts() -> None:
    """Version, title and the day of taking force are differences of the policy as a whole."""
    new = PackSource(
        "sample", {"policy.md": FRONT.replace("1.0.0", "1.1.0").replace("2026-01-01", "2027-01-01") + RECORD}
    )
    found = api.differences(BASE, model_of(new))
    assert [(each.kind, each.code, each.before, each.after, each.reach.value) for each in found] == [
        ("policy", "version", "1.0.0", "1.1.0", "text"),
        ("policy", "effective", "2026-01-01", "2027-01-01", "practice"),
    ]
    assert found[0].sentence("en") == "sample version: from “1.0.0” to “1.1.0”"


def test_a_dated_value_of_a_parameter_is_told_by_its_day() -> None:
    """A value for a new day is a row put in; the values before it are not touched."""
    headings = "| 参数 | 代码 | 起 | 值 | 依据 |\n|---|---|---|---|---|\n"
    body = f"\n### 第二条 参数\n\n:::参数 门槛 (bars)\n{headings}| 门槛 | bar | 2026-01-01 | 10 | 第二条 |\n"
    old, new = (model_of(policy(f"{body}{more}:::\n")) for more in ("", "| 门槛 | bar | 2027-01-01 | 20 | 第二条 |\n"))
    assert told(old, new) == [("added", "门槛", "", "", "门槛 | bar | 2027-01-01 | 20 | 第二条")]


def test_what_counts_for_the_completeness_reaches_outcomes() -> None:
    """Another weight changes what comes out; another field beside it changes the tables and is no matter of words."""
    text = """
:::档案 店 (shop)
显示: 店名
完整度: 完整度 (completeness)

| 字段 | 代码 | 类型 | 必填 | 信息类别 | 完整 |
|---|---|---|---|---|---|
| 店名 | shop_name | 文本(20) | 是 | 身份 | |
| 店号 | number | 整数 | | 身份 | 是 |
:::
"""
    old = model_of(PackSource("sample", {"policy.md": FRONT + text}))
    told = []
    for before, after in (("| 身份 | 是 |", "| 身份 | 3 |"), ("| 店号 | number | 整数 |", "| 店号 | number | 金额 |")):
        changed = model_of(PackSource("sample", {"policy.md": FRONT + text.replace(before, after)}))
        told.append([(each.column, each.reach.value) for each in api.differences(old, changed)])
    assert told == [[("完整", "outcome")], [("类型", "structure")]]
