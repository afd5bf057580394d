"""参数 parameter: named figures with dated values and where each is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import YES_NO, Column, HeaderLine, Kind, keyword, read_headers, read_lines
from keguan.language.blocks.field_type import FieldType, read_field_type
from keguan.language.diagnostics.catalogue import parameters as entries
from keguan.language.feel.types import MONTH_DURATION
from keguan.language.model.model import FieldKind

if TYPE_CHECKING:
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block, Written

PARAMETER = Kind(
    "parameter",
    "参数",
    "parameter",
    "制度里的数字，各有起始日和依据；算法里写名称，不写数字。同一参数换值时再加一行。"
    "写了“修订: 是”的，是把新值盖在所用制度包的参数上："
    "从起到止（含止当日）用新值，此后仍用原来的值；不写止的一直用下去。",
    headers=(HeaderLine("reform", "修订", "reform", "是：各行修订已有的参数，而不是声明新的"),),
    columns=(
        Column("label", "参数", "parameter", "名称", required=True, filled=True),
        Column("code", "代码", "code", "代码", required=True, filled=True),
        Column("english", "英文", "english", "英文名称"),
        Column("type", "类型", "type", "省略时由值推断；一段时间是时长（天、小时）或月数（月、年）"),
        Column("value", "值", "value", "800万、15%、2、是、2026-01-01、3天、6个月", required=True, filled=True),
        Column("since", "起", "since", "从哪一天起", required=True, filled=True),
        Column("until", "止", "until", "修订到哪一天为止（含当日）；只在修订里写"),
        Column("reference", "依据", "reference", "这个数字写在哪里", required=True, filled=True),
    ),
    status="enforced",
)

MONTHS = frozenset({"月数", "months"})


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
    until: Written


@dataclass(frozen=True, slots=True)
class ParameterDeclaration:
    """A parameter block."""

    block: Block
    lines: tuple[ParameterLine, ...]
    reform: bool = False


def read_parameter(block: Block, findings: Findings) -> ParameterDeclaration:
    """Read a parameter block."""
    headers = read_headers(PARAMETER, block, findings)
    reform = "reform" in headers and keyword(headers["reform"], YES_NO, "修订", findings) is True
    lines = []
    for line in read_lines(PARAMETER, block, findings):
        type_ = _type(line["type"], findings) if line["type"].text else None
        if not all(line[key].text for key in ("label", "code", "value", "since")):
            continue
        if line["until"].text and not reform:
            findings.add(entries.UNTIL_ORDINARY, line["until"].span, label=line["label"].text)
        lines.append(
            ParameterLine(
                label=line["label"],
                code=line["code"],
                english=line["english"].text,
                type=type_,
                value=line["value"],
                since=line["since"],
                reference=line["reference"].text,
                until=line["until"],
            )
        )
    return ParameterDeclaration(block, tuple(lines), reform)


def _type(written: Written, findings: Findings) -> FieldType | None:
    """A field's type, or months, which no field is but a figure can be; None after a diagnostic."""
    if written.text.strip().lower() in MONTHS:
        return FieldType(FieldKind.DURATION, MONTH_DURATION, written)
    return read_field_type(written, findings)
