"""The tables of what is met, read from their files and written as pages."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
STATES = {"yes": "有测试", "doc": "有文档", "design": "由设计保证", "no": "未做到", "none": "不适用"}

ASVS = """# OWASP ASVS 5.0 第二级

逐条对照 [OWASP ASVS](https://github.com/OWASP/ASVS) 5.0.0 的第一级和第二级（共{total}条），编号是它的，说法是我们的。由
`KEGUAN_ACCEPT=1 pytest tests/security/asvs` 生成；列出的测试不在了，测试就失败。“由设计保证”是没有单独的测试；
“未做到”写明差在哪里。这是自查，不是认证。

{counts}
"""
DENGBAO = """# 等级保护第三级：应用部分

对照 GB/T 22239-2019 第三级里与应用有关的条目（安全计算环境 8.1.4、安全管理中心 8.1.5），说法是我们的。
机房、网络、主机和制度不在这里。由 `KEGUAN_ACCEPT=1 pytest tests/security/asvs` 生成；列出的测试不在了，
测试就失败。标准没有写数字，密码长度、更换天数、失败次数和时限按测评惯例，见
[登录和密码](../howto/sign-in-and-passwords.md)。这是自查，不是测评结论。

{counts}
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a table."""

    number: str
    kind: str
    words: str
    state: str
    evidence: str

    @property
    def tests(self) -> tuple[str, ...]:
        """The tests that show it, each with its file."""
        found: list[str] = []
        for named in self.evidence.split(", ") if self.state == "yes" else ():
            file, _sep, test = named.partition("::")
            found.append(f"{file or found[-1].partition('::')[0]}::{test}")
        return tuple(found)


@cache
def items(name: str) -> tuple[Item, ...]:
    """The lines of a file."""
    lines = (HERE / name).read_text("utf-8").splitlines()
    return tuple(Item(*line.split(" | ")) for line in lines if line and not line.startswith("#"))


@cache
def names_in(file: str) -> frozenset[str]:
    """The names of the tests that a file defines; none where there is no such file."""
    path = ROOT / file
    if not path.exists():
        return frozenset()
    return frozenset(
        node.name
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def page(name: str, opening: str, kind: str) -> str:
    """A file as a page."""
    found = items(name)
    counted = Counter(item.state for item in found)
    counts = "；".join(f"{label} {counted[state]} 条" for state, label in STATES.items() if counted[state])
    rows = [f"| 编号 | {kind} | 内容 | 状态 | 依据 |", "|---|---|---|---|---|"]
    rows += [f"| {i.number} | {i.kind} | {i.words} | {STATES[i.state]} | {_evidence(i)} |" for i in found]
    return opening.format(total=len(found), counts=f"{counts}。") + "\n" + "\n".join(rows) + "\n"


def _evidence(item: Item) -> str:
    if item.state == "yes":
        return "<br>".join(f"`{test}`" for test in item.tests)
    if item.state == "doc":
        target = item.evidence.removeprefix("docs/")
        target = target.removeprefix("reference/") if target.startswith("reference/") else f"../{target}"
        return f"[{item.evidence}]({target})"
    return item.evidence
