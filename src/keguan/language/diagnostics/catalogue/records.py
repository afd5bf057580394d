"""K50xx: record types and their fields."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR = Severity.ERROR

TYPE_UNKNOWN = Entry(
    "K5001",
    _ERROR,
    "没有“{type}”这种类型。",
    "There is no type “{type}”.",
    "{suggestion}",
    "{suggestion_en}",
)
TYPE_ARGUMENTS = Entry(
    "K5002",
    _ERROR,
    "类型“{type}”括号里的内容不对。",
    "What stands in the brackets of the type “{type_en}” is not right.",
    "写成{expected}。",
    "Write it like {expected_en}.",
)
PERIOD_TARGET = Entry(
    "K5003",
    _ERROR,
    "“{target}”不是期次档案。",
    "“{target}” is not a periodic record type.",
    "在它的声明里加一行“期次: 每周”（或每日、每月），或改指另一种档案。",
    "Add “period: weekly” (or daily, monthly) to its block, or refer to another type.",
)
PERIOD_DATES = Entry(
    "K5004",
    _ERROR,
    "期次档案“{label}”缺少日期字段 {code}。",
    "The periodic record type “{label}” lacks the date field {code}.",
    "加上代码为 period_start 和 period_end 的两个日期字段。",
    "Add two date fields with the codes period_start and period_end.",
)
PERIOD_DATE_FIELD = Entry(
    "K5005",
    _ERROR,
    "“{name}”不是日期字段。",
    "“{name}” is not a date field.",
    "期次和时间线要由本档案的一个日期字段决定。",
    "A period or a timeline goes by a date field of the same record type.",
)
TITLE_MISSING = Entry(
    "K5006",
    _ERROR,
    "档案“{label}”没有说明用哪个字段显示。",
    "The record type “{label}” does not say which field it is shown by.",
    "加一行“显示: 字段名”。",
    "Add a line “title: field”.",
)
TITLE_SENSITIVE = Entry(
    "K5007",
    _ERROR,
    "敏感字段“{name}”不能用来显示档案。",
    "The sensitive field “{name}” cannot be what a record is shown by.",
    "“显示”改用一个不敏感的字段。",
    "Let “title” name a field that is not sensitive.",
)
SENSITIVE_KIND = Entry(
    "K5008",
    _ERROR,
    "“{type}”类型的字段“{name}”不能设为敏感。",
    "The field “{name}” of type “{type_en}” cannot be sensitive.",
    "只有文本、手机号、证件、卡号和邮箱可以加密保存；其他字段用信息类别限制谁可以看。",
    "Only texts, phone, identity and card numbers and e-mails are kept encrypted; limit others by information class.",
)
EXTENSION_UNKNOWN = Entry(
    "K5009",
    _ERROR,
    "要扩充的档案“{label}”({code}) 不存在。",
    "The record type “{label}” ({code}) to be extended does not exist.",
    "核对代码；若是新档案，去掉“扩充: 是”。",
    "Check the code; for a new record type remove “extends: yes”.",
)
EXTENSION_HEADER = Entry(
    "K5010",
    _ERROR,
    "扩充档案时不能改“{key}”。",
    "“{key}” cannot be changed when a record type is extended.",
    "去掉这一行；扩充只能加字段、换列表，以及增加检索和查重。",
    "Remove the line; an extension adds fields, search and duplicate fields, and replaces list columns.",
)
TYPE_TWICE = Entry(
    "K5011",
    _ERROR,
    "档案“{label}”已经声明过。",
    "The record type “{label}” is declared already.",
    "要加字段时写“扩充: 是”（另一处在{other}）。",
    "To add fields write “extends: yes” (the other is at {other}).",
)
SEARCH_KIND = Entry(
    "K5012",
    _ERROR,
    "“{name}”不能用于{purpose}。",
    "“{name}” cannot serve for {purpose_en}.",
    "检索只能用文本和手机号，查重不能用长文本、引用和期次。",
    "Search takes texts and phone numbers; duplicates cannot go by long texts, references or periods.",
)
