"""保存 retention: how long something is kept, and what then becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import YES_NO, Column, HeaderLine, Kind, keyword, read_headers, read_lines
from keguan.language.blocks.timing import read_length
from keguan.language.diagnostics.catalogue import retentions as entries
from keguan.language.model.retention import Disposal, Start, calendar_length

if TYPE_CHECKING:
    from keguan.language.blocks.block import Line
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block, Written
    from keguan.language.model.timing import Length
    from keguan.language.source import Span

STARTS = {
    "建档": Start.CREATED,
    "最后修改": Start.UPDATED,
    "created": Start.CREATED,
    "updated": Start.UPDATED,
}
DISPOSALS = {
    "销毁": Disposal.DESTROY,
    "只存": Disposal.STORE_ONLY,
    "归档": Disposal.ARCHIVE,
    "destroy": Disposal.DESTROY,
    "store_only": Disposal.STORE_ONLY,
    "archive": Disposal.ARCHIVE,
}
FOR_GOOD = frozenset({"永久", "长期", "permanent", "for good"})

RETENTION = Kind(
    "retention",
    "保存",
    "retention",
    "档案或其中一类信息保存多久、从什么时候起算、到期怎样处理；几条都适用的，以最晚到期的为准。",
    headers=(
        HeaderLine("of", "对象", "of", "保存的是哪一种档案", required=True),
        HeaderLine("approval", "审批", "approval", "到期处理由哪个流程审批；省略时为准予销毁的流程"),
    ),
    columns=(
        Column("information_class", "信息类别", "class", "只管哪一类信息；“全部”或空着为整份档案"),
        Column("condition", "条件", "condition", "只管满足条件的档案（表达式）"),
        Column(
            "start",
            "起算",
            "start",
            "建档、最后修改，或一个日期字段、口径（如 合同终止日）",
            required=True,
            filled=True,
        ),
        Column("length", "期限", "length", "按年、季度、月、周、天算，如 5年、6个月；永久", required=True, filled=True),
        Column("disposal", "到期", "disposal", "销毁、只存或归档", required=True, filled=True),
        Column("hold", "暂缓", "hold", "满足时先不处理（表达式），如 有诉讼"),
        Column("reference", "依据", "reference", "法规或制度的哪一条", required=True, filled=True),
        Column("two_persons", "双人", "two_persons", "处理时须两人在场：是或否"),
    ),
    status="enforced",
)


@dataclass(frozen=True, slots=True)
class TermLine:
    """One row as written. ``length`` is None for what is kept for good."""

    number: int
    information_class: Written
    condition: Written
    start: Written
    length: Length | None
    length_text: str
    disposal: Disposal
    disposal_span: Span
    hold: Written
    reference: str
    two_persons: bool
    span: Span


@dataclass(frozen=True, slots=True)
class RetentionDeclaration:
    """A retention block."""

    block: Block
    of: Written
    approval: Written | None
    lines: tuple[TermLine, ...]


def read_retention(block: Block, findings: Findings) -> RetentionDeclaration | None:
    """Read a retention block; None when it does not say of which record type it is."""
    headers = read_headers(RETENTION, block, findings)
    read = [
        _term(number, line, findings)
        for number, line in enumerate(read_lines(RETENTION, block, findings), 1)
        if all(line[key].text for key in ("start", "length", "disposal"))
    ]
    lines = tuple(line for line in read if line is not None)
    if "of" not in headers or not lines:
        return None
    return RetentionDeclaration(block, headers["of"], headers.get("approval"), lines)


def _term(number: int, line: Line, findings: Findings) -> TermLine | None:
    written = line["length"]
    length = None if written.text.lower() in FOR_GOOD else read_length(written, findings)
    if length is not None and calendar_length(length) is None:
        findings.add(entries.NOT_IN_DAYS, written.span, value=written.text)
        length = None
    disposal = keyword(line["disposal"], DISPOSALS, "到期", findings)
    two = line["two_persons"]
    two_persons = False
    if two.text not in ("", "-"):
        # ``keyword`` cannot tell an unknown word from a known one that means False.
        found = keyword(two, {word: (meaning,) for word, meaning in YES_NO.items()}, "双人", findings)
        two_persons = found is not None and found[0]
    if disposal is None or (length is None and written.text.lower() not in FOR_GOOD):
        return None
    return TermLine(
        number=number,
        information_class=line["information_class"],
        condition=line["condition"],
        start=line["start"],
        length=length,
        length_text=written.text,
        disposal=disposal,
        disposal_span=line["disposal"].span,
        hold=line["hold"],
        reference=line["reference"].text,
        two_persons=two_persons,
        span=line.span,
    )
