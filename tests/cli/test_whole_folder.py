"""``keguan test`` of a folder of packs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.console import keguan

if TYPE_CHECKING:
    from pathlib import Path

POLICY = """---
id: {id}
title: 等级
version: 1.0.0
effective: 2026-01-01
---
### 第一条 等级

:::档案 会员 (member)
显示: 姓名

| 字段 | 代码 | 类型 | 必填 | 信息类别 |
|---|---|---|---|---|
| 姓名 | name | 文本(20) | 是 | 身份 |
| 消费 | spent | 金额 | | 身份 |
:::

:::判定 等级表 (levels)
对象: 会员
命中: 首条
信息类别: 身份

| 消费 | → 等级 (level) |
|---|---|
| >= 100 | "金" |
| - | "铜" |
:::
"""
SCENARIO = """:::场景 {name}
编号: {number}
应为:
  - 判定: 等级表
    给: {{消费: {spent}}}
    等级: {level}
:::
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two packs: one shows S01-1 and S01-2, the other shows S01-3 and contradicts S01-2."""
    for pack, scenarios in {
        "gold": (("满一百", "S01-1", "100", "金"), ("不满", "S01-2", "99", "铜"), ("别的", "X-9", "0", "铜")),
        "silver": (("也满", "S01-3", "101", "金"), ("想错了", "S01-2", "99", "金")),
    }.items():
        (tmp_path / pack / "scenarios").mkdir(parents=True)
        (tmp_path / pack / "policy.md").write_text(POLICY.format(id=pack), encoding="utf-8")
        written = (
            SCENARIO.format(name=name, number=number, spent=spent, level=level)
            for name, number, spent, level in scenarios
        )
        (tmp_path / pack / "scenarios" / "levels.md").write_text("\n".join(written), encoding="utf-8")
    return tmp_path


def test_each_pack_is_run_and_the_checks_are_counted(folder: Path) -> None:
    """A check is shown when a scenario with its number comes true and none with it fails; what is not listed is not
    counted; the exit code is 1 because a scenario fails.
    """
    listed = "system,title,title_en,checks\nS01,会员,Members,4\nS02,没有的,Nothing,1\n"
    (folder / "checks.csv").write_text(listed, encoding="utf-8")
    done = keguan("test", str(folder))
    assert (done.exit_code, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    assert [line for line in lines if not line.startswith("    ")] == [
        "== gold",
        "✓ S01-1 满一百",
        "✓ S01-2 不满",
        "✓ X-9 别的",
        "3 个场景，3 个成立，0 个不成立。",
        "== silver",
        "✓ S01-3 也满",
        "✗ S01-2 想错了（silver/scenarios/levels.md:9:1）",
        "2 个场景，1 个成立，1 个不成立。",
        "S01 会员：还差 2 项",
        "S02 没有的：还差 1 项",
        "2 of 5",
    ]


def test_without_a_list_nothing_is_counted(folder: Path) -> None:
    """The last line is that of the last pack, and of packs that all come true the exit code is 0."""
    (folder / "silver" / "scenarios" / "levels.md").unlink()
    (folder / "silver" / "scenarios").rmdir()
    done = keguan("test", str(folder))
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "3 个场景，3 个成立，0 个不成立。")


def test_a_list_that_cannot_be_read_is_said(folder: Path) -> None:
    """What a line has to hold is said, and nothing is run."""
    (folder / "checks.csv").write_text("system,title\nS01,会员\n", encoding="utf-8")
    done = keguan("test", str(folder))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "checks.csv 读不懂" in done.stderr
