"""K79xx: allocations."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR = Severity.ERROR

RECIPIENT_UNKNOWN = Entry(
    "K7901",
    _ERROR,
    "没有“{name}”这个角色或档案，不知道分给谁。",
    "There is no role or record type “{name}”; it is not clear who gets something.",
    "{suggestion}",
    "{suggestion_en}",
)
MATCH_FORM = Entry(
    "K7902",
    _ERROR,
    "看不懂匹配“{value}”。",
    "The match “{value}” cannot be read.",
    "写成“档案的字段 = 接受者的字段”，如：地区 = 负责地区。",
    "Write “field of the record = field of the recipient”, e.g. area = area_served.",
)
NEEDS_RECORDS = Entry(
    "K7903",
    _ERROR,
    "“{value}”说的是接受者，而“分给”写的是角色，没有接受者的档案可看。",
    "“{value}” is about the recipients, but they are given as a role, so there is no record of theirs to look at.",
    "为接受者声明一种档案（如 规划师），再在“分给”里写它。",
    "Declare a record type for the recipients (e.g. planner) and name it in “to”.",
)
SCORE_MISSING = Entry(
    "K7904",
    _ERROR,
    "方法是“按得分”，而没有写依据哪个得分。",
    "The method is “by_score”, but no score is given.",
    "加一行，如：依据: 评审得分。",
    "Add a line such as: score: review_score.",
)
NOT_A_NUMBER = Entry(
    "K7905",
    _ERROR,
    "“{value}”不是数字，不能用来计算或排先后。",
    "“{value}” is no number; nothing can be worked out or put in order by it.",
    "写一个数字、金额或得分；排序也可以写日期。",
    "Name a number, an amount or a score; an order may also be a date.",
)
REST_TWICE = Entry(
    "K7906",
    _ERROR,
    "“{first}”和“{second}”都没有条件，不知道哪些属于哪一行。",
    "Neither “{first}” nor “{second}” has a condition: it is not clear what belongs to which row.",
    "只有一行可以不写条件，为其余各类；别的行写上条件。",
    "One row only may go without, for the rest; give the others a condition.",
)
SHARE_FORM = Entry(
    "K7907",
    _ERROR,
    "“{value}”不能作份额或上限。",
    "“{value}” cannot be a share or a limit.",
    "份额写百分比（30%）或参数，上限写个数或参数。",
    "Write a share as a percentage (30%) or a parameter, a limit as a number or a parameter.",
)
SHARES_NOT_WHOLE = Entry(
    "K7908",
    _ERROR,
    "分配“{label}”的份额合计是 {sum}，不是 100%。",
    "The shares of “{label}” add up to {sum}, not to 100%.",
    "改份额，使合计为 100%；份额是参数的，每个起始日都要合计 100%。",
    "Change the shares until they add up to 100%; where they are parameters, on each of their days.",
)
