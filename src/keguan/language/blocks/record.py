"""档案 record: a kind of record with its fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.archive_marks import read_named_figure, read_timely, read_weight
from keguan.language.blocks.block import (
    YES_NO,
    Column,
    HeaderLine,
    Kind,
    keyword,
    read_headers,
    read_lines,
    split_list,
)
from keguan.language.blocks.field_type import FieldType, read_field_type
from keguan.language.model.model import Cadence

if TYPE_CHECKING:
    from keguan.language.blocks.archive_marks import NamedFigure, TimelyWritten
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block, Written
    from keguan.language.source import Span

CADENCES = {
    "每日": Cadence.DAY,
    "每周": Cadence.WEEK,
    "每月": Cadence.MONTH,
    "每季度": Cadence.QUARTER,
    "每半年": Cadence.HALF_YEAR,
    "每年": Cadence.YEAR,
    "daily": Cadence.DAY,
    "weekly": Cadence.WEEK,
    "monthly": Cadence.MONTH,
    "quarterly": Cadence.QUARTER,
    "half-yearly": Cadence.HALF_YEAR,
    "yearly": Cadence.YEAR,
}
SECRECY = {"一般": False, "敏感": True, "ordinary": False, "sensitive": True}

RECORD = Kind(
    "record",
    "档案",
    "record",
    "一种档案和它的字段；发布后成为一张表。",
    headers=(
        HeaderLine("extends", "扩充", "extends", "是：在另一制度包声明的档案上增加字段"),
        HeaderLine("title", "显示", "title", "用哪个字段称呼一条档案（新档案必写）"),
        HeaderLine("duplicates", "查重", "duplicates", "其中任何一个字段相同即视为重复"),
        HeaderLine("search", "检索", "search", "搜索框查找的字段"),
        HeaderLine("columns", "列表", "columns", "列表默认显示的字段、口径和判定结果"),
        HeaderLine(
            "cadence",
            "期次",
            "period",
            "每日、每周、每月、每季度、每半年或每年一份，由系统按引用它的档案的日期生成；"
            "须有 period_start 和 period_end 两个日期字段",
        ),
        HeaderLine("timeline", "时间线", "timeline", "按哪个日期字段进入所引用档案的时间线"),
        HeaderLine("menu", "菜单", "menu", "是：在侧边菜单里有入口"),
        HeaderLine("english", "英文", "english", "档案的英文名称"),
        HeaderLine(
            "completeness",
            "完整度",
            "completeness",
            "算出的完整度叫什么，如 完整度 (completeness)；逗号之后可写信息类别，省略时同“显示”的字段",
        ),
        HeaderLine(
            "timely", "及时录入", "timely", "发生之后多久要录入，如 接触时间 起 1工作日；迟了的由系统记为“迟录”"
        ),
        HeaderLine("verified", "核实", "verified", "哪个日期字段记着最后一次核实；没有变化时一键记当日"),
    ),
    columns=(
        Column("label", "字段", "field", "名称，表达式里用它", required=True, filled=True),
        Column("code", "代码", "code", "列名、接口里的名称", required=True, filled=True),
        Column("english", "英文", "english", "英文名称"),
        Column("type", "类型", "type", "文本(40)、整数、金额、选项(甲, 乙)、引用(客户)……", required=True, filled=True),
        Column("required", "必填", "required", "是、空，或一个条件"),
        Column("class", "信息类别", "class", "谁可以看，由角色的“可见信息”决定", required=True, filled=True),
        Column("secrecy", "密级", "secrecy", "一般或敏感；敏感的加密保存、遮盖显示；空着时按类别里的密级，否则为一般"),
        Column("note", "说明", "note", "填写时的提示"),
        Column(
            "counts",
            "完整",
            "counts",
            "在完整度里占几份：空着时，必填的占一份；是为一份（不填也能存），2为两份，否为不算；写一个条件，为合条件时占一份",
        ),
    ),
    status="enforced",
)


@dataclass(frozen=True, slots=True)
class FieldDeclaration:
    """One row of a record block."""

    label: Written
    code: Written
    english: str
    type: FieldType
    required: Written
    information_class: Written
    sensitive: bool | None  # None: as its class says
    note: str
    span: Span
    weight: int | Written | None = None


@dataclass(frozen=True, slots=True)
class RecordDeclaration:
    """A record block."""

    block: Block
    english: str
    extends: bool
    title: Written | None
    duplicates: tuple[Written, ...]
    search: tuple[Written, ...]
    columns: tuple[Written, ...]
    cadence: Cadence | None
    timeline: Written | None
    menu: bool | None
    headers: dict[str, Written]
    fields: tuple[FieldDeclaration, ...]
    completeness: NamedFigure | None = None
    timely: TimelyWritten | None = None


def read_record(block: Block, findings: Findings) -> RecordDeclaration:
    """Read a record block."""
    headers = read_headers(RECORD, block, findings)
    fields = []
    for line in read_lines(RECORD, block, findings):
        type_ = read_field_type(line["type"], findings, files=True) if line["type"].text else None
        secrecy = line["secrecy"]
        sensitive = bool(keyword(secrecy, SECRECY, "密级", findings)) if secrecy.text else None
        if type_ is None or not line["label"].text or not line["code"].text:
            continue
        fields.append(
            FieldDeclaration(
                line["label"],
                line["code"],
                line["english"].text,
                type_,
                line["required"],
                line["class"],
                sensitive,
                line["note"].text,
                line.span,
                read_weight(line["counts"], findings),
            )
        )
    return _declaration(block, headers, tuple(fields), findings)


def _declaration(
    block: Block, headers: dict[str, Written], fields: tuple[FieldDeclaration, ...], findings: Findings
) -> RecordDeclaration:
    def names(key: str) -> tuple[Written, ...]:
        return split_list(headers[key]) if key in headers else ()

    def yes(key: str, zh: str) -> bool | None:
        return keyword(headers[key], YES_NO, zh, findings) if key in headers else None

    cadence = keyword(headers["cadence"], CADENCES, "期次", findings) if "cadence" in headers else None
    english = headers["english"].text if "english" in headers else ""
    return RecordDeclaration(
        block=block,
        english=english,
        extends=bool(yes("extends", "扩充")),
        title=headers.get("title"),
        duplicates=names("duplicates"),
        search=names("search"),
        columns=names("columns"),
        cadence=cadence,
        timeline=headers.get("timeline"),
        menu=yes("menu", "菜单"),
        headers=headers,
        fields=fields,
        completeness=read_named_figure(headers["completeness"], findings) if "completeness" in headers else None,
        timely=read_timely(headers["timely"], findings) if "timely" in headers else None,
    )
