"""What changed between two versions, cell by cell."""

from __future__ import annotations

from keguan.language import api
from keguan.language.source import PackSource
from tests.language.sources import model_of, pack

CORE, DEVELOPER = pack("core", "property-developer")
OLD = model_of(CORE, DEVELOPER)


def _after(*edits: tuple[str, str]) -> tuple[str, ...]:
    text = DEVELOPER.files["policy.md"]
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    new = model_of(CORE, PackSource(DEVELOPER.id, {"policy.md": text}))
    return tuple(change.sentence() for change in api.differences(OLD, new))


def test_nothing_changed() -> None:
    """Two readings of the same text do not differ."""
    assert _after() == ()


def test_a_cell_changed() -> None:
    """A changed figure is one change, with its clause, table, row and column."""
    assert _after((">= 800万", ">= 1000万")) == ("第四条 客户等级 第5行 累计购买额：由“>= 800万”改为“>= 1000万”",)


def test_a_row_put_in_moves_no_others() -> None:
    """A new row in a decision table is one change; the rows below it are not reported."""
    row = '| - | - | - | true | - | - | - | - | - | "B" | "铂金卡" |\n'
    assert _after((row, row.replace("true", "false").replace('"B"', '"C"') + row)) == (
        '第四条 客户等级 第4行：新增“- | - | - | false | - | - | - | - | - | "C" | "铂金卡"”',
    )


def test_fields_are_told_apart_by_their_code() -> None:
    """A field that is renamed keeps its code and is one changed cell; one that goes and one that comes are two."""
    assert _after(("| 居住区域 | living_area |", "| 现居区域 | living_area |")) == (
        "第三条 客户 现居区域 字段：由“居住区域”改为“现居区域”",
    )


def test_prose_and_headers_count_too() -> None:
    """Changed prose and a changed line above a table are changes of their clause."""
    found = _after(("接触客户资料的人员", "所有接触客户资料的人员"), ("显示: 接待摘要", "显示: 接待日期"))
    assert [sentence.partition("：")[0] for sentence in found] == ["第五条 接待登记 显示", "第七条"]


def test_everything_is_new_against_nothing() -> None:
    """Against no version at all, every clause and block is added."""
    found = api.differences(None, OLD)
    assert {change.what for change in found} == {"added"}
    assert sum(change.kind == "clause" for change in found) == 17


def test_a_clause_and_its_block_removed() -> None:
    """What is gone is reported at the end of its policy."""
    text = DEVELOPER.files["policy.md"]
    start, end = text.index("### 第七条"), len(text)
    new = model_of(CORE, PackSource(DEVELOPER.id, {"policy.md": text[:start] + text[end:]}))
    assert [change.sentence() for change in api.differences(OLD, new)] == ["第七条 保密：删去"]
