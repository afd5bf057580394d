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
SEPARATION_UNKNOWN = Entry(
    "K5505",
    Severity.ERROR,
    "三员里没有“{value}”。",
    "“{value}” is not one of the three administrators.",
    "可写：系统管理、安全管理、审计管理；不属于三员的角色空着。",
    "Write one of: system, security, audit; leave it empty for every other role.",
)
EXCLUDED_UNKNOWN = Entry(
    "K5506",
    Severity.ERROR,
    "角色“{label}”与“{value}”互斥，但没有这个角色。",
    "The role “{label}” excludes “{value}”, but there is no such role.",
    "{suggestion}",
    "{suggestion_en}",
)
EXCLUDES_ITSELF = Entry(
    "K5507",
    Severity.ERROR,
    "角色“{label}”与自己互斥，谁也不能担任。",
    "The role “{label}” excludes itself, so that nobody could hold it.",
    "写别的角色，或空着。",
    "Name another role, or leave it empty.",
)
SEPARATION_OPERATIONS = Entry(
    "K5508",
    Severity.ERROR,
    "“{label}”是三员之一（{kind}），不能再有：{operations}。",
    "“{label}” is one of the three administrators ({kind_en}) and may not also have: {operations_en}.",
    "这一员可有的只是：{allowed}。其余的给别的角色，由别人担任。",
    "It may have only: {allowed_en}. Give the rest to another role, held by somebody else.",
)
SEPARATION_CLASSES = Entry(
    "K5509",
    Severity.ERROR,
    "“{label}”是三员之一（{kind}），却看得到业务信息：{seen}。",
    "“{label}” is one of the three administrators ({kind_en}) but sees business information: {seen_en}.",
    "系统管理员和安全管理员的可见信息空着、范围写“无”；审计员可以看，原文范围写“无”。",
    "Leave the classes of system and security administrators empty; an auditor may see, but reveals none.",
)
SEPARATION_MISSING = Entry(
    "K5510",
    Severity.WARNING,
    "写了三员，但没有{missing}角色，分不开。",
    "There are separated administrators, but no role for: {missing_en}.",
    "再写一个角色，在“三员”一列写上它。",
    "Add a role with it in the column “separation”.",
)
SEPARATION_OUTSIDE = Entry(
    "K5511",
    Severity.WARNING,
    "角色“{label}”不属于三员，却可以：{operations}。",
    "The role “{label}” is none of the three administrators but may: {operations_en}.",
    "把这些事项移给三员中的一员，或在“三员”一列写明它是哪一员。",
    "Move these to one of the three, or say in the column “separation” which one it is.",
)
JOINED_OTHERWISE = Entry(
    "K5512",
    Severity.ERROR,
    "角色“{label}”在别的制度包里也写了，两处的{column}不一样，那里见 {other}。",
    "The role “{label}” stands in another pack too, with another value in the column “{column_en}”: see {other}.",
    "同一个角色，范围要写得一样，三员不能写成两员；可见信息和可办事项合起来算。不是同一个角色的，换个名称和代码。",
    "One role has one scope, one reveal and at most one separation; classes and operations add up. Else rename it.",
)
