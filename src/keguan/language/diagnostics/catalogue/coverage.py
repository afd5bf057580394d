"""K83xx: clauses that nothing watches, and declarations that come to nothing."""

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
FACTS_UNREAD = Entry(
    "K8302",
    Severity.NOTE,
    "有 {count} 个口径没有别处用到，也没有哪个角色看得到：{names}。",
    "Facts that nothing reads and no role may see ({count}): {names_en}.",
    "在角色的“可见信息”里加上它的信息类别；不用的删去。",
    "Add their information class to what a role may see; remove those of no use.",
)
FIELDS_UNSEEN = Entry(
    "K8303",
    Severity.NOTE,
    "有 {count} 个字段，没有哪个角色看得到：{names}。",
    "Fields that no role may see ({count}): {names_en}.",
    "在角色的“可见信息”里加上它的信息类别，或改字段的信息类别。",
    "Add their information class to what a role may see, or change their class.",
)
ROLES_EMPTY = Entry(
    "K8304",
    Severity.NOTE,
    "有 {count} 个角色什么也看不到、办不了，流程和职责里也没有写：{names}。",
    "Roles that see nothing, may do nothing and are named nowhere ({count}): {names_en}.",
    "给它可见信息或可办事项，或在流程、职责里写上；不用的删去。",
    "Give them something to see or to do, name them in a process or a duty, or remove them.",
)
FORMS_UNUSED = Entry(
    "K8305",
    Severity.NOTE,
    "有 {count} 张表单没有步骤、也没有职责用到：{names}。",
    "Forms that no step and no duty uses ({count}): {names_en}.",
    "在流程的“表单”一列写上它，或删去。",
    "Name them in the form column of a process, or remove them.",
)
CHECKLISTS_UNUSED = Entry(
    "K8306",
    Severity.NOTE,
    "有 {count} 份检查没有步骤、也没有职责用到：{names}。",
    "Checklists that no step and no duty uses ({count}): {names_en}.",
    "在流程的“检查”一列或职责的“凭证”里写上它，或删去。",
    "Name them in the checklist column of a process or as a duty's evidence, or remove them.",
)
DOCUMENTS_UNUSED = Entry(
    "K8307",
    Severity.NOTE,
    "有 {count} 份文件没有步骤会生成：{names}。",
    "Documents that no step writes ({count}): {names_en}.",
    "在流程的“文件”一列写上它，或删去。",
    "Name them in the document column of a process, or remove them.",
)
