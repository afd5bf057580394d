"""分配 allocation: a pool of records, who gets them and in which shares."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import Column, HeaderLine, Kind, keyword, read_headers, read_lines, split_list
from keguan.language.blocks.timing import read_frequency
from keguan.language.diagnostics.catalogue import allocations as entries
from keguan.language.markdown.document import Written
from keguan.language.model.allocation import Method, ShareOf

if TYPE_CHECKING:
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block
    from keguan.language.model.timing import Frequency
    from keguan.language.source import Span

METHODS = {
    "均分": Method.EQUAL,
    "最大余额": Method.EQUAL,
    "轮流": Method.ROUND_ROBIN,
    "按得分": Method.BY_SCORE,
    "equal": Method.EQUAL,
    "round_robin": Method.ROUND_ROBIN,
    "by_score": Method.BY_SCORE,
}
SHARES_OF = {
    "类别": ShareOf.KINDS,
    "对象": ShareOf.RECIPIENTS,
    "kinds": ShareOf.KINDS,
    "recipients": ShareOf.RECIPIENTS,
}

ALLOCATION = Kind(
    "allocation",
    "分配",
    "allocation",
    "把一批档案按份额分给人：分什么、分给谁、怎样算、谁不参加。总数一件不多、一件不少。",
    headers=(
        HeaderLine("of", "对象", "of", "分配哪一种档案", required=True),
        HeaderLine("pool", "条件", "pool", "其中哪些可以分（条件）；省略时全部"),
        HeaderLine("to", "分给", "to", "分给谁：一个角色，或一种档案（如 规划师）", required=True),
        HeaderLine("method", "方法", "method", "均分（最大余额）、轮流或按得分", required=True),
        HeaderLine("score", "依据", "score", "按得分时，用接受者的哪一个得分"),
        HeaderLine("excluded", "排除", "excluded", "哪些接受者不参加（条件）"),
        HeaderLine("capacity", "容量", "capacity", "一个接受者最多持有多少（表达式）"),
        HeaderLine("match", "匹配", "match", "档案的哪个字段须与接受者的哪个字段相同：地区 = 负责地区"),
        HeaderLine("frequency", "频次", "frequency", "多久分一次，如 每月"),
        HeaderLine("share_of", "份额按", "share_of", "类别：各行是档案的类别（省略时）；对象：各行是接受者的组"),
    ),
    columns=(
        Column("name", "名称", "name", "这一行叫什么", required=True, filled=True),
        Column("condition", "条件", "condition", "哪些档案（或接受者）属于这一行；只有一行可以写“-”，为其余"),
        Column("share", "份额", "share", "占多少：30%，或一个参数；合计 100%", required=True, filled=True),
        Column("order", "排序", "order", "同一类里谁先分：由大到小（表达式）"),
        Column("most", "上限", "most", "一个接受者在这一行最多得多少"),
    ),
)

_MATCH = re.compile(r"(?P<record>[^=＝]+?)\s*[=＝]\s*(?P<recipient>[^=＝]+)")


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One row as written."""

    number: int
    name: Written
    condition: Written
    share: Written
    order: Written
    most: Written
    span: Span


@dataclass(frozen=True, slots=True)
class AllocationDeclaration:
    """An allocation block. ``matches``: (field of the record, field of the recipient)."""

    block: Block
    of: Written
    pool: Written | None
    to: Written
    method: Method
    method_span: Span
    score: Written | None
    excluded: Written | None
    capacity: Written | None
    matches: tuple[tuple[Written, Written], ...]
    frequency: Frequency | None
    share_of: ShareOf
    lines: tuple[ShareLine, ...]


def read_allocation(block: Block, findings: Findings) -> AllocationDeclaration | None:
    """Read an allocation block; None when what is missing leaves nothing to link."""
    headers = read_headers(ALLOCATION, block, findings)
    lines = tuple(
        ShareLine(number, line["name"], line["condition"], line["share"], line["order"], line["most"], line.span)
        for number, line in enumerate(read_lines(ALLOCATION, block, findings), 1)
        if line["name"].text and line["share"].text
    )
    method = keyword(headers["method"], METHODS, "方法", findings) if "method" in headers else None
    share_of: ShareOf | None = ShareOf.KINDS
    if "share_of" in headers:
        share_of = keyword(headers["share_of"], SHARES_OF, "份额按", findings)
    frequency = read_frequency(headers["frequency"], findings) if "frequency" in headers else None
    matches = _matches(headers["match"], findings) if "match" in headers else ()
    if method is None or share_of is None or not lines or not {"of", "to"} <= headers.keys():
        return None
    return AllocationDeclaration(
        block=block,
        of=headers["of"],
        pool=headers.get("pool"),
        to=headers["to"],
        method=method,
        method_span=headers["method"].span,
        score=headers.get("score"),
        excluded=headers.get("excluded"),
        capacity=headers.get("capacity"),
        matches=matches,
        frequency=frequency,
        share_of=share_of,
        lines=lines,
    )


def _matches(written: Written, findings: Findings) -> tuple[tuple[Written, Written], ...]:
    found = []
    for each in split_list(written):
        pair = _MATCH.fullmatch(each.text)
        if pair is None:
            findings.add(entries.MATCH_FORM, each.span, value=each.text)
            continue
        sides = []
        for group in ("record", "recipient"):
            start, end = pair.span(group)
            sides.append(Written(pair.group(group), each.span.within(start, end - start)))
        found.append((sides[0], sides[1]))
    return tuple(found)
