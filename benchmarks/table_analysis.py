"""A large decision table: finding its gaps, overlaps and rows that are never reached, beside parsing its Markdown.

The table has 1,000 rows over eight columns (numbers, dates, choices and yes/no), each row with bounds of its own, and a
last row for the rest. The same questions as ``keguan check`` asks are put to it. Each figure is the best of several
rounds.

    python -m benchmarks.table_analysis
"""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from time import perf_counter
from typing import TYPE_CHECKING

from keguan.language.check import CHECKS
from keguan.language.check.subject import Subject
from keguan.language.diagnostics.findings import Findings
from keguan.language.link import link
from keguan.language.markdown.parse import parse_document
from keguan.language.source import PackSource

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.language.model.model import Model

ROWS = 1_000
ROUNDS = 3
FRONT = "---\nid: sample\ntitle: 样例\nversion: 1.0.0\neffective: 2026-01-01\n---\n### 第一条 档案\n\n"
FIELDS = {
    "额度": ("amount", "整数"),
    "面积": ("area", "数字(2)"),
    "年限": ("years", "整数"),
    "生日": ("born", "日期"),
    "入会日": ("joined", "日期"),
    "类别": ("kind", "选项(个人, 单位, 其他)"),
    "会员": ("member", "是否"),
    "老客户": ("returning", "是否"),
}


def text() -> str:
    """The policy, always the same."""
    chance = random.Random(25)
    fields = [f"| {label} | {code} | {kind} | 交易 |" for label, (code, kind) in FIELDS.items()]
    record = [":::档案 客户 (customer)", "显示: 姓名", "", "| 字段 | 代码 | 类型 | 信息类别 |", "|---|---|---|---|"]
    record += ["| 姓名 | name | 文本(60) | 身份 |", *fields, ":::", ""]
    head = [":::判定 等级 (grade_table)", "对象: 客户", "命中: 首条", "信息类别: 交易", ""]
    columns = [f"| {' | '.join(FIELDS)} | → 等级 (grade) |", "|---" * (len(FIELDS) + 1) + "|"]
    rows = [f"| {' | '.join(_cells(chance))} | {number} |" for number in range(ROWS - 1)]
    last = f"| {' | '.join('-' for _ in FIELDS)} | {ROWS} |"
    return FRONT + "\n".join([*record, *head, *columns, *rows, last, ":::", ""])


def _cells(chance: random.Random) -> list[str]:
    low, size, years = chance.randrange(100_000), chance.randrange(30_000), chance.randrange(50)
    born, joined = (date(1950, 1, 1) + timedelta(days=chance.randrange(20_000)) for _ in range(2))
    return [
        f"[{low}..{low + chance.randrange(1, 9_000)})",
        f">= {size / 100:.2f}",
        chance.choice(("-", f"> {years}", f"[{years}..{years + 5}]")),
        chance.choice(("-", f'< date("{born}")')),
        chance.choice(("-", f'>= date("{joined}")')),
        chance.choice(("-", '"个人"', 'not("其他")')),
        chance.choice(("-", "true", "false")),
        chance.choice(("-", "true")),
    ]


def read(source: str) -> Model:
    """The linked model. Ends the benchmark when the table has an error."""
    findings = Findings()
    model = link([PackSource("sample", {"policy.md": source})], findings)
    if model is None:
        sys.exit("\n".join(found.message("en") for found in findings.all()))
    return model


def analyse(model: Model) -> Findings:
    """Every check."""
    findings = Findings()
    subject = Subject(model, findings)
    for check in CHECKS:
        check(subject)
    return findings


def best(function: Callable[[], object]) -> float:
    """The best time of several rounds, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        function()
        times.append(perf_counter() - start)
    return min(times)


def main() -> int:
    """Measure and print; the exit code says whether the table was analysed to its end."""
    source = text()
    parsing = best(lambda: parse_document("sample/policy.md", source, Findings()))
    linking = best(lambda: read(source))
    model = read(source)
    found = [each.id for each in analyse(model).all()]
    analysing = best(lambda: analyse(model))
    print(f"{ROWS:,} rows, {len(FIELDS)} columns; {found.count('K4003')} rows are never reached")
    print(f"  parsing the Markdown      {parsing * 1e3:8.1f} ms   1.00")
    print(f"  linking (names and types) {linking * 1e3:8.1f} ms   {linking / parsing:.2f}")
    print(f"  analysing                 {analysing * 1e3:8.1f} ms   {analysing / parsing:.2f}")
    return 1 if "K4012" in found else 0


if __name__ == "__main__":
    sys.exit(main())
