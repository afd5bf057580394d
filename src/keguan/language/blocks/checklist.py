"""检查 checklist: what is looked at item by item, and when that is good enough."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import YES_NO, Column, HeaderLine, Kind, keyword, read_headers, read_lines
from keguan.language.diagnostics.catalogue import checklists as entries
from keguan.language.model.checklist import POINTS_SCALE, Bar, Mode
from keguan.language.model.values import read_number, scaled

if TYPE_CHECKING:
    from keguan.language.blocks.block import Line
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block, Written
    from keguan.language.source import Span

MODES = {
    "系统": Mode.SYSTEM,
    "人工": Mode.PERSON,
    "抽查": Mode.SAMPLE,
    "system": Mode.SYSTEM,
    "person": Mode.PERSON,
    "sample": Mode.SAMPLE,
}
_EVERY = frozenset({"全部", "all"})
_BAR = re.compile(r"(?:>=|≥|不低于|at least)?\s*(?P<least>[0-9.]+)\s*(?P<unit>分|%|％|points?)", re.IGNORECASE)
_SHARE_SCALE = 4

CHECKLIST = Kind(
    "checklist",
    "检查",
    "checklist",
    "逐项核对的清单：每项的标准、由系统判断还是由人判断、怎样算合格。",
    headers=(
        HeaderLine("of", "对象", "of", "检查哪一种档案", required=True),
        HeaderLine("pass", "合格", "pass", "全部、>= 90分 或 >= 90%（占总分，不计分时占项数）；省略时为全部"),
        HeaderLine("sample", "抽查比例", "sample", "方式为抽查的项目抽多少档案，如 10%"),
        HeaderLine("class", "信息类别", "class", "谁可以看检查结果；省略时与档案的称呼字段相同"),
        HeaderLine("english", "英文", "english", "检查的英文名称"),
    ),
    columns=(
        Column("label", "项目", "item", "名称", required=True, filled=True),
        Column("code", "代码", "code", "代码", required=True, filled=True),
        Column("english", "英文", "english", "英文名称"),
        Column("standard", "标准", "standard", "怎样算做到", required=True, filled=True),
        Column("mode", "方式", "mode", "系统、人工或抽查；空着时，写了条件的为系统，没写的为人工"),
        Column("condition", "条件", "condition", "由系统判断的项目：成立即做到"),
        Column("points", "分值", "points", "做到得多少分"),
        Column("veto", "否决", "veto", "是：这一项没做到，整个检查就不合格"),
    ),
    status="monitored",
)


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One row: an item."""

    label: Written
    code: Written
    english: str
    standard: str
    mode: Mode
    condition: Written | None
    points: int | None
    veto: bool
    span: Span


@dataclass(frozen=True, slots=True)
class ChecklistDeclaration:
    """A checklist block."""

    block: Block
    english: str
    of: Written
    bar: Bar
    least: int
    sample: int | None
    information_class: str
    items: tuple[ItemLine, ...]


def read_checklist(block: Block, findings: Findings) -> ChecklistDeclaration | None:
    """Read a checklist block; None when it does not say what is checked or has no items."""
    headers = read_headers(CHECKLIST, block, findings)
    read = [_item(line, findings) for line in read_lines(CHECKLIST, block, findings)]
    items = tuple(item for item in read if item is not None)
    bar, least = _bar(headers["pass"], findings) if "pass" in headers else (Bar.ALL, 0)
    sample = _share(headers["sample"], findings) if "sample" in headers else None
    if any(item.mode is Mode.SAMPLE for item in items) and "sample" not in headers:
        findings.add(entries.SAMPLE_MISSING, block.kind.span, label=block.label.text)
    if bar is Bar.POINTS and not any(item.points for item in items):
        findings.add(entries.POINTS_MISSING, headers["pass"].span, label=block.label.text)
    if "of" not in headers or not items:
        return None
    class_ = headers["class"].text if "class" in headers else ""
    english = headers["english"].text if "english" in headers else ""
    return ChecklistDeclaration(block, english, headers["of"], bar, least, sample, class_, items)


def _bar(written: Written, findings: Findings) -> tuple[Bar, int]:
    if written.text.lower() in _EVERY:
        return Bar.ALL, 0
    found = _BAR.fullmatch(written.text)
    least, unit = (found.group("least"), found.group("unit")) if found else ("", "")
    try:
        if unit in ("%", "％"):
            return Bar.SHARE, _fraction(f"{least}%")
        return Bar.POINTS, scaled(read_number(least), POINTS_SCALE)
    except ValueError:
        findings.add(entries.PASS_FORM, written.span, value=written.text)
        return Bar.ALL, 0


def _share(written: Written, findings: Findings) -> int | None:
    try:
        return _fraction(written.text)
    except ValueError:
        findings.add(entries.SAMPLE_FORM, written.span, value=written.text)
        return None


def _fraction(text: str) -> int:
    """A share above nothing, in basis points. Raises ``ValueError``."""
    share = scaled(read_number(text), _SHARE_SCALE)
    if not 0 < share <= 10**_SHARE_SCALE:
        raise ValueError(text)
    return share


def _item(line: Line, findings: Findings) -> ItemLine | None:
    condition = line["condition"] if line["condition"].text else None
    mode = keyword(line["mode"], MODES, "方式", findings) if line["mode"].text else None
    if mode is None:
        mode = Mode.SYSTEM if condition is not None else Mode.PERSON
    if mode is Mode.SYSTEM and condition is None:
        findings.add(entries.CONDITION_MISSING, line["mode"].span, label=line["label"].text)
    if mode is not Mode.SYSTEM and condition is not None:
        findings.add(entries.CONDITION_NOT_READ, condition.span, label=line["label"].text)
    points = _points(line["points"], findings) if line["points"].text else None
    veto = keyword(line["veto"], YES_NO, "否决", findings) if line["veto"].text else False
    if not line["label"].text or not line["code"].text:
        return None
    standard, english = line["standard"].text, line["english"].text
    return ItemLine(line["label"], line["code"], english, standard, mode, condition, points, bool(veto), line.span)


def _points(written: Written, findings: Findings) -> int | None:
    try:
        points = scaled(read_number(written.text.removesuffix("分")), POINTS_SCALE)
    except ValueError:
        points = -1
    if points < 0:
        findings.add(entries.POINTS_FORM, written.span, value=written.text)
        return None
    return points
