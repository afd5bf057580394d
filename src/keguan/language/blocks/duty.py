"""职责 duty: who owes what about which records, how often or by when, and what proves that it was done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import Column, HeaderLine, Kind, read_headers, read_lines, split_list
from keguan.language.blocks.escalation import read_escalations
from keguan.language.blocks.timing import read_deadline_or_name, read_frequency_or_name, read_length
from keguan.language.diagnostics.catalogue import duties as entries

if TYPE_CHECKING:
    from keguan.language.blocks.block import Line
    from keguan.language.blocks.escalation import EscalationWritten
    from keguan.language.blocks.timing import NamedDeadline, NamedFrequency
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block, Written
    from keguan.language.model.timing import Deadline, Frequency, Length
    from keguan.language.source import Span

ANYTHING = frozenset({"", "-"})
"""A cell that sets no condition."""

CREATED = frozenset({"新建", "created"})
CHANGED = frozenset({"变更", "changed"})
KEPT = frozenset({"到期", "expiry"})

DUTY = Kind(
    "duty",
    "职责",
    "duty",
    "谁在什么情形下、按什么频次、欠下什么事，凭什么算办完。",
    headers=(
        HeaderLine("of", "对象", "of", "对哪种档案；省略时取“适用”里写的档案，如 客户.等级"),
        HeaderLine("english", "英文", "english", "英文名称"),
        HeaderLine("class", "信息类别", "class", "待办属于哪一类信息；省略时能看到档案的人就能看到"),
    ),
    columns=(
        Column("task", "事项", "task", "要办的事；省略时用职责的名称"),
        Column("applies", "适用", "applies", '对哪些档案，如 客户.等级 = "A"；“-”为全部', required=True),
        Column(
            "responsible",
            "责任角色",
            "responsible",
            "谁来办：角色、记录负责人或部门负责人；用逗号分开的任一人办了即可",
            required=True,
            filled=True,
        ),
        Column(
            "frequency",
            "频次",
            "frequency",
            "每月至少1次、每季度一次、每月第一个周一、每月5日前，或一个参数：核实周期",
        ),
        Column(
            "trigger",
            "触发",
            "trigger",
            "新建、变更、变更 字段、新建 下属档案、一个日期字段，或到期（保存期届满）；与频次二选一",
        ),
        Column("deadline", "时限", "deadline", "触发之后多久：3工作日、次日，或一个参数；日期字段和到期可写提前30天"),
        Column(
            "evidence",
            "凭证",
            "evidence",
            "引用对象的档案（可写 走访(走访日期)）、一张表单、一份检查，或核实（档案写了“核实”的）；省略则由人确认",
        ),
        Column("check", "核查", "check", "凭证须满足的条件"),
        Column("remind", "提醒", "remind", "到期前多久提醒，如 3天"),
        Column("escalate", "升级", "escalate", "逾期后报给谁：部门负责人；几级用分号隔开，逾期3天 总经理"),
        Column("consequence", "超期", "consequence", "逾期引起的奖惩"),
        Column("exempt", "豁免", "exempt", "什么情形下免办"),
    ),
    status="monitored",
)


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One row, times read and names not looked up yet."""

    number: int
    task: str
    applies: Written
    responsible: tuple[Written, ...]
    frequency: Frequency | NamedFrequency | None
    trigger: Written
    deadline: Deadline | NamedDeadline | None
    evidence: Written
    check: Written
    remind: Length | None
    escalations: tuple[EscalationWritten, ...]
    consequence: Written
    exempt: Written
    span: Span


@dataclass(frozen=True, slots=True)
class DutyDeclaration:
    """A duty block."""

    block: Block
    of: Written | None
    english: str
    information_class: str
    lines: tuple[DutyLine, ...]


def read_duty(block: Block, findings: Findings) -> DutyDeclaration | None:
    """Read a duty block."""
    headers = read_headers(DUTY, block, findings)
    lines = [
        _line(number, line, block, findings) for number, line in enumerate(read_lines(DUTY, block, findings), start=1)
    ]
    english, class_ = (headers[key].text if key in headers else "" for key in ("english", "class"))
    whole = tuple(line for line in lines if line is not None)
    return DutyDeclaration(block, headers.get("of"), english, class_, whole)


def _line(number: int, line: Line, block: Block, findings: Findings) -> DutyLine | None:
    frequency = read_frequency_or_name(line["frequency"], findings) if line["frequency"].text else None
    deadline = read_deadline_or_name(line["deadline"], findings) if line["deadline"].text else None
    remind = read_length(line["remind"], findings) if line["remind"].text else None
    if not line["responsible"].text or not _timed(number, line, findings):
        return None
    return DutyLine(
        number,
        line["task"].text or block.label.text,
        line["applies"],
        split_list(line["responsible"]),
        frequency,
        line["trigger"],
        deadline,
        line["evidence"],
        line["check"],
        remind,
        read_escalations(line["escalate"], findings),
        line["consequence"],
        line["exempt"],
        line.span,
    )


def _timed(number: int, line: Line, findings: Findings) -> bool:
    """Whether the row says when: how often, or by when after what."""
    often, trigger, deadline = (bool(line[key].text) for key in ("frequency", "trigger", "deadline"))
    if often == trigger:
        findings.add(entries.WHEN, line.span, row=number)
    elif trigger and not deadline:
        findings.add(entries.DEADLINE_MISSING, line["trigger"].span, trigger=line["trigger"].text)
    elif often and deadline:
        findings.add(entries.DEADLINE_BESIDE, line["deadline"].span, frequency=line["frequency"].text)
    else:
        return True
    return False
