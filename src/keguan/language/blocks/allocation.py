"""分配 allocation: a pool of records, who gets them and in which shares, or who may claim them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import Column, HeaderLine, Kind, keyword, read_headers, read_lines, split_list
from keguan.language.blocks.timing import read_frequency, read_length
from keguan.language.diagnostics.catalogue import allocations as entries
from keguan.language.markdown.document import Written
from keguan.language.model.allocation import Method, ShareOf
from keguan.language.model.retention import calendar_length

if TYPE_CHECKING:
    from keguan.language.blocks.block import Line
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block
    from keguan.language.model.timing import Frequency, Length
    from keguan.language.source import Span

METHODS = {
    "均分": Method.EQUAL,
    "最大余额": Method.EQUAL,
    "轮流": Method.ROUND_ROBIN,
    "按得分": Method.BY_SCORE,
    "认领": Method.CLAIM,
    "equal": Method.EQUAL,
    "round_robin": Method.ROUND_ROBIN,
    "by_score": Method.BY_SCORE,
    "claim": Method.CLAIM,
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
    "把一批档案按份额分给人，总数一件不多、一件不少；或者放在公海里由人认领，久不跟进的收回。",
    headers=(
        HeaderLine("of", "对象", "of", "分配哪一种档案", required=True),
        HeaderLine("pool", "条件", "pool", "其中哪些可以分（条件）；省略时全部"),
        HeaderLine("to", "分给", "to", "分给谁：一个角色，或一种档案（如 规划师）", required=True),
        HeaderLine("method", "方法", "method", "均分（最大余额）、轮流、按得分或认领", required=True),
        HeaderLine("score", "依据", "score", "按得分时，用接受者的哪一个得分"),
        HeaderLine("excluded", "排除", "excluded", "哪些接受者不参加（条件）"),
        HeaderLine("person", "本人", "person", "接受者档案里写着是谁的人员字段；省略时为那份档案的负责人"),
        HeaderLine("capacity", "容量", "capacity", "一个接受者最多持有多少份这种档案（表达式）"),
        HeaderLine("match", "匹配", "match", "档案的哪个字段须与接受者的哪个字段相同：地区 = 负责地区"),
        HeaderLine(
            "frequency", "频次", "frequency", "多久分一次，如 每月；认领的，一个人至多认领几次，如 每天至多10次"
        ),
        HeaderLine("share_of", "份额按", "share_of", "类别：各行是档案的类别（省略时）；对象：各行是接受者的组"),
        HeaderLine("approval", "审批", "approval", "由哪个流程批准；省略时由办理分配的人自己确认"),
        HeaderLine("recipient_in", "接受者记入", "recipient_in", "分到以后，接受者记在档案的哪个引用（或人员）字段"),
        HeaderLine("date_in", "日期记入", "date_in", "分到的日子记在档案的哪个日期字段"),
        HeaderLine("times_in", "次数记入", "times_in", "分出去过几次记在档案的哪个整数字段"),
        HeaderLine(
            "hidden", "认领前隐藏", "hidden", "没有负责人的档案，不让人看的信息类别或字段；办理分配的岗位不受限制"
        ),
        HeaderLine("cooling", "冷却", "cooling", "放回或收回以后，原来的人多久不能再认领，如 30天"),
        HeaderLine("followed", "跟进日", "followed", "最近一次跟进的日期字段或口径；回收从它起算"),
        HeaderLine("warn", "提醒", "warn", "收回以前多久提醒负责人，如 7天"),
    ),
    columns=(
        Column("name", "名称", "name", "这一行叫什么", required=True, filled=True),
        Column("condition", "条件", "condition", "哪些档案（或接受者）属于这一行；只有一行可以写“-”，为其余"),
        Column("share", "份额", "share", "占多少：30%，或一个参数；合计 100%。认领的不写，其余必写"),
        Column("order", "排序", "order", "同一类里谁先分：由大到小（表达式）"),
        Column("most", "上限", "most", "一个接受者在这一行最多得多少"),
        Column("recycle", "回收", "recycle", "认领以后多久没有跟进就收回，如 90天"),
    ),
    status="enforced",
)

ONLY_CLAIMED = ("hidden", "cooling", "followed", "warn")
ONLY_SHARED = ("score", "share_of", "approval")
"""Header lines that say something for one way only."""

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
    recycle: Length | None
    recycle_span: Span
    span: Span


@dataclass(frozen=True, slots=True)
class AllocationDeclaration:
    """An allocation block. ``matches``: (field of the record, field of the recipient). ``noted`` are the fields to
    write into by what is written: ``recipient_in``, ``date_in``, ``times_in``.
    """

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
    person: Written | None
    approval: Written | None
    noted: dict[str, Written]
    hidden: tuple[Written, ...]
    cooling: Length | None
    followed: Written | None
    warn: Length | None
    lines: tuple[ShareLine, ...]


def read_allocation(block: Block, findings: Findings) -> AllocationDeclaration | None:
    """Read an allocation block; None when what is missing leaves nothing to link."""
    headers = read_headers(ALLOCATION, block, findings)
    method = keyword(headers["method"], METHODS, "方法", findings) if "method" in headers else None
    rows = [line for line in read_lines(ALLOCATION, block, findings) if line["name"].text]
    lines = tuple(_line(number, line, method, findings) for number, line in enumerate(rows, 1))
    share_of: ShareOf | None = ShareOf.KINDS
    if "share_of" in headers:
        share_of = keyword(headers["share_of"], SHARES_OF, "份额按", findings)
    frequency = read_frequency(headers["frequency"], findings) if "frequency" in headers else None
    matches = _matches(headers["match"], findings) if "match" in headers else ()
    if method is None or share_of is None or not lines or not {"of", "to"} <= headers.keys():
        return None
    _unfit(headers, method, findings)
    if any(line.recycle is not None for line in lines) and "followed" not in headers:
        findings.add(entries.FOLLOWED_MISSING, block.kind.span, label=block.label.text)
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
        person=headers.get("person"),
        approval=headers.get("approval"),
        noted={key: headers[key] for key in ("recipient_in", "date_in", "times_in") if key in headers},
        hidden=tuple(split_list(headers["hidden"])) if "hidden" in headers else (),
        cooling=_days(headers.get("cooling"), findings),
        followed=headers.get("followed"),
        warn=_days(headers.get("warn"), findings),
        lines=lines,
    )


def _line(number: int, line: Line, method: Method | None, findings: Findings) -> ShareLine:
    claimed = method is Method.CLAIM
    if not claimed and line["share"].text in ("", "-"):
        findings.add(entries.SHARE_MISSING, line["name"].span, name=line["name"].text)
    for key in ("share", "order") if claimed else ("recycle",):
        if line[key].text not in ("", "-"):
            findings.add(entries.NOT_THIS_METHOD, line[key].span, **_words(key))
    recycle = None if line["recycle"].text in ("", "-") else _days(line["recycle"], findings)
    return ShareLine(
        number=number,
        name=line["name"],
        condition=line["condition"],
        share=line["share"],
        order=line["order"],
        most=line["most"],
        recycle=recycle if claimed else None,
        recycle_span=line["recycle"].span,
        span=line.span,
    )


def _unfit(headers: dict[str, Written], method: Method, findings: Findings) -> None:
    """Lines that say nothing for this way of giving records away."""
    for key in ONLY_SHARED if method is Method.CLAIM else ONLY_CLAIMED:
        if key in headers:
            findings.add(entries.NOT_THIS_METHOD, headers[key].span, **_words(key))


def _words(key: str) -> dict[str, str]:
    known: tuple[HeaderLine | Column, ...] = (*ALLOCATION.headers, *ALLOCATION.columns)
    word = next(each for each in known if each.key == key)
    return {"key": word.zh, "key_en": word.en}


def _days(written: Written | None, findings: Findings) -> Length | None:
    """A length in whole days of the calendar; None after a diagnostic."""
    length = None if written is None else read_length(written, findings)
    if length is not None and written is not None and calendar_length(length) is None:
        findings.add(entries.NOT_IN_DAYS, written.span, value=written.text)
        return None
    return length


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
