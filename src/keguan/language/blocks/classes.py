"""类别 classes: the kinds of information, with their levels of protection and who answers for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import YES_NO, Column, HeaderLine, Kind, keyword, read_headers, read_lines, split_list
from keguan.language.blocks.record import SECRECY
from keguan.language.markdown.document import Written
from keguan.language.model.classes import Display

if TYPE_CHECKING:
    from keguan.language.blocks.block import Line
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block
    from keguan.language.source import Span

DISPLAYS = {
    "原样": Display.AS_GRANTED,
    "遮盖": Display.MASKED,
    "从不": Display.NEVER,
    "as granted": Display.AS_GRANTED,
    "masked": Display.MASKED,
    "never": Display.NEVER,
}
_NOTHING = ("", "-")
_LEVEL = re.compile(r"[^<＜]+")

CLASSES = Kind(
    "classes",
    "类别",
    "classes",
    "有哪几类信息、各是什么保护级别、归谁负责、用来做什么；档案的信息类别都在这里声明。",
    headers=(HeaderLine("levels", "级别", "levels", "保护级别，从低到高，如 C1 < C2 < C3", required=True),),
    columns=(
        Column("label", "信息类别", "class", "档案和角色里用的名称", required=True, filled=True),
        Column("code", "代码", "code", "代码", required=True, filled=True),
        Column("english", "英文", "english", "英文名称"),
        Column("level", "保护级别", "level", "“级别”里的一个", required=True, filled=True),
        Column("secrecy", "密级", "secrecy", "这一类字段没有写密级时算一般还是敏感；省略时为一般"),
        Column("display", "显示", "display", "原样（按权限）、遮盖（对谁都遮盖）或从不（原文也不显示）；省略时原样"),
        Column("traced", "查看留痕", "views noted", "是：打开有这一类信息的档案要记账，每人每份每天一条；省略时不记"),
        Column("responsible", "责任部门", "responsible", "对这一类信息负责的部门或岗位"),
        Column("purposes", "用途", "purposes", "可以用来做什么，用逗号分开"),
        Column("note", "说明", "note", "说明"),
    ),
    status="enforced",
)


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One row: an information class as written."""

    label: Written
    code: Written
    english: str
    level: Written
    sensitive: bool
    display: Display
    traced: bool
    responsible: str
    purposes: tuple[str, ...]
    note: str
    span: Span


@dataclass(frozen=True, slots=True)
class ClassesDeclaration:
    """A classes block; ``levels`` from the lowest to the highest."""

    block: Block
    levels: tuple[Written, ...]
    lines: tuple[ClassLine, ...]


def read_classes(block: Block, findings: Findings) -> ClassesDeclaration | None:
    """Read a classes block; None when it does not say which levels there are."""
    headers = read_headers(CLASSES, block, findings)
    lines = tuple(
        _line(line, findings)
        for line in read_lines(CLASSES, block, findings)
        if all(line[key].text for key in ("label", "code", "level"))
    )
    return ClassesDeclaration(block, _levels(headers["levels"]), lines) if "levels" in headers else None


def _levels(written: Written) -> tuple[Written, ...]:
    found = []
    for part in _LEVEL.finditer(written.text):
        text = part.group().strip()
        if text:
            start = part.start() + part.group().index(text)
            found.append(Written(text, written.span.within(start, len(text))))
    return tuple(found)


def _traced(line: Line, findings: Findings) -> bool:
    written = line["traced"]
    if written.text in _NOTHING:
        return False
    found = keyword(written, {word: (meaning,) for word, meaning in YES_NO.items()}, "查看留痕", findings)
    return found is not None and found[0]


def _line(line: Line, findings: Findings) -> ClassLine:
    secrecy, display = line["secrecy"], line["display"]
    sensitive, shown = False, Display.AS_GRANTED
    if secrecy.text not in _NOTHING:
        # ``keyword`` cannot tell an unknown word from a known one that means False.
        found = keyword(secrecy, {word: (meaning,) for word, meaning in SECRECY.items()}, "密级", findings)
        sensitive = found is not None and found[0]
    if display.text not in _NOTHING:
        shown = keyword(display, DISPLAYS, "显示", findings) or Display.AS_GRANTED
    return ClassLine(
        label=line["label"],
        code=line["code"],
        english=line["english"].text,
        level=line["level"],
        sensitive=sensitive,
        display=shown,
        traced=_traced(line, findings),
        responsible="" if line["responsible"].text in _NOTHING else line["responsible"].text,
        purposes=tuple(each.text for each in split_list(line["purposes"]) if each.text != "-"),
        note=line["note"].text,
        span=line.span,
    )
