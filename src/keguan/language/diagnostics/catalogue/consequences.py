"""K76xx: consequences."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR = Severity.ERROR

APPROVAL = Entry(
    "K7601",
    _ERROR,
    "第{row}行没有说清由谁批准：“批准”和“流程”要写一个，也只写一个。",
    "Row {row} does not say who approves: fill in either “approver” or “process”, and not both.",
    "一人批准的写角色；要几步审批的写流程。奖惩由系统提出，批准后才生效。",
    "Write a role for one approver, a process for several steps. What is proposed takes effect only once approved.",
)
AMOUNT_MISSING = Entry(
    "K7602",
    _ERROR,
    "“{measure}”多少，没有写。",
    "How much “{measure}” is, is not said.",
    "在“数额”里写数字、算法或范围，如 200、逾期天数 * 50、[200..1500]；暂停写时长，如30天。",
    "Write a number, a formula or a range in “amount”, e.g. 200, days_overdue * 50 or [200..1500]; of a suspension, how"
    " long it lasts.",
)
AMOUNT_UNUSED = Entry(
    "K7603",
    _ERROR,
    "“{measure}”没有数额。",
    "“{measure}” has no amount.",
    "删去数额，或另写一行罚款、扣分。",
    "Remove the amount, or write another row with a fine or points.",
)
SUBJECT_MISSING = Entry(
    "K7604",
    _ERROR,
    "“{value}”是对哪种档案说的，没有写。",
    "About which records “{value}” is, is not said.",
    "在首行之下写“对象: 客户”；要写事件的，写成“逾期 职责名称”“未达标 指标名称”。",
    "Write “of: customer” below the first line; for an event write “overdue” and a duty, or “missed” and a metric.",
)
FIGURE_UNKNOWN = Entry(
    "K7605",
    _ERROR,
    "没有叫“{name}”的指标。",
    "There is no metric called “{name}”.",
    "{suggestion}",
    "{suggestion_en}",
)
SELF_APPROVED = Entry(
    "K7606",
    _ERROR,
    "第{row}行的“{measure}”落在“{role}”身上，又由他自己批准。",
    "The “{measure_en}” of row {row} falls on “{role}”, who also approves it.",
    "换一个批准的角色，或写一个流程。",
    "Have another role approve it, or write a process.",
)
