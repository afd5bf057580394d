"""A form as a survey: its header lines, and what a question measures (量度)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import HeaderLine, keyword, split_list
from keguan.language.blocks.timing import read_length
from keguan.language.diagnostics.catalogue import surveys as entries
from keguan.language.model.survey import Measure, Scale, Way

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Written
    from keguan.language.model.timing import Length

HEADERS = (
    HeaderLine(
        "survey",
        "发放",
        "sent",
        "本表单是满意度调查：什么时候向客户发出。办结 流程、办结 流程.步骤、办结 职责、新建，或“当 条件”",
    ),
    HeaderLine("applies", "适用", "applies", "调查只问满足这个条件的档案；省略为全部"),
    HeaderLine("delay", "延后", "delay", "调查在那之后多久发出，如 3天；省略为立即"),
    HeaderLine("addresses", "发给", "sent to", "客户的手机号或邮箱字段，如 客户.手机；前一个空着时用后一个"),
    HeaderLine("ways", "方式", "ways", "怎样问客户：链接、二维码、短信、邮件、回访，用逗号分开；省略为 链接, 二维码"),
    HeaderLine("valid", "有效", "valid", "调查链接多久之内可以答；省略为 30天"),
    HeaderLine("throttle", "间隔", "at most every", "同一位客户多久之内最多问一次，不论哪份调查；省略为 90天"),
    HeaderLine("callers", "回访角色", "called back by", "由哪些角色回访；省略时能修改该档案的人都可以，经办人除外"),
)
SURVEY_KEYS = tuple(line.key for line in HEADERS)
WAYS = {
    "链接": Way.LINK, "link": Way.LINK,
    "二维码": Way.QR, "qr": Way.QR,
    "短信": Way.SMS, "sms": Way.SMS,
    "邮件": Way.EMAIL, "email": Way.EMAIL,
    "回访": Way.CALL, "call back": Way.CALL,
}  # fmt: skip
DONE = frozenset({"办结", "done"})
CREATED = frozenset({"新建", "created"})
WHEN = frozenset({"当", "when"})
_MEASURES = {
    "满意度": Measure.SATISFACTION, "csat": Measure.SATISFACTION,
    "推荐度": Measure.RECOMMENDATION, "nps": Measure.RECOMMENDATION,
    "费力度": Measure.EFFORT, "ces": Measure.EFFORT,
}  # fmt: skip
_SCALES = {Measure.SATISFACTION: (1, 5), Measure.RECOMMENDATION: (0, 10), Measure.EFFORT: (1, 7)}
_WORDS = re.compile(r"(?P<word>[^()（）]+?)\s*(?:[(（](?P<inside>[^()（）]*)[)）])?")
_RANGE = re.compile(r"(\d{1,2})\s*(?:-|至|到|~)\s*(\d{1,2})")
_FROM = re.compile(r"(\d{1,2})\s*起|from\s+(\d{1,2})", re.IGNORECASE)
_HIGHEST = 10
_PROMOTER = 9
_QUARTER = 4


@dataclass(frozen=True, slots=True)
class SurveyWritten:
    """The header lines of a survey, read but with no name looked up."""

    occasion: Written
    applies: Written | None
    delay: Length | None
    addresses: tuple[Written, ...]
    ways: tuple[tuple[Way, Written], ...]
    valid: Length | None
    throttle: Length | None
    callers: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class MeasureWritten:
    """A cell of 量度. ``options`` are the good options of a choice; ``scale`` None: the measure's usual one."""

    measure: Measure
    written: Written
    scale: tuple[int, int] | None
    top: int | None
    options: tuple[str, ...]


def read_survey(headers: Mapping[str, Written], findings: Findings) -> SurveyWritten | None:
    """The lines of a survey; None for a form that is none. Lines that say nothing without 发放 are reported."""
    if "survey" not in headers:
        for line in HEADERS:
            if line.key in headers:
                findings.add(entries.LINE_ALONE, headers[line.key].span, key=line.zh, key_en=line.en)
        return None
    lengths = {key: read_length(headers[key], findings) for key in ("delay", "valid", "throttle") if key in headers}
    ways: list[tuple[Way, Written]] = []
    for each in split_list(headers["ways"]) if "ways" in headers else ():
        way = keyword(each, WAYS, "方式", findings)
        if way is not None and way not in [known for known, _ in ways]:
            ways.append((way, each))
    return SurveyWritten(
        headers["survey"],
        headers.get("applies"),
        lengths.get("delay"),
        split_list(headers["addresses"]) if "addresses" in headers else (),
        tuple(ways),
        lengths.get("valid"),
        lengths.get("throttle"),
        split_list(headers["callers"]) if "callers" in headers else (),
    )


def read_measure(written: Written, findings: Findings) -> MeasureWritten | None:
    """What a question measures: 满意度, 满意度(1-5, 4起), 满意度(满意, 基本满意), 推荐度, 费力度(1-7); None after a
    diagnostic.
    """
    found = _WORDS.fullmatch(written.text)
    measure = _MEASURES.get(found["word"].strip().lower()) if found else None
    if found is None or measure is None:
        findings.add(entries.MEASURE, written.span, value=written.text)
        return None
    scale, top, options = None, None, []
    for part in re.split("[,，、]", found["inside"] or ""):
        text = part.strip()
        if span := _RANGE.fullmatch(text):
            scale = (int(span[1]), int(span[2]))
        elif lowest := _FROM.fullmatch(text):
            top = int(lowest[1] or lowest[2])
        elif text:
            options.append(text)
    return MeasureWritten(measure, written, scale, top, tuple(options))


def scale_of(read: MeasureWritten, findings: Findings) -> Scale | None:
    """The scale of a question that is answered by a whole number; None after a diagnostic."""
    usual = _SCALES[read.measure]
    low, high = read.scale or usual
    top = read.top if read.top is not None else high - (high - low) // _QUARTER
    fixed = read.measure is Measure.RECOMMENDATION and (low, high) != usual
    odd = read.top is not None and read.measure is not Measure.SATISFACTION
    if read.options or fixed or odd or not low < top <= high <= _HIGHEST:
        findings.add(entries.SCALE, read.written.span, value=read.written.text)
        return None
    return Scale(read.measure, low, high, _PROMOTER if read.measure is Measure.RECOMMENDATION else top)
