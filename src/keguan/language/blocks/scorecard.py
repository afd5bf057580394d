"""评分 scorecard: points per item, added up, and bands that make a grade of the score."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import Column, HeaderLine, Kind, read_headers, read_lines, split_list
from keguan.language.blocks.field_type import FieldType, read_field_type
from keguan.language.diagnostics.catalogue import scorecards as entries
from keguan.language.markdown.document import Written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.blocks.block import Line
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block
    from keguan.language.source import Span

SCORECARD = Kind(
    "scorecard",
    "评分",
    "scorecard",
    "一张评分表：满足一行加（减）一行的分，合计成得分，再按分段定等。得分以评分的名称和代码为名。",
    headers=(
        HeaderLine("of", "对象", "of", "给哪一种档案评分", required=True),
        HeaderLine("class", "信息类别", "class", "得分和等级属于哪一类信息", required=True),
        HeaderLine("type", "类型", "type", "得分的类型，如 整数、数字(1)；省略时由分值推断"),
        HeaderLine("base", "起分", "base", "不论条件先给的分；没有起分而一行也不满足的，得分为空"),
        HeaderLine("most", "封顶", "most", "得分最高是多少：一个数或参数"),
        HeaderLine("least", "保底", "least", "得分最低是多少：一个数或参数"),
        HeaderLine("grade", "定等", "grade", "按得分定出的等级，写成：信用等级 (credit_grade)"),
        HeaderLine("bands", "分档", "bands", "由高到低的分数线，如：>= 85 A, >= 70 B, 其余 C"),
        HeaderLine("veto", "否决", "veto", "满足就不看得分，如：营业执照 != true → D"),
        HeaderLine("english", "英文", "english", "评分的英文名称"),
    ),
    columns=(
        Column("item", "项目", "item", "看什么：字段、口径或表达式", required=True, filled=True),
        Column("test", "条件", "test", "满足什么才计这一行：FEEL 单元测试，不限时写“-”", required=True, filled=True),
        Column("also", "且", "also", "还要满足的另一个条件（表达式）"),
        Column(
            "points",
            "得分",
            "points",
            "加多少分，减分写负数；可以是算式，如 -5 * 不良记录数",
            required=True,
            filled=True,
        ),
        Column("weight", "权重", "weight", "各项目的权重，合计 100%；同一项目只写在第一行"),
    ),
    status="enforced",
)

_NAMED = re.compile(r"(?P<label>[^(（]+?)\s*[(（]\s*(?P<code>[^()（）]+?)\s*[)）]")
_BAND = re.compile(r"(?P<test>.+?)\s+(?P<outcome>[^\s]+)")
_BARE_RANGE = re.compile(r"[^\[\]()]+\.\.[^\[\]()]+")
_VETO = re.compile(r"(?P<test>.+?)\s*(?:→|->)\s*(?P<outcome>.+)")
_OTHERWISE = frozenset({"其余", "其他", "otherwise", "else"})


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One row: the points for an item that meets its test. ``weight`` is that of the item, wherever it was written."""

    number: int
    item: Written
    test: Written
    also: Written
    points: Written
    weight: Written | None
    span: Span


@dataclass(frozen=True, slots=True)
class Band:
    """A test of the score (``-``: everything else) and the grade it gives."""

    test: Written
    outcome: Written


@dataclass(frozen=True, slots=True)
class Grading:
    """The grade made of the score: its name, and the bands from the top; ``veto`` comes before them."""

    label: Written
    code: Written
    bands: tuple[Band, ...]
    veto: Band | None


@dataclass(frozen=True, slots=True)
class ScorecardDeclaration:
    """A scorecard block."""

    block: Block
    english: str
    of: Written
    information_class: Written
    type: FieldType | None
    base: Written | None
    most: Written | None
    least: Written | None
    grading: Grading | None
    lines: tuple[ScoreLine, ...]
    weighted: bool


def read_scorecard(block: Block, findings: Findings) -> ScorecardDeclaration | None:
    """Read a scorecard block; None when what is missing leaves nothing to link."""
    headers = read_headers(SCORECARD, block, findings)
    lines = read_lines(SCORECARD, block, findings)
    whole = [line for line in lines if all(line[key].text for key in ("item", "test", "points"))]
    type_ = read_field_type(headers["type"], findings) if "type" in headers else None
    grading = _grading(block, headers, findings)
    if not whole or not {"of", "class"} <= headers.keys():
        return None
    return ScorecardDeclaration(
        block=block,
        english=headers["english"].text if "english" in headers else "",
        of=headers["of"],
        information_class=headers["class"],
        type=type_,
        base=headers.get("base"),
        most=headers.get("most"),
        least=headers.get("least"),
        grading=grading,
        lines=_weighed(whole, lines, findings),
        weighted=any(line["weight"].text for line in whole),
    )


def _weighed(lines: list[Line], every: list[Line], findings: Findings) -> tuple[ScoreLine, ...]:
    weights: dict[str, Written] = {}
    weighted = any(line["weight"].text for line in lines)
    made = []
    for line in lines:
        item, weight = line["item"], line["weight"]
        known = weights.get(item.text)
        if weight.text and known is not None and known.text != weight.text:
            findings.add(entries.WEIGHT_TWICE, weight.span, item=item.text, first=known.text, second=weight.text)
        elif weight.text and known is None:
            weights[item.text] = weight
        elif weighted and known is None:
            findings.add(entries.WEIGHT_MISSING, item.span, item=item.text)
        number = every.index(line) + 1
        made.append(
            ScoreLine(number, item, line["test"], line["also"], line["points"], weights.get(item.text), line.span)
        )
    return tuple(made)


def _grading(block: Block, headers: Mapping[str, Written], findings: Findings) -> Grading | None:
    name, bands = headers.get("grade"), headers.get("bands")
    if name is None and bands is None:
        if "veto" in headers:
            findings.add(entries.GRADE_WITHOUT_BANDS, headers["veto"].span)
        return None
    if name is None or bands is None:
        findings.add(entries.GRADE_WITHOUT_BANDS, (name or bands or block.kind).span)
        return None
    found = _NAMED.fullmatch(name.text)
    if found is None:
        findings.add(entries.GRADE_NAME, name.span, value=name.text)
        return None
    read = [_band(each, findings) for each in split_list(bands)]
    veto = _veto(headers["veto"], findings) if "veto" in headers else None
    known = tuple(band for band in read if band is not None)
    if len(known) < len(read) or not known or (veto is None and "veto" in headers):
        return None
    return Grading(_part(name, found, "label"), _part(name, found, "code"), known, veto)


def _part(written: Written, found: re.Match[str], group: str) -> Written:
    start, end = found.span(group)
    return Written(found.group(group), written.span.within(start, end - start))


def _band(written: Written, findings: Findings) -> Band | None:
    found = _BAND.fullmatch(written.text)
    if found is None:
        findings.add(entries.BAND_FORM, written.span, value=written.text)
        return None
    test, outcome = _part(written, found, "test"), _part(written, found, "outcome")
    if test.text in _OTHERWISE:
        test = Written("-", test.span)
    elif _BARE_RANGE.fullmatch(test.text):
        test = Written(f"[{test.text}]", test.span)
    return Band(test, _quoted(outcome))


def _veto(written: Written, findings: Findings) -> Band | None:
    found = _VETO.fullmatch(written.text)
    if found is None:
        findings.add(entries.VETO_FORM, written.span, value=written.text)
        return None
    return Band(_part(written, found, "test"), _quoted(_part(written, found, "outcome")))


def _quoted(outcome: Written) -> Written:
    """A grade is a text, with or without quotation marks."""
    bare = outcome.text.strip('"“”')
    return Written(f'"{bare}"', outcome.span)
