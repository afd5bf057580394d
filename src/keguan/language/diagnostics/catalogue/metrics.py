"""K75xx: metrics."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

NUMBER_TYPE = Entry(
    "K7501",
    _ERROR,
    "指标不能是“{type}”。",
    "A metric cannot be of the type “{type}”.",
    "用百分比、金额、整数或数字(小数位)。",
    "Use percent, money, integer or number(places).",
)
BARE_RECORDS = Entry(
    "K7502",
    _ERROR,
    "指标“{label}”的口径没有用到任何档案。",
    "The formula of the metric “{label}” uses no records.",
    "写成对档案的计数或合计，如 count(客户) 或 sum(购买合同.合同金额)。",
    "Count or add up records, e.g. count(customer) or sum(contract.amount).",
)
NOT_A_NUMBER = Entry(
    "K7503",
    _ERROR,
    "指标“{label}”的口径算出来的不是数。",
    "The formula of the metric “{label}” does not give a number.",
    "写成计数、合计、平均或它们之间的比。",
    "Count, add up, take a mean, or divide one of these by another.",
)
WARNING_WITHIN = Entry(
    "K7504",
    _WARNING,
    "指标“{label}”的预警“{warning}”用不上：在此范围内的都已达到目标“{target}”。",
    "The warning “{warning}” of the metric “{label}” never shows: whatever is in it meets the target “{target}”.",
    "预警写比目标宽的范围：目标 >= 95%，预警 >= 90%。",
    "Make the warning wider than the target: target >= 95%, warning >= 90%.",
)
TARGET_LACKING = Entry(
    "K7505",
    _ERROR,
    "指标“{label}”有预警，没有目标。",
    "The metric “{label}” has a warning but no target.",
    "写上目标，或删去预警。",
    "Write a target, or remove the warning.",
)
GROUP_TYPES = Entry(
    "K7506",
    _ERROR,
    "指标“{label}”分了组，口径却用到几种档案：{types}。",
    "The metric “{label}” is grouped, but its formula reads several types of records: {types}.",
    "分组的指标只能对一种档案计算；另立一项，或在“分组”列里写“-”。",
    "A grouped metric is over one type of records: make it a metric of its own, or write “-” in the column “group”.",
)
GROUP_VALUE = Entry(
    "K7507",
    _ERROR,
    "不能按“{value}”分组。",
    "Metrics cannot be grouped by “{value}”.",
    "按选项、是否、人员或引用字段，或判定的结果分组；也可以写“记录负责人”或“部门”。数和日期先用判定分档。",
    "Group by a choice, yes or no, a member of staff, a reference or an outcome, or write “owner” or “unit”; for "
    "numbers and dates first let a decision make bands.",
)
