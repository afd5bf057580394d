"""K80xx: access rules."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

CLASS_UNKNOWN = Entry(
    "K8001",
    _ERROR,
    "{record_type}里没有“{value}”这一类信息。",
    "{record_type} has no information of the class “{value}”.",
    "{suggestion}",
    "{suggestion_en}",
)
GRANT_TWICE = Entry(
    "K8002",
    _ERROR,
    "第{row}行与第{other}行说的是同一角色、同一类信息。",
    "Rows {other} and {row} are about the same role and the same class.",
    "并成一行，或用条件、范围、密级把它们分开。",
    "Make one row of them, or keep them apart by condition, scope or secrecy.",
)
PERMISSION_UNFIT = Entry(
    "K8003",
    _ERROR,
    "这一格不能这样写。",
    "This cannot be written here.",
    "看、导出、打印可以写“遮盖”；改、导出、打印、原文可以写“审批”。",
    "See, export and print may be “masked”; change, export, print and reveal may need “approval”.",
)
UNSEEN = Entry(
    "K8004",
    _ERROR,
    "第{row}行给了别的权限，却不许看。",
    "Row {row} gives other rights, but not to see.",
    "在“看”里写“是”或“遮盖”，或去掉其余的权限。",
    "Write “yes” or “masked” under “see”, or take the other rights away.",
)
WIDER = Entry(
    "K8005",
    _WARNING,
    "第{row}行的范围比角色“{role}”的可见范围宽，多出来的部分不起作用。",
    "The scope of row {row} is wider than that of the role “{role}”; what goes beyond it has no effect.",
    "改小范围，或在角色里放宽可见范围。",
    "Make the scope narrower, or widen the role's.",
)
CLASS_HIDDEN = Entry(
    "K8006",
    _WARNING,
    "角色“{role}”看不到“{value}”这一类信息，第{row}行不起作用。",
    "The role “{role}” does not see the class “{value}”, so row {row} has no effect.",
    "在角色的可见信息里加上它，或删去这一行。",
    "Add it to the role's classes, or remove the row.",
)
REVEAL_WIDER = Entry(
    "K8007",
    _WARNING,
    "第{row}行许看原文，而角色“{role}”的原文范围是“无”。",
    "Row {row} lets sensitive values be revealed, but the role “{role}” may reveal none.",
    "改角色的原文范围，或把这一格写成“否”。",
    "Change what the role may reveal, or write “no” here.",
)
SENSITIVE_OUT = Entry(
    "K8008",
    _ERROR,
    "第{row}行许把“{value}”原样{exit}，其中有敏感字段：{fields}。",
    "Row {row} lets the class “{value}” be {exit_en} in the clear, and it holds sensitive fields: {fields}.",
    "写成“遮盖”或“审批”，或在密级里写“一般”。",
    "Write “masked” or “approval”, or write “ordinary” under secrecy.",
)
