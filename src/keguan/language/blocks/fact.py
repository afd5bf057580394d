"""口径 fact: named derived values of one record type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import Column, HeaderLine, Kind, read_headers, read_lines
from keguan.language.blocks.field_type import FieldType, read_field_type

if TYPE_CHECKING:
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block, Written
    from keguan.language.source import Span

FACT = Kind(
    "fact",
    "口径",
    "fact",
    "由档案和它的下属档案算出的值，有名称、类型和信息类别；数据一变就重算。",
    headers=(HeaderLine("of", "对象", "of", "是哪一种档案的口径", required=True),),
    columns=(
        Column("label", "口径", "fact", "名称", required=True, filled=True),
        Column("code", "代码", "code", "代码", required=True, filled=True),
        Column("english", "英文", "english", "英文名称"),
        Column("type", "类型", "type", "金额、整数、是否、日期……", required=True, filled=True),
        Column("class", "信息类别", "class", "谁可以看", required=True, filled=True),
        Column("formula", "算法", "formula", "FEEL 表达式", required=True, filled=True),
    ),
    status="enforced",
)


@dataclass(frozen=True, slots=True)
class FactLine:
    """One row: a fact."""

    label: Written
    code: Written
    english: str
    type: FieldType
    information_class: Written
    formula: Written
    span: Span


@dataclass(frozen=True, slots=True)
class FactDeclaration:
    """A fact block."""

    block: Block
    of: Written
    lines: tuple[FactLine, ...]


def read_fact(block: Block, findings: Findings) -> FactDeclaration | None:
    """Read a fact block; None when it does not say of which record type it is."""
    headers = read_headers(FACT, block, findings)
    lines = []
    for line in read_lines(FACT, block, findings):
        type_ = read_field_type(line["type"], findings) if line["type"].text else None
        if type_ is None or not all(line[key].text for key in ("label", "code", "formula")):
            continue
        english = line["english"].text
        lines.append(FactLine(line["label"], line["code"], english, type_, line["class"], line["formula"], line.span))
    return FactDeclaration(block, headers["of"], tuple(lines)) if "of" in headers else None
