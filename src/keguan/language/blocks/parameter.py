"""参数 parameter: named figures with dated values and where each is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import Column, Kind, read_headers, read_lines
from keguan.language.blocks.field_type import FieldType, read_field_type

if TYPE_CHECKING:
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block, Written

PARAMETER = Kind(
    "parameter",
    "参数",
    "parameter",
    "制度里的数字，各有起始日和依据；算法里写名称，不写数字。同一参数换值时再加一行。",
    columns=(
        Column("label", "参数", "parameter", "名称", required=True, filled=True),
        Column("code", "代码", "code", "代码", required=True, filled=True),
        Column("english", "英文", "english", "英文名称"),
        Column("type", "类型", "type", "省略时由值推断"),
        Column("value", "值", "value", "800万、15%、2、是、2026-01-01", required=True, filled=True),
        Column("since", "起", "since", "从哪一天起", required=True, filled=True),
        Column("reference", "依据", "reference", "这个数字写在哪里", required=True, filled=True),
    ),
)


@dataclass(frozen=True, slots=True)
class ParameterLine:
    """One row: a parameter's value from a day on."""

    label: Written
    code: Written
    english: str
    type: FieldType | None
    value: Written
    since: Written
    reference: str


@dataclass(frozen=True, slots=True)
class ParameterDeclaration:
    """A parameter block."""

    block: Block
    lines: tuple[ParameterLine, ...]


def read_parameter(block: Block, findings: Findings) -> ParameterDeclaration:
    """Read a parameter block."""
    read_headers(PARAMETER, block, findings)
    lines = []
    for line in read_lines(PARAMETER, block, findings):
        type_ = read_field_type(line["type"], findings) if line["type"].text else None
        if not all(line[key].text for key in ("label", "code", "value", "since")):
            continue
        english, reference = line["english"].text, line["reference"].text
        lines.append(
            ParameterLine(line["label"], line["code"], english, type_, line["value"], line["since"], reference)
        )
    return ParameterDeclaration(block, tuple(lines))
