"""K55xx: roles."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

SCOPE_UNKNOWN = Entry(
    "K5501",
    Severity.ERROR,
    "不认识的范围“{value}”。",
    "The scope “{value}” is not known.",
    "可写：本人、本部门、全部、无。",
    "Write one of: own, unit, all, none.",
)
OPERATION_UNKNOWN = Entry(
    "K5502",
    Severity.ERROR,
    "没有“{value}”这项可办事项。",
    "There is no operation “{value}”.",
    "{suggestion}",
    "{suggestion_en}",
)
CLASS_UNKNOWN = Entry(
    "K5503",
    Severity.ERROR,
    "没有任何字段属于信息类别“{value}”。",
    "No field belongs to the information class “{value}”.",
    "{suggestion}",
    "{suggestion_en}",
)
REVEAL_WIDER = Entry(
    "K5504",
    Severity.ERROR,
    "角色“{label}”的原文范围比可见范围大。",
    "The role “{label}” may reveal more records than it may see.",
    "把原文范围改小，或把可见范围改大。",
    "Narrow the reveal scope or widen the scope.",
)
