"""K81xx: retentions."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_WARNING = Severity.WARNING

NOT_A_DATE = Entry(
    "K8101",
    Severity.ERROR,
    "“{value}”不是日期，不能从它起算。",
    "“{value}” is no date; a term cannot be counted from it.",
    "写一个日期字段或口径，或写建档、最后修改。",
    "Name a date field or fact, or write created or updated.",
)
OUTLASTED = Entry(
    "K8102",
    _WARNING,
    "第{row}行永远轮不到：第{other}行同样起算，而期限不短于它。",
    "Row {row} never counts: row {other} is counted from the same day and lasts at least as long.",
    "几条都适用时以最晚到期的为准：删去这一行，或改期限、条件。",
    "Of several terms the latest counts: remove this row, or change its term or condition.",
)
DESTROYED_ALONE = Entry(
    "K8103",
    _WARNING,
    "第{row}行到期销毁，其中有敏感信息（{fields}），而一个人就可以办。",
    "Row {row} is destroyed when its term is over, it holds sensitive information ({fields}), and one person will do.",
    "在“双人”列写“是”。",
    "Write “yes” under “two_persons”.",
)
NEVER_OVER = Entry(
    "K8104",
    _WARNING,
    "第{row}行永久保存，写了“{disposal}”也不会发生。",
    "Row {row} is kept for good, so “{disposal_en}” never happens.",
    "永久保存的，到期写“归档”。",
    "Write “archive” for what is kept for good.",
)
NOT_IN_DAYS = Entry(
    "K8105",
    Severity.ERROR,
    "保存期限不能按“{value}”算。",
    "A term of retention cannot be counted as “{value}”.",
    "按年、季度、月、周或天写，如 5年、6个月、30天。",
    "Count it in years, quarters, months, weeks or days: 5 years, 6 months, 30 days.",
)
NO_SHEET = Entry(
    "K8106",
    Severity.ERROR,
    "“{process}”审批到期处理，它的对象“{sheet}”却不能由系统登记：{why}。",
    "“{process}” approves a disposal, but the system cannot file the “{sheet}” that it is about: {why_en}.",
    "让流程的对象就是到期的档案，或者另立一种只需填写称呼（文本）的审批单。",
    "Let the process be about the records that fall due, or about a sheet that needs only its title, a text.",
)
UNAPPROVED = Entry(
    "K8107",
    _WARNING,
    "第{row}行到期“{disposal}”，却没有流程审批，到期的档案无法处理。",
    "Row {row} ends in “{disposal_en}”, but no process approves it: what falls due cannot be disposed of.",
    "用“审批”写明流程，或者在一个流程里写“准予: 销毁”。",
    "Name the process under “approval”, or let a process grant destruction.",
)
