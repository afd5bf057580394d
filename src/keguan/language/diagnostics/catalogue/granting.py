"""K84xx: rights that the cases of a process grant."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

GRANTS_FORM = Entry(
    "K8401",
    _ERROR,
    "“{value}”读不懂。",
    "“{value}” cannot be read.",
    "写成“导出(客户, 保单), 打印”：先写权利，括号里写只对哪几种档案。",
    "Write e.g. “export(customer, contract), print”: the right, and in brackets the record types it is for.",
)
RIGHT_UNKNOWN = Entry(
    "K8402",
    _ERROR,
    "没有“{value}”这种可以准予的权利。",
    "“{value}” is no right that a process can grant.",
    "{suggestion}",
    "{suggestion_en}",
)
USES = Entry(
    "K8403",
    _ERROR,
    "准予次数“{value}”不是 1 到 10000 的整数。",
    "“{value}” is no number of uses from 1 to 10000.",
    "写成“1”或“3次”；不限次数就不写这一行。",
    "Write e.g. “1”; leave the line out for any number of times.",
)
GRANTS_MISSING = Entry(
    "K8404",
    _ERROR,
    "写了“{key}”，却没有写准予什么。",
    "There is “{key_en}” but nothing that is granted.",
    "加一行“准予: 导出”，或删去这一行。",
    "Add the line “grants: export”, or remove this one.",
)
BULK_OF_EXPORT = Entry(
    "K8405",
    _ERROR,
    "“批量”只用于准予导出的流程。",
    "“bulk” is only for a process that grants an export.",
    "在“准予”里写上导出，或删去这一行。",
    "Grant an export, or remove this line.",
)
BULK_NUMBER = Entry(
    "K8406",
    _ERROR,
    "批量“{value}”不是正整数，也不是一个值为正整数的参数。",
    "“{value}” is no positive whole number, nor a parameter that is one.",
    "写成“500”或“500行”，或写一个整数参数的名称。",
    "Write e.g. “500”, or the name of a parameter of the type integer.",
)
APPROVED_NOWHERE = Entry(
    "K8407",
    _WARNING,
    "第{row}行的{right}要经审批，但没有一个流程准予“{record_type}”的{right}，所以谁也得不到。",
    "Row {row} asks for approval to {right_en}, but no process grants that for {record_type}; nobody will get it.",
    "在审批它的流程里写一行“准予: {granted}({record_type})”，或把这一格改成“否”。",
    "Write the line “grants: {right_en}” in the process that approves it, or write “no” here.",
)
