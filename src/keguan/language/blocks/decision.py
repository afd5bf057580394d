"""判定 decision: a decision table over one record type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import HeaderLine, Kind, keyword, read_headers, read_table, whole_rows
from keguan.language.blocks.field_type import FieldType, read_field_type
from keguan.language.diagnostics.catalogue import document, tables
from keguan.language.markdown.document import Written
from keguan.language.model.model import HitPolicy

if TYPE_CHECKING:
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block, Row, Table
    from keguan.language.model.model import ClauseRef
    from keguan.language.source import Span

HITS = {
    "首条": HitPolicy.FIRST,
    "唯一": HitPolicy.UNIQUE,
    "任一": HitPolicy.ANY,
    "优先": HitPolicy.PRIORITY,
    "累加": HitPolicy.COLLECT_SUM,
    "取小": HitPolicy.COLLECT_MIN,
    "取大": HitPolicy.COLLECT_MAX,
    "计数": HitPolicy.COLLECT_COUNT,
    "汇集": HitPolicy.COLLECT,
    "按行汇集": HitPolicy.RULE_ORDER,
    "按序汇集": HitPolicy.OUTPUT_ORDER,
    "first": HitPolicy.FIRST,
    "unique": HitPolicy.UNIQUE,
    "any": HitPolicy.ANY,
    "priority": HitPolicy.PRIORITY,
    "collect_sum": HitPolicy.COLLECT_SUM,
    "collect_min": HitPolicy.COLLECT_MIN,
    "collect_max": HitPolicy.COLLECT_MAX,
    "collect_count": HitPolicy.COLLECT_COUNT,
    "collect": HitPolicy.COLLECT,
    "rule_order": HitPolicy.RULE_ORDER,
    "output_order": HitPolicy.OUTPUT_ORDER,
    "F": HitPolicy.FIRST,
    "U": HitPolicy.UNIQUE,
    "A": HitPolicy.ANY,
    "P": HitPolicy.PRIORITY,
    "C+": HitPolicy.COLLECT_SUM,
    "C<": HitPolicy.COLLECT_MIN,
    "C>": HitPolicy.COLLECT_MAX,
    "C#": HitPolicy.COLLECT_COUNT,
    "C": HitPolicy.COLLECT,
    "R": HitPolicy.RULE_ORDER,
    "O": HitPolicy.OUTPUT_ORDER,
}
"""How a decision hits, in Chinese, in English and by DMN's letter."""

DECISION = Kind(
    "decision",
    "判定",
    "decision",
    "一张判定表：左边各列是条件（标题是表达式，格里是 FEEL 单元测试），标题以“→”开头的列是结果。"
    "写了“例外于”的，是另一个判定的例外：它的各行先于原判定的各行。",
    headers=(
        HeaderLine("of", "对象", "of", "判定哪一种档案；例外可以不写", required=True),
        HeaderLine(
            "hit",
            "命中",
            "hit",
            "首条（由上而下取先满足者）、唯一（只许一行满足）、任一（满足的各行结果须相同）、"
            "优先（满足的各行中取选项里排在最前的结果）、累加、取小、取大、计数（满足的各行合成一个数）、"
            "汇集、按行汇集、按序汇集（满足的各行的文字用“、”连成一串，如“甲、乙”，按序汇集照选项的次序）；例外可以不写",
            required=True,
        ),
        HeaderLine("class", "信息类别", "class", "结果属于哪一类信息；例外可以不写", required=True),
        HeaderLine(
            "exception_to", "例外于", "exception_to", "是哪一个判定的例外：写判定的名称、代码或所在条款（第八条）"
        ),
        HeaderLine("english", "英文", "english", "判定的英文名称"),
    ),
    status="enforced",
)

_INHERITED = ("of", "hit", "class")
"""What an exception takes over from the decision that it is an exception to."""

_OUTPUT = re.compile(
    r"(?:→|->)\s*(?P<label>[^(（]+?)\s*[(（]\s*(?P<code>[^,，()（）]+?)\s*(?:[,，]\s*(?P<type>.+?)\s*)?[)）]"
)


@dataclass(frozen=True, slots=True)
class OutputHeading:
    """A result column's heading; ``type`` is None when it is left to the results."""

    label: Written
    code: Written
    type: FieldType | None
    span: Span


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One row of the table: its input cells and its result cells, and its number from 1.

    Of a row that an exception lays over a decision, ``row`` is its number in the exception's own table and ``clause``
    the exception's; ``weight`` is what a scorecard multiplies the results by.
    """

    number: int
    inputs: tuple[Written, ...]
    results: tuple[Written, ...]
    span: Span
    row: int = 0
    clause: ClauseRef | None = None
    weight: Written | None = None


@dataclass(frozen=True, slots=True)
class DecisionDeclaration:
    """A decision block."""

    block: Block
    english: str
    of: Written
    hit: HitPolicy
    information_class: Written
    inputs: tuple[Written, ...]
    outputs: tuple[OutputHeading, ...]
    rules: tuple[RuleLine, ...]
    declared_hit: HitPolicy | None = None  # what the author wrote, when exceptions made it ``first``
    scores: bool = False  # made from a scorecard: its results may read what is no input column


@dataclass(frozen=True, slots=True)
class ExceptionDeclaration:
    """A decision block that is an exception to another. What it does not say again is None."""

    block: Block
    over: Written
    of: Written | None
    hit: Written | None
    information_class: Written | None
    inputs: tuple[Written, ...]
    outputs: tuple[OutputHeading, ...]
    rules: tuple[RuleLine, ...]


def read_decision(block: Block, findings: Findings) -> DecisionDeclaration | ExceptionDeclaration | None:
    """Read a decision block; None when what is missing leaves nothing to link."""
    exception = any(header.key.text.lower() in ("例外于", "exception_to") for header in block.headers)
    headers = read_headers(DECISION, block, findings, spared=_INHERITED if exception else ())
    table = read_table(block, findings)
    hit = keyword(headers["hit"], HITS, "命中", findings) if "hit" in headers else None
    if table is None:
        return None
    outputs = _outputs(table, findings)
    if not outputs:
        findings.add(tables.OUTPUT_MISSING, table.headings.span, label=block.label.text)
        return None
    rules = _rules(table, findings)
    if None in outputs.values():
        return None
    inputs = tuple(cell for index, cell in enumerate(table.headings.cells) if index not in outputs)
    results = tuple(output for output in outputs.values() if output is not None)
    if exception:
        return ExceptionDeclaration(
            block=block,
            over=headers["exception_to"],
            of=headers.get("of"),
            hit=headers.get("hit"),
            information_class=headers.get("class"),
            inputs=inputs,
            outputs=results,
            rules=rules,
        )
    if hit is None or not {"of", "class"} <= headers.keys():
        return None
    return DecisionDeclaration(
        block=block,
        english=headers["english"].text if "english" in headers else "",
        of=headers["of"],
        hit=hit,
        information_class=headers["class"],
        inputs=inputs,
        outputs=results,
        rules=rules,
    )


def _is_output(heading: Written) -> bool:
    return heading.text.startswith(("→", "->"))


def _outputs(table: Table, findings: Findings) -> dict[int, OutputHeading | None]:
    """Result headings by column number; None for one that cannot be read."""
    outputs: dict[int, OutputHeading | None] = {}
    for index, heading in enumerate(table.headings.cells):
        if not heading.text:
            findings.add(document.CELL_EMPTY, heading.span, column=str(index + 1), column_en=str(index + 1))
        if _is_output(heading):
            outputs[index] = _output(heading, findings)
    return outputs


def _output(heading: Written, findings: Findings) -> OutputHeading | None:
    found = _OUTPUT.fullmatch(heading.text)
    if found is None:
        findings.add(tables.OUTPUT_HEADING, heading.span)
        return None

    def part(group: str) -> Written:
        start, end = found.span(group)
        return Written(found.group(group), heading.span.within(start, end - start))

    type_ = None
    if found.group("type"):
        type_ = read_field_type(part("type"), findings)
        if type_ is None:
            return None
    return OutputHeading(part("label"), part("code"), type_, heading.span)


def _rules(table: Table, findings: Findings) -> tuple[RuleLine, ...]:
    numbers = {row.span: number for number, row in enumerate(table.rows, 1)}
    return tuple(_rule(numbers[row.span], row, table, findings) for row in whole_rows(table, findings))


def _rule(number: int, row: Row, table: Table, findings: Findings) -> RuleLine:
    inputs: list[Written] = []
    results: list[Written] = []
    for heading, cell in zip(table.headings.cells, row.cells, strict=True):
        if not cell.text:
            findings.add(document.CELL_EMPTY, cell.span, column=heading.text, column_en=heading.text)
        (results if _is_output(heading) else inputs).append(cell)
    return RuleLine(number, tuple(inputs), tuple(results), row.span)
