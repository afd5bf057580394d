"""奖惩 consequence: what follows from a result — proposed by the system, in force once approved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import Column, HeaderLine, Kind, keyword, read_headers, read_lines
from keguan.language.blocks.timing import read_deadline, read_frequency
from keguan.language.diagnostics.catalogue import consequences as entries
from keguan.language.markdown.document import Written
from keguan.language.model.consequence import LEVELS, MONEY, POINTS, EventKind, Measure

if TYPE_CHECKING:
    from keguan.language.blocks.block import Line
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block
    from keguan.language.model.timing import Deadline, Frequency
    from keguan.language.source import Span

MEASURES = {
    "扣分": Measure.DEDUCT_POINTS, "deduct points": Measure.DEDUCT_POINTS,
    "加分": Measure.ADD_POINTS, "add points": Measure.ADD_POINTS,
    "罚款": Measure.FINE, "fine": Measure.FINE,
    "奖金": Measure.BONUS, "bonus": Measure.BONUS,
    "补偿": Measure.COMPENSATE, "compensate": Measure.COMPENSATE,
    "降级": Measure.DEMOTE, "demote": Measure.DEMOTE,
    "晋级": Measure.PROMOTE, "promote": Measure.PROMOTE,
    "暂停": Measure.SUSPEND, "suspend": Measure.SUSPEND,
    "培训": Measure.TRAIN, "train": Measure.TRAIN,
    "警告": Measure.WARN, "warn": Measure.WARN,
    "通报": Measure.NOTICE, "notice": Measure.NOTICE,
    "表彰": Measure.COMMEND, "commend": Measure.COMMEND,
    "解除": Measure.DISMISS, "dismiss": Measure.DISMISS,
}  # fmt: skip
EVENTS = {
    "逾期": EventKind.DUTY_OVERDUE, "overdue": EventKind.DUTY_OVERDUE,
    "办结": EventKind.CASE_CLOSED, "closed": EventKind.CASE_CLOSED,
    "未达标": EventKind.FIGURE_MISSED, "missed": EventKind.FIGURE_MISSED,
    "预警": EventKind.FIGURE_WARNED, "warned": EventKind.FIGURE_WARNED,
    "达标": EventKind.FIGURE_MET, "met": EventKind.FIGURE_MET,
}  # fmt: skip
RESPONSIBLE = frozenset({"责任人", "responsible"})
MEASURED = MONEY | POINTS | {Measure.SUSPEND}
"""Measures that say nothing without an amount; a demotion without one is by one level."""

_EVENT = re.compile(rf"(?P<word>{'|'.join(EVENTS)})\s+(?P<target>[^\s=<>!]+(?:\s[^\s=<>!]+)*)", re.IGNORECASE)

CONSEQUENCE = Kind(
    "consequence",
    "奖惩",
    "consequence",
    "什么结果引起什么奖惩：系统提出，批准后生效。",
    headers=(
        HeaderLine("of", "对象", "of", "条件是对哪种档案说的；情形都是事件时可以省略"),
        HeaderLine("english", "英文", "english", "英文名称"),
        HeaderLine("class", "信息类别", "class", "奖惩属于哪一类信息"),
    ),
    columns=(
        Column(
            "case",
            "情形",
            "case",
            "事件：逾期 职责或流程、办结 流程、未达标 指标、预警 指标、达标 指标；或对档案的条件",
            required=True,
            filled=True,
        ),
        Column("condition", "条件", "condition", "同时还须满足的条件"),
        Column("repeated", "累计", "repeated", "发生多少次才算，如每年至少3次"),
        Column(
            "whom", "对谁", "whom", "责任人、记录负责人、部门负责人、角色，或对象的名称", required=True, filled=True
        ),
        Column(
            "measure",
            "措施",
            "measure",
            "扣分、加分、罚款、奖金、补偿、降级、晋级、暂停、培训、警告、通报、表彰或解除",
            required=True,
            filled=True,
        ),
        Column("amount", "数额", "amount", "算法，如 200、逾期天数 * 50；[200..1500] 由批准人在此范围内定；暂停写时长"),
        Column("approver", "批准", "approver", "谁批准：角色、记录负责人或部门负责人；与流程二选一"),
        Column("process", "流程", "process", "经哪个流程批准"),
        Column("deadline", "时限", "deadline", "提出之后多久定下来"),
        Column("reference", "依据", "reference", "写在哪里"),
    ),
    status="enforced",
)


@dataclass(frozen=True, slots=True)
class ConsequenceLine:
    """One row, names not looked up yet; ``event`` is None for a condition, and ``target`` what the event names."""

    number: int
    case: Written
    event: EventKind | None
    target: Written
    condition: Written
    repeated: Frequency | None
    whom: Written
    measure: Measure
    amount: Written
    approver: Written
    process: Written
    deadline: Deadline | None
    reference: str
    span: Span


@dataclass(frozen=True, slots=True)
class ConsequenceDeclaration:
    """A consequence block."""

    block: Block
    of: Written | None
    english: str
    information_class: str
    lines: tuple[ConsequenceLine, ...]


def read_consequence(block: Block, findings: Findings) -> ConsequenceDeclaration | None:
    """Read a consequence block."""
    headers = read_headers(CONSEQUENCE, block, findings)
    read = read_lines(CONSEQUENCE, block, findings)
    lines = [_line(number, line, findings) for number, line in enumerate(read, start=1)]
    english, class_ = (headers[key].text if key in headers else "" for key in ("english", "class"))
    whole = tuple(line for line in lines if line is not None)
    return ConsequenceDeclaration(block, headers.get("of"), english, class_, whole)


def _line(number: int, line: Line, findings: Findings) -> ConsequenceLine | None:
    repeated = read_frequency(line["repeated"], findings) if line["repeated"].text else None
    deadline = read_deadline(line["deadline"], findings) if line["deadline"].text else None
    if not all(line[key].text for key in ("case", "whom", "measure")):
        return None
    measure = keyword(line["measure"], MEASURES, "措施", findings)
    if measure is None or not _whole(number, line, measure, findings):
        return None
    found = _EVENT.fullmatch(line["case"].text)
    event = EVENTS[found["word"].lower()] if found else None
    target = line["case"]
    if found:
        target = Written(found["target"], target.span.within(found.start("target"), len(found["target"])))
    return ConsequenceLine(
        number,
        line["case"],
        event,
        target,
        line["condition"],
        repeated,
        line["whom"],
        measure,
        line["amount"],
        line["approver"],
        line["process"],
        deadline,
        line["reference"].text,
        line.span,
    )


def _whole(number: int, line: Line, measure: Measure, findings: Findings) -> bool:
    """Whether the row says how much and who decides."""
    word = line["measure"].text
    if bool(line["approver"].text) == bool(line["process"].text):
        findings.add(entries.APPROVAL, line.span, row=number)
        return False
    if measure in MEASURED and not line["amount"].text:
        findings.add(entries.AMOUNT_MISSING, line["measure"].span, measure=word)
        return False
    if measure not in MEASURED | LEVELS and line["amount"].text:
        findings.add(entries.AMOUNT_UNUSED, line["amount"].span, measure=word)
        return False
    return True
