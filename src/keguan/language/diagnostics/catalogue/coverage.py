"""K83xx: clauses that nothing watches."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

NO_CONTROL = Entry(
    "K8301",
    Severity.NOTE,
    "有 {count} 条写了应当、不得等要求而没有控制点：{clauses}。做没做到，系统看不到。",
    "Clauses that demand something but hold no control ({count}): {clauses_en}. Nobody can see whether it is done.",
    "给它加一个声明（如职责、流程、检查），或就让它只作叙述。",
    "Add a block (a duty, a process, a checklist), or leave it as prose.",
)
