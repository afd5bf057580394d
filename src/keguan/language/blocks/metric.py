"""指标 metric: figures over the whole base, with the target each has to meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import Column, HeaderLine, Kind, read_headers, read_lines, split_list
from keguan.language.blocks.field_type import read_field_type
from keguan.language.blocks.timing import read_frequency

if TYPE_CHECKING:
    from keguan.language.blocks.block import Line
    from keguan.language.blocks.field_type import FieldType
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block, Written
    from keguan.language.model.timing import Frequency
    from keguan.language.source import Span

METRIC = Kind(
    "metric",
    "指标",
    "metric",
    "对全部档案算出来的数，和它要达到的目标。",
    headers=(
        HeaderLine("english", "英文", "english", "英文名称"),
        HeaderLine("class", "信息类别", "class", "指标属于哪一类信息"),
        HeaderLine(
            "group",
            "分组",
            "group",
            "另按什么分开算，每一组都要达标：选项、是否、人员、引用字段，判定的结果，“记录负责人”或“部门”",
        ),
    ),
    columns=(
        Column("label", "指标", "metric", "名称", required=True, filled=True),
        Column("code", "代码", "code", "代码；省略时由声明的代码加行号"),
        Column("english", "英文", "english", "英文名称"),
        Column("type", "类型", "type", "百分比、金额、整数、数字(2)；省略时目标写了%的为百分比，其余为数字"),
        Column(
            "formula",
            "口径",
            "formula",
            '对全部档案的算法，如 count(客户[等级 = "A"]) / count(客户)；可用 期初 和 期末',
            required=True,
            filled=True,
        ),
        Column("target", "目标", "target", "= 100%、>= 95%、<= 3、[80%..90%]；“-”为不设目标", required=True),
        Column("warning", "预警", "warning", "没有达标但尚可的范围，如 >= 90%"),
        Column(
            "period", "周期", "period", "每月、每季度、每年；要限定出数日期的写每月5日前", required=True, filled=True
        ),
        Column("group", "分组", "group", "这一项按什么分开算；省略时照首行之下的“分组”，“-”为不分"),
        Column("responsible", "责任角色", "responsible", "谁对它负责"),
    ),
    status="monitored",
)


@dataclass(frozen=True, slots=True)
class MetricLine:
    """One row: a figure."""

    label: Written
    code: Written
    english: str
    type: FieldType | None
    formula: Written
    target: Written
    warning: Written
    period: Frequency
    group: Written | None
    responsible: tuple[Written, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class MetricDeclaration:
    """A metric block."""

    block: Block
    english: str
    information_class: str
    lines: tuple[MetricLine, ...]


def read_metric(block: Block, findings: Findings) -> MetricDeclaration | None:
    """Read a metric block."""
    headers = read_headers(METRIC, block, findings)
    lines = [_line(line, headers.get("group"), findings) for line in read_lines(METRIC, block, findings)]
    english, class_ = (headers[key].text if key in headers else "" for key in ("english", "class"))
    return MetricDeclaration(block, english, class_, tuple(line for line in lines if line is not None))


def _line(line: Line, group: Written | None, findings: Findings) -> MetricLine | None:
    period = read_frequency(line["period"], findings) if line["period"].text else None
    type_ = read_field_type(line["type"], findings) if line["type"].text else None
    if period is None or not line["label"].text or not line["formula"].text or (line["type"].text and type_ is None):
        return None
    return MetricLine(
        line["label"],
        line["code"],
        line["english"].text,
        type_,
        line["formula"],
        line["target"],
        line["warning"],
        period,
        _group(line["group"], group),
        split_list(line["responsible"]),
        line.span,
    )


def _group(own: Written, common: Written | None) -> Written | None:
    """What a figure is grouped by: what its row says, else what stands below the first line."""
    if own.text:
        return None if own.text == "-" else own
    return common
