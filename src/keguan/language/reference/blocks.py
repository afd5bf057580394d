"""A page per kind of block: its lines, its columns, both keywords of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks import KINDS
from keguan.language.blocks.decision import HITS
from keguan.language.blocks.field_type import TYPE_NAMES
from keguan.language.blocks.record import CADENCES, RECORD
from keguan.language.blocks.role import ROLE, SCOPES
from keguan.language.model.operations import OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from keguan.language.blocks.block import Kind


def block_pages() -> dict[str, str]:
    """Each kind's page by its path, and their table of contents."""
    pages = {f"blocks/{kind.code}.md": _page(kind) for kind in KINDS}
    listed = [f"- [{kind.zh} {kind.en}]({kind.code}.md)：{kind.meaning}" for kind in KINDS]
    pages["blocks/README.md"] = "\n".join(["# 声明 Blocks", "", *listed])
    return pages


def _page(kind: Kind) -> str:
    lines = [f"# {kind.zh} `{kind.en}`", "", kind.meaning, ""]
    lines += _form(kind)
    if kind.headers:
        rows = [(line.zh, line.en, "必写" if line.required else "", line.meaning) for line in kind.headers]
        lines += ["", "## 首行之下", "", *_table(("中文", "英文", "", "含义"), rows)]
    if kind.columns:
        rows = [(each.zh, each.en, "必有" if each.required else "", each.meaning) for each in kind.columns]
        lines += ["", "## 各列", "", *_table(("中文", "英文", "", "含义"), rows)]
    lines += _words(kind)
    return "\n".join(lines)


def _form(kind: Kind) -> list[str]:
    body = ["（YAML）"] if not kind.columns and kind.code == "scenario" else []
    if kind.columns:
        body = [f"| {' | '.join(each.zh for each in kind.columns if each.required)} |"]
    if kind.code == "decision":
        body = ["| 条件 | 条件 | → 结果 (result) |"]
    code = "" if kind.code == "scenario" else " (code)"
    headers = [f"{line.zh}: …" for line in kind.headers if line.required]
    return ["```", f":::{kind.zh} 名称{code}", *headers, "", *body, ":::", "```"]


def _words(kind: Kind) -> list[str]:
    if kind is RECORD:
        rows = [(zh, en) for zh, en in TYPE_NAMES.values()]
        lines = ["", "## 类型", "", *_table(("中文", "英文"), rows), "", "## 期次", ""]
        return [*lines, *_pairs(CADENCES)]
    if kind is ROLE:
        operations = [(zh, code, en) for code, (zh, en) in OPERATIONS.items()]
        lines = ["", "## 范围", "", *_pairs(SCOPES), "", "## 可办事项", ""]
        return [*lines, *_table(("中文", "代码", "英文"), operations)]
    if kind.code == "decision":
        return ["", "## 命中", "", *_pairs(HITS)]
    return []


def _pairs(words: Mapping[str, object]) -> list[str]:
    """Words that mean the same, in one row."""
    meanings: dict[object, list[str]] = {}
    for word, meaning in words.items():
        meanings.setdefault(meaning, []).append(word)
    rows = [
        ("、".join(word for word in same if not word.isascii()), ", ".join(word for word in same if word.isascii()))
        for same in meanings.values()
    ]
    return _table(("中文", "英文"), rows)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (headings, ["---"] * len(headings), *rows)]
