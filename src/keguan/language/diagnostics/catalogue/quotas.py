"""K78xx: quotas."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR = Severity.ERROR

SURPLUS_FORM = Entry(
    "K7801",
    _ERROR,
    "看不懂超额规则“{value}”。",
    "The rule for the surplus “{value}” cannot be read.",
    "写成：按 评审得分 从高到低保留, 其余降一级（或：其余降到 合格；其余待定）。",
    "Write: by review score from high to low keep, rest one down (or: rest down to C; rest pending).",
)
NO_CHOICES = Entry(
    "K7802",
    _ERROR,
    "判定“{label}”的“{output}”不是一级一级的结果，不能限名额。",
    "“{output}” of the decision “{label}” is not one of a list of choices; it cannot have a quota.",
    "名额只能限制结果为选项（如 A、B、C）、每个档案只得一个结果的判定。",
    "A quota limits a decision whose result is a choice (A, B, C), one for each record.",
)
OUTCOME_UNKNOWN = Entry(
    "K7803",
    _ERROR,
    "“{value}”不是“{output}”的结果。",
    "“{value}” is no result of “{output}”.",
    "{suggestion}",
    "{suggestion_en}",
)
OUTCOME_TWICE = Entry(
    "K7804",
    _ERROR,
    "“{value}”的名额写了两次。",
    "The quota of “{value}” is written twice.",
    "并成一行。",
    "Make one row of them.",
)
NO_LIMIT = Entry(
    "K7805",
    _ERROR,
    "“{value}”这一行既没有上限也没有下限。",
    "The row of “{value}” has neither a ceiling nor a floor.",
    "写上限（15%、20人），或删去这一行。",
    "Write a ceiling (15%, 20), or remove the row.",
)
LIMIT_FORM = Entry(
    "K7806",
    _ERROR,
    "“{value}”不能作名额。",
    "“{value}” cannot be a limit.",
    "写百分比（15%）、个数（20人）或一个参数的名称。",
    "Write a percentage (15%), a number (20) or the name of a parameter.",
)
NOT_RANKED = Entry(
    "K7807",
    _ERROR,
    "不能按“{value}”排先后：它不是数字或日期。",
    "Records cannot be ranked by “{value}”: it is neither a number nor a date.",
    "写一个得分、金额或日期。",
    "Name a score, an amount or a date.",
)
NOT_ADDED_UP = Entry(
    "K7814",
    _ERROR,
    "“{value}”不能累计。",
    "“{value}” cannot be added up.",
    "累计只能写在上限里，写成百分比（累计70%），并且“超额”要按一个数从高到低。",
    "A cumulative limit is a percentage (cumulative 70%) in the column of the ceiling; the surplus must go by a number"
    " from high to low.",
)
OVER_ALL = Entry(
    "K7808",
    _ERROR,
    "“{value}”的{which}是 {share}，超过 100%。",
    "The {which_en} of “{value}” is {share}, more than 100%.",
    "改成 100% 以内。",
    "Make it 100% or less.",
)
FLOORS_OVER_ALL = Entry(
    "K7809",
    _ERROR,
    "名额“{label}”各下限合计 {share}，超过 100%。",
    "The floors of “{label}” add up to {share}, more than 100%.",
    "减小下限，使合计不超过 100%。",
    "Lower the floors until they add up to 100% or less.",
)
FLOOR_ABOVE = Entry(
    "K7810",
    _ERROR,
    "“{value}”的下限 {least} 大于上限 {most}。",
    "The floor {least} of “{value}” is above its ceiling {most}.",
    "改其中一个。",
    "Change one of them.",
)
NO_ROOM = Entry(
    "K7811",
    _ERROR,
    "“{label}”的每个结果都有上限，合计只有 {share}，余下的没有去处。",
    "Every result of “{label}” has a ceiling, and they add up to {share} only: the rest has nowhere to go.",
    "让最低一级不设上限。",
    "Leave the lowest result without a ceiling.",
)
NOWHERE_DOWN = Entry(
    "K7812",
    _ERROR,
    "“{value}”的上限之外要降级，而它后面没有可以降到的结果。",
    "What is over the ceiling of “{value}” is to go down, but nothing comes after it to go down to.",
    "去掉它的上限，或写“其余待定”。",
    "Remove its ceiling, or write “rest pending”.",
)
CEILINGS_OVER_ALL = Entry(
    "K7813",
    Severity.WARNING,
    "名额“{label}”各上限合计 {share}，超过 100%。",
    "The ceilings of “{label}” add up to {share}, more than 100%.",
    "检查是不是写错：各上限同时用足就超过了全部。",
    "Check them: if all were used up they would exceed the whole.",
)
