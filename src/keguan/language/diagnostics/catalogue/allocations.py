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
SHARE_MISSING = Entry(
    "K7909",
    _ERROR,
    "“{name}”没有写份额。",
    "“{name}” has no share.",
    "在“份额”一栏写百分比（30%）或参数；由人认领的，方法写“认领”。",
    "Give a percentage (30%) or a parameter in “share”; where people claim, write the method “claim”.",
)
NOT_THIS_METHOD = Entry(
    "K7910",
    _ERROR,
    "用这种方法时，“{key}”不起作用。",
    "With this method “{key_en}” says nothing.",
    "去掉“{key}”，或改方法：认领的没有份额、排序、得分和审批，其余的没有冷却、隐藏、跟进日、提醒和回收。",
    "Remove “{key_en}” or change the method: claiming has no shares, order, score or approval; the others have no"
    " cooling, hidden, followed, warn or recycle.",
)
NOT_IN_DAYS = Entry(
    "K7911",
    _ERROR,
    "“{value}”不是按日历算的期限。",
    "“{value}” is not counted in days of the calendar.",
    "写几天、几周、几个月或几年，如 30天。",
    "Write days, weeks, months or years, e.g. 30 days.",
)
FOLLOWED_MISSING = Entry(
    "K7912",
    _ERROR,
    "“{label}”有回收期限，而没有写跟进日，不知道从哪一天算起。",
    "“{label}” takes records back, but does not say from which date of follow-up it counts.",
    "加一行“跟进日”，写最近一次跟进的日期字段或口径。",
    "Add “followed” with the date field or fact of the last follow-up.",
)
NOT_A_DATE = Entry(
    "K7913",
    _ERROR,
    "“{value}”不是日期，不能作跟进日。",
    "“{value}” is no date and cannot be the day of follow-up.",
    "写一个日期字段，或结果是日期的口径。",
    "Name a date field, or a fact that gives a date.",
)
PERSON_FORM = Entry(
    "K7914",
    _ERROR,
    "“{name}”不是“{record_type}”的人员字段，不知道接受者是谁。",
    "“{name}” is no staff field of “{record_type}”; it is not clear who the recipient is.",
    "写一个类型为“人员”的字段；省略“本人”时，接受者是那份档案的负责人。",
    "Name a field of type staff; without “person” the recipient is the owner of that record.",
)
NOTED_FORM = Entry(
    "K7915",
    _ERROR,
    "“{name}”不能用来记“{key}”。",
    "“{name}” cannot hold what “{key_en}” writes.",
    "接受者记入引用接受者的字段（分给角色的，记入人员字段），日期记入日期字段，次数记入整数字段；都不能是敏感的。",
    "The recipient goes into a reference to the recipients (a staff field where they are a role), the date into a date,"
    " the times into an integer; none of them sensitive.",
)
HIDDEN_UNKNOWN = Entry(
    "K7916",
    _ERROR,
    "“{record_type}”里没有“{name}”这个信息类别或字段，隐藏不了。",
    "“{record_type}” has no information class or field “{name}” to hide.",
    "{suggestion}",
    "{suggestion_en}",
)
