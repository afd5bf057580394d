"""A scenario can put one decision table to the test by itself."""

from __future__ import annotations

from keguan.language import api
from keguan.language.source import PackSource
from tests.language.testing.test_proposals import POLICY


def run(expected: str, language: str = "zh") -> list[str]:
    """What fails of one scenario with these expectations."""
    model = api.check([PackSource("sample", {"policy.md": POLICY})]).model
    assert model is not None
    text = f":::场景 试\n编号: T-1\n应为:\n{expected}:::\n"
    (result,) = api.run_scenarios(model, {"scenarios/a.md": text}, language)
    assert result.diagnostics == ()
    return [failure.sentence() for failure in result.failures]


def test_a_table_that_gives_what_is_expected() -> None:
    """Result, row and reason are compared exactly; an input that is not given is empty."""
    assert (
        run(
            "  - 判定: 等级\n    给: {余额: 100}\n    等级: 高\n    依据: 第一条 第1行\n"
            "    理由: 等级为“高”（第一条第1行）：因为余额 ¥100.00 达到第1行的“>= 100”。\n"
        )
        == []
    )


def test_another_result_is_told_with_given_expected_got_and_clause() -> None:
    """A failure names the table and its inputs, what was expected, the clause, what came, and why."""
    (told,) = run("  - 判定: 等级\n    给: {余额: 99.99, 会员: 是}\n    等级: 高\n")
    assert told == (
        "等级（余额 ¥99.99、会员 是）：应为等级 高（第一条），得到中。等级为“中”（第一条第2行）："
        "因为余额 ¥99.99 符合第2行的“[10..100)”，且会员为“是”；未满足第1行：余额须 >= 100。"
    )


def test_another_row_is_told() -> None:
    """The row counts as much as the result."""
    (told,) = run("  - 判定: grade\n    given: {余额: 5}\n    level: 低\n    basis: 第一条 第1行\n")
    assert "应为第一条 第1行（第一条），得到第一条第3行" in told


def test_a_reason_of_a_record_is_compared() -> None:
    """理由 beside a record's outcome is the sentence that explains it."""
    model = api.check([PackSource("sample", {"policy.md": POLICY})]).model
    assert model is not None
    text = (
        ":::场景 试\n编号: T-1\n已有:\n  - 客户: {姓名: 林知远, 余额: 5}\n应为:\n"
        "  - 客户: 林知远\n    等级: 低\n    理由: 因为好\n:::\n"
    )
    (result,) = api.run_scenarios(model, {"scenarios/a.md": text})
    assert [failure.expected for failure in result.failures] == ["因为好"]
    assert result.failures[0].got.startswith("等级为“低”")


def test_a_reason_may_be_written_in_either_language() -> None:
    """A scenario whose reason is Chinese also passes where the failures would be worded in English, and the reverse."""
    model = api.check([PackSource("sample", {"policy.md": POLICY})]).model
    assert model is not None
    start = ":::场景 试\n编号: T-1\n已有:\n  - 客户: {姓名: 林知远, 余额: 5}\n应为:\n  - 客户: 林知远\n    等级: 低\n"
    told = {}
    for language in ("zh", "en"):
        text = f"{start}    理由: x\n:::\n"
        (result,) = api.run_scenarios(model, {"scenarios/a.md": text}, language)
        told[language] = result.failures[0].got
    for reason in (f"{told['zh']}。", f"{told['en']}."):
        for language in ("zh", "en"):
            text = f'{start}    理由: "{reason}"\n:::\n'
            (result,) = api.run_scenarios(model, {"scenarios/a.md": text}, language)
            assert result.passed, (reason, language)
