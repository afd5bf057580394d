"""One way to lay a policy out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keguan.language import api
from keguan.language.blocks import KINDS
from keguan.language.source import PackSource

REPOSITORY = Path(__file__).resolve().parents[3]
FILES = sorted([*REPOSITORY.glob("packs/*/*.md"), *REPOSITORY.glob("packs/*/scenarios/*.md")])
GOLDEN = sorted((REPOSITORY / "tests/language").glob("*/*/*.md"))

UNTIDY = """---
id: sample
---
# 办法
## 第一章 总则
第一句。
:::  参数   限额( limits )
类型：金额

|参数|代码|值| 起 |依据|
|:--|-|--:|---|---|
|上限 |cap| 5万|2026-01-01|第 1\\|2 条
|下限|floor||2026-01-01||


:::
尾声。\x20\x20
换行。
"""

TIDY = """---
id: sample
---
# 办法

## 第一章 总则

第一句。

:::参数 限额 (limits)
类型: 金额

| 参数 | 代码 | 值 | 起 | 依据 |
|:---|---|---:|---|---|
| 上限 | cap | 5万 | 2026-01-01 | 第 1\\|2 条 |
| 下限 | floor | | 2026-01-01 | |
:::

尾声。\x20\x20
换行。
"""


def test_an_untidy_file_is_laid_out() -> None:
    """Blocks are laid out, prose stays word for word (with its line breaks), pieces are one empty line apart."""
    assert api.format_policy(UNTIDY) == TIDY


@pytest.mark.parametrize("below", ["", "分档: >= 85 A", "?|---|", "上限 | cap |", "尾声。"])
def test_a_table_without_a_line_under_its_headings_loses_nothing(below: str) -> None:
    """What stands where the line under the headings should be is left as it is."""
    text = f":::参数 限额 (limits)\n\n| 参数 | 代码 |\n{below}\n| 上限 | cap |\n:::\n"
    assert api.format_policy(text) == text.replace("(limits)\n\n", "(limits)\n")


def test_a_block_that_never_ends_gains_no_lines() -> None:
    """The empty lines at the end of a block that was not closed do not grow."""
    text = ":::文件 通知 (notice)\n对象: 客户\n\n敬启者\n### 第一条 甲\n"
    once = api.format_policy(text)
    assert once == ":::文件 通知 (notice)\n对象: 客户\n\n敬启者\n\n### 第一条 甲\n"
    assert api.format_policy(once) == once


@pytest.mark.parametrize("path", [*FILES, *GOLDEN], ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_twice_is_once(path: Path) -> None:
    """Laying a file out again changes nothing."""
    once = api.format_policy(path.read_text(encoding="utf-8"))
    assert api.format_policy(once) == once


@pytest.mark.parametrize("folder", ["core", "template"])
@pytest.mark.parametrize("keywords", [None, "zh", "en"])
def test_the_meaning_stays(folder: str, keywords: str | None) -> None:
    """A pack that was laid out, also with the other language's keywords, declares what it declared before."""
    text = (REPOSITORY / "packs" / folder / "policy.md").read_text(encoding="utf-8")
    before = api.check([PackSource(folder, {"policy.md": text})])
    after = api.check([PackSource(folder, {"policy.md": api.format_policy(text, keywords)})])
    assert before.model is not None
    assert after.model is not None
    assert [found.id for found in after.diagnostics] == [found.id for found in before.diagnostics]
    old, new = before.model.record_types, after.model.record_types
    assert {code: [field.code for field in each.fields] for code, each in new.items()} == {
        code: [field.code for field in each.fields] for code, each in old.items()
    }
    assert [fact.expression for facts in after.model.facts.values() for fact in facts] == [
        fact.expression for facts in before.model.facts.values() for fact in facts
    ]


def test_packs_are_laid_out() -> None:
    """The packs of this project are written in the way that they show."""
    assert [path.name for path in FILES if api.format_policy(text := path.read_text(encoding="utf-8")) != text] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_kind_has_both_languages(kind: object) -> None:
    """Keywords are put into English and back into Chinese for every kind of block."""
    lines = "".join(f"{line.zh}: x\n" for line in kind.headers)
    cells = " | ".join(column.zh for column in kind.columns) or "甲"
    width = "|".join("---" for _ in kind.columns) or "---"
    chinese = f":::{kind.zh} 名称 (code)\n{lines}{chr(10) if lines else ''}| {cells} |\n|{width}|\n:::\n"
    if kind.code == "scenario":
        chinese = ":::场景 名称\n编号: S1\n:::\n"
    english = api.format_policy(chinese, "en")
    assert english.startswith(f":::{kind.en} 名称")
    assert all(f"{line.en}: x\n" in english for line in kind.headers if kind.code != "scenario")
    assert api.format_policy(english, "zh") == chinese


@given(st.text(alphabet=":|-#\\ \n第一条参数(x)a~`>*。", max_size=200))
def test_nothing_is_lost(text: str) -> None:
    """Whatever the text, every word of it is still there, and doing it twice is doing it once."""
    made = api.format_policy(text)
    assert [c for c in made if c.isalnum()] == [c for c in text if c.isalnum()]
    assert api.format_policy(made) == made
