"""Policies in memory for the language's tests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from keguan.language import api
from keguan.language.source import PackSource, read_pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keguan.language.model.model import Model

PACKS = Path(__file__).parent.parent.parent / "packs"

FRONT = "---\nid: sample\ntitle: 样例\nversion: 1.0.0\neffective: 2026-01-01\n---\n### 第一条 档案\n\n"

RECORD = """:::档案 客户 (customer)
显示: 姓名

| 字段 | 代码 | 类型 | 信息类别 |
|---|---|---|---|
| 姓名 | name | 文本(60) | 身份 |
| 类别 | kind | 选项(个人, 单位) | 身份 |
| 额度 | amount | 整数 | 交易 |
| 会员 | member | 是否 | 身份 |
| 生日 | born | 日期 | 身份 |
:::
"""


def policy(body: str) -> PackSource:
    """A pack with one record type, 客户, and whatever else."""
    return PackSource("sample", {"policy.md": f"{FRONT}{RECORD}\n{body}"})


def table(hit: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A decision over 客户."""
    lines = [f"| {' | '.join(cells)} |" for cells in (headings, ["---"] * len(headings), *rows)]
    return "\n".join([":::判定 等级 (grade_table)", "对象: 客户", f"命中: {hit}", "信息类别: 交易", "", *lines, ":::"])


def model_of(*sources: PackSource) -> Model:
    """The model of packs without errors."""
    checked = api.check(sources)
    assert checked.model is not None, [(str(found.span), found.message()) for found in checked.diagnostics]
    return checked.model


def pack(*names: str) -> tuple[PackSource, ...]:
    """Packs as they lie in the repository."""
    return tuple(read_pack(PACKS / name) for name in names)
