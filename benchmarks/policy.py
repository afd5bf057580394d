"""A long policy: 500 clauses with 100 decision tables, checked and compiled, beside parsing its Markdown.

Each table has eight rows over four columns; there are ten record types with facts, and the other clauses are prose.
*Checking* is what ``keguan check`` does: reading, linking, every check. *Compiling* makes the
generated Python of every record type and the SQL of both dialects. Each figure is the best of several rounds.

    python -m benchmarks.policy
"""

from __future__ import annotations

import random
import sys
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING

from keguan.language import api
from keguan.language.diagnostics.findings import Findings
from keguan.language.markdown.parse import parse_document
from keguan.language.source import PackSource

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.language.model.model import Model

CLAUSES = 500
TABLES = 100
RECORD_TYPES = 10
ROUNDS = 3
DAY = date(2026, 1, 1)
CHECK_WITHIN, COMPILE_WITHIN = 2.0, 1.0
FRONT = "---\nid: sample\ntitle: 样例\nversion: 1.0.0\neffective: 2026-01-01\n---\n"
PROSE = "经办人员按本条办理，并在办结后归入客户档案，由所在部门负责人核对。\n"


def text() -> str:
    """The policy, always the same."""
    chance = random.Random(25)
    parts = [FRONT]
    blocks = [_record(number) for number in range(RECORD_TYPES)] + [_table(number, chance) for number in range(TABLES)]
    every = CLAUSES // len(blocks)
    for number in range(1, CLAUSES + 1):
        parts.append(f"### 第{number}条 事项{number}\n\n{PROSE}\n")
        if number % every == 0 and number // every <= len(blocks):
            parts.append(blocks[number // every - 1])
    return "".join(parts)


def _record(number: int) -> str:
    return f""":::档案 档案{number} (record_{number})
显示: 名称

| 字段 | 代码 | 类型 | 信息类别 |
|---|---|---|---|
| 名称 | name | 文本(60) | 身份 |
| 额度 | amount | 金额 | 交易 |
| 年限 | years | 整数 | 交易 |
| 类别 | kind | 选项(个人, 单位, 其他) | 身份 |
| 会员 | member | 是否 | 身份 |
:::

:::口径 口径{number} (facts_{number})
对象: 档案{number}

| 口径 | 代码 | 类型 | 信息类别 | 算法 |
|---|---|---|---|---|
| 年均额度 | yearly | 金额 | 交易 | 额度 / 年限 |
| 老客户 | returning | 是否 | 交易 | 年限 >= 3 |
:::

"""


def _table(number: int, chance: random.Random) -> str:
    bounds = sorted(chance.sample(range(1, 900), 5), reverse=True)
    rows = [f'| >= {bound}万 | - | {_kind(chance)} | - | "甲{row}" |' for row, bound in enumerate(bounds)]
    rows += ['| - | >= 5 | "单位" | true | "乙" |', '| - | - | - | true | "丙" |', '| - | - | - | - | "丁" |']
    return (
        f":::判定 判定{number} (decision_{number})\n对象: 档案{number % RECORD_TYPES}\n命中: 首条\n信息类别: 等级\n\n"
        f"| 额度 | 年限 | 类别 | 会员 | → 结果{number} (result_{number}) |\n|---|---|---|---|---|\n"
        + "\n".join(rows)
        + "\n:::\n\n"
    )


def _kind(chance: random.Random) -> str:
    return chance.choice(("-", '"个人"', '"个人", "单位"', 'not("其他")'))


def compiled(model: Model) -> None:
    """Generated Python and SQL for everything that is computed."""
    for record_type in model.computation_order:
        api.runner(model, record_type)
        for dialect in ("sqlite", "postgresql"):
            api.computation(model, record_type, dialect, today=DAY)


def best(function: Callable[[], object]) -> float:
    """The best time of several rounds, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        function()
        times.append(perf_counter() - start)
    return min(times)


def main() -> int:
    """Measure and print; the exit code says whether both are within their limits."""
    source = text()
    packs = [PackSource("sample", {"policy.md": source})]
    checked = api.check(packs)
    if checked.model is None:
        sys.exit("\n".join(f"{found.span} {found.message('en')}" for found in checked.diagnostics[:10]))
    model = checked.model
    parsing = best(lambda: parse_document("sample/policy.md", source, Findings()))
    checking = best(lambda: api.check(packs))
    compiling = best(lambda: compiled(model))
    print(f"{CLAUSES} clauses, {len(model.decisions)} tables, {len(checked.diagnostics)} findings")
    for name, seconds in (("parsing the Markdown", parsing), ("checking", checking), ("compiling", compiling)):
        print(f"  {name:<22}{seconds * 1e3:8.1f} ms   {seconds / parsing:8.2f}")
    return 0 if checking < CHECK_WITHIN and compiling < COMPILE_WITHIN else 1


if __name__ == "__main__":
    sys.exit(main())
