"""表单 form: what is filled in at a step of a process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import Column, HeaderLine, Kind, keyword, read_headers, read_lines
from keguan.language.blocks.field_type import FieldType, read_field_type
from keguan.language.blocks.record import SECRECY
from keguan.language.blocks.survey import HEADERS as SURVEY_HEADERS
from keguan.language.blocks.survey import MeasureWritten, SurveyWritten, read_measure, read_survey

if TYPE_CHECKING:
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block, Written
    from keguan.language.source import Span

FORM = Kind(
    "form",
    "表单",
    "form",
    "流程的某一步填的表：有哪些字段，哪些从档案带出，哪些写回档案，哪个字段的结论决定去向。"
    "写明“发放”的表单是满意度调查，由客户填。",
    headers=(
        HeaderLine("of", "对象", "of", "关于哪一种档案", required=True),
        HeaderLine("outcome", "结论", "outcome", "哪个选项字段决定案件的去向；它的每个选项都要有去向"),
        HeaderLine("class", "信息类别", "class", "没有另写信息类别的字段属于哪一类"),
        HeaderLine("english", "英文", "english", "表单的英文名称"),
        *SURVEY_HEADERS,
    ),
    columns=(
        Column("label", "字段", "field", "名称，表达式里用它", required=True, filled=True),
        Column("code", "代码", "code", "代码", required=True, filled=True),
        Column("english", "英文", "english", "英文名称"),
        Column("type", "类型", "type", "与档案的字段相同：文本(40)、金额、选项(甲, 乙)……", required=True, filled=True),
        Column("required", "必填", "required", "是、空，或一个条件"),
        Column("source", "取自", "from", "打开时用档案的哪个字段、口径或判定结果预先填好"),
        Column("target", "存入", "into", "提交时写回档案的哪个字段；人员可以写“负责人”：档案移交给这个人"),
        Column("class", "信息类别", "class", "谁可以看；空着时随“取自”“存入”的字段，再随表单"),
        Column("secrecy", "密级", "secrecy", "一般或敏感；空着时随“取自”“存入”的字段"),
        Column("note", "说明", "note", "填写时的提示"),
        Column(
            "measure",
            "量度",
            "measures",
            "调查的这一题量什么：满意度（默认1-5，答4、5为满意）、推荐度（0-10）或费力度（默认1-7，分越高越不费力）；"
            "可写 满意度(1-10, 9起)；选项题写哪些算满意，如 满意度(满意, 基本满意)",
        ),
    ),
    status="enforced",
)
OWNER = frozenset({"负责人", "owner"})
"""存入: whoever stands in the field becomes the record's owner."""


@dataclass(frozen=True, slots=True)
class FormLine:
    """One row: a field. ``sensitive`` is None when the author left it open."""

    label: Written
    code: Written
    english: str
    type: FieldType
    required: Written
    source: Written | None
    target: Written | None
    information_class: str
    sensitive: bool | None
    note: str
    measure: MeasureWritten | None
    span: Span


@dataclass(frozen=True, slots=True)
class FormDeclaration:
    """A form block."""

    block: Block
    english: str
    of: Written
    outcome: Written | None
    information_class: str
    survey: SurveyWritten | None
    lines: tuple[FormLine, ...]


def read_form(block: Block, findings: Findings) -> FormDeclaration | None:
    """Read a form block; None when it does not say about which record type it is."""
    headers = read_headers(FORM, block, findings)
    lines = []
    for line in read_lines(FORM, block, findings):
        type_ = read_field_type(line["type"], findings) if line["type"].text else None
        secrecy = line["secrecy"]
        sensitive = keyword(secrecy, SECRECY, "密级", findings) if secrecy.text else None
        if type_ is None or not line["label"].text or not line["code"].text:
            continue
        lines.append(
            FormLine(
                line["label"],
                line["code"],
                line["english"].text,
                type_,
                line["required"],
                line["source"] if line["source"].text else None,
                line["target"] if line["target"].text else None,
                line["class"].text,
                sensitive,
                line["note"].text,
                read_measure(line["measure"], findings) if line["measure"].text else None,
                line.span,
            )
        )
    if "of" not in headers:
        return None
    class_ = headers["class"].text if "class" in headers else ""
    english = headers["english"].text if "english" in headers else ""
    survey = read_survey(headers, findings)
    return FormDeclaration(block, english, headers["of"], headers.get("outcome"), class_, survey, tuple(lines))
