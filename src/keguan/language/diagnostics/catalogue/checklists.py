"""K72xx: checklists."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR = Severity.ERROR

PASS_FORM = Entry(
    "K7201",
    _ERROR,
    "看不懂合格的条件“{value}”。",
    "What it takes to pass cannot be read: “{value}”.",
    "可写：全部、>= 90分、>= 90%。",
    "Write all, >= 90 points or >= 90%.",
)
SAMPLE_FORM = Entry(
    "K7202",
    _ERROR,
    "抽查比例“{value}”写法不对。",
    "The share “{value}” of the sample is not well written.",
    "写成大于 0、不超过 100% 的百分数，如 10%。",
    "Write a percentage above 0 and up to 100%, e.g. 10%.",
)
SAMPLE_MISSING = Entry(
    "K7203",
    _ERROR,
    "检查“{label}”有抽查的项目，却没有写抽查比例。",
    "The checklist “{label}” checks by sample, but does not say how large the sample is.",
    "加一行“抽查比例: 10%”。",
    "Add a line “sample: 10%”.",
)
POINTS_FORM = Entry(
    "K7204",
    _ERROR,
    "分值“{value}”写法不对。",
    "The points “{value}” are not well written.",
    "写成不小于 0 的数，最多两位小数，如 5 或 0.5。",
    "Write a number not below 0 with two decimals at most, e.g. 5 or 0.5.",
)
POINTS_MISSING = Entry(
    "K7205",
    _ERROR,
    "检查“{label}”按得分判断合格，但没有一项写了分值。",
    "The checklist “{label}” passes by points, but no item has any.",
    "在“分值”一列填写每项的分数，或把合格改为“全部”。",
    "Fill in the column “points”, or let it pass by “all”.",
)
CONDITION_MISSING = Entry(
    "K7206",
    _ERROR,
    "项目“{label}”由系统判断，却没有写条件。",
    "The item “{label}” is checked by the system, but has no condition.",
    "填写条件（成立即做到），或把方式改为人工。",
    "Fill in a condition (when it holds the item is met), or let a person check it.",
)
CONDITION_NOT_READ = Entry(
    "K7207",
    _ERROR,
    "项目“{label}”由人判断，写的条件不起作用。",
    "The item “{label}” is checked by a person; its condition has no effect.",
    "去掉条件，或把方式改为系统。",
    "Remove the condition, or let the system check it.",
)
PASS_UNATTAINABLE = Entry(
    "K7208",
    _ERROR,
    "检查“{label}”合格要{least}分，各项分值加起来只有{most}分。",
    "The checklist “{label}” passes from {least} points, but all its items together give {most}.",
    "降低合格的分数，或提高各项的分值。",
    "Ask for fewer points, or give the items more.",
)
