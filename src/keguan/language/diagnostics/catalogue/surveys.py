"""K7107 to K7119: forms that go out as surveys."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR = Severity.ERROR

OCCASION = Entry(
    "K7107",
    _ERROR,
    "看不懂调查的发放时机“{value}”。",
    "When the survey is sent, “{value}”, cannot be read.",
    "可写：办结 流程、办结 流程.步骤、办结 职责、新建、当 条件。",
    "Write done a process, done a process.step, done a duty, created, or when and a condition.",
)
ABOUT = Entry(
    "K7108",
    _ERROR,
    "“{name}”是关于{other}的，这份调查的对象却是{record_type}。",
    "“{name}” is about {other}, but this survey is about {record_type}.",
    "“对象”改为{other}，或换一个关于{record_type}的流程、职责。",
    "Make the survey about {other}, or name a process or duty that is about {record_type}.",
)
ADDRESS_KIND = Entry(
    "K7109",
    _ERROR,
    "“{name}”不是手机号或邮箱字段，调查发不到那里。",
    "“{name}” is no phone or e-mail field: a survey cannot be sent there.",
    "写对象的手机号、邮箱字段，或“引用字段.手机”，如 客户.手机。",
    "Name a phone or e-mail field of the object, or “reference.phone”, such as 客户.手机.",
)
ADDRESS_MISSING = Entry(
    "K7110",
    _ERROR,
    "方式里有“{way}”，却没有写发到哪个字段。",
    "“{way}” is among the ways, but no field says where to.",
    "加一行“发给: …”：短信要手机号字段，邮件要邮箱字段。",
    "Add a line “sent to: …”: an SMS needs a phone field, an e-mail an e-mail field.",
)
MEASURE = Entry(
    "K7111",
    _ERROR,
    "看不懂量度“{value}”。",
    "What it measures, “{value}”, cannot be read.",
    "可写：满意度、满意度(1-5, 4起)、满意度(满意, 基本满意)、推荐度、费力度、费力度(1-7)。",
    "Write CSAT, CSAT(1-5, from 4), CSAT(satisfied, rather satisfied), NPS, CES or CES(1-7).",
)
SCALE = Entry(
    "K7112",
    _ERROR,
    "量度“{value}”的分值不成立。",
    "The scale of “{value}” does not hold.",
    "整数题写“低-高”，最高 10 分；推荐度只有 0-10；“几起”只用于满意度，且在分值之内。",
    "For whole numbers write low-high, 10 at most; NPS is 0-10 only; “from” is for CSAT and lies within the scale.",
)
MEASURE_KIND = Entry(
    "K7113",
    _ERROR,
    "“{label}”不能量{measure}：推荐度和费力度要用整数，满意度用整数或选项。",
    "“{label}” cannot measure {measure_en}: NPS and CES need a whole number, CSAT a whole number or a choice.",
    "类型改为整数；或者用选项，并在量度里写明哪些算满意，如 满意度(满意, 基本满意)。",
    "Make it an integer; or a choice, and say which options count as satisfied: CSAT(satisfied, rather satisfied).",
)
OPTION = Entry(
    "K7114",
    _ERROR,
    "“{label}”没有“{option}”这个选项。",
    "“{label}” has no option “{option}”.",
    "量度的括号里只写类型里列出的选项。",
    "Name only options that its type lists.",
)
MEASURE_ALONE = Entry(
    "K7115",
    _ERROR,
    "“{label}”写了量度，但这张表单不是调查。",
    "“{label}” measures something, but this form is no survey.",
    "加一行“发放: …”，或去掉量度。",
    "Add a line “sent: …”, or leave the measure empty.",
)
LINE_ALONE = Entry(
    "K7116",
    _ERROR,
    "“{key}”只用于调查，这张表单没有写“发放”。",
    "“{key_en}” is for surveys only, and this form has no line “sent”.",
    "加一行“发放: …”，或去掉这一行。",
    "Add a line “sent: …”, or remove this one.",
)
QUESTION_KIND = Entry(
    "K7117",
    _ERROR,
    "客户答不了“{label}”：调查里不能有“{type}”。",
    "A customer cannot answer “{label}”: a survey has no fields of type “{type_en}”.",
    "改用整数、数字、选项、是否、日期、文本或长文本。",
    "Use integer, number, choice, boolean, date, text or long text.",
)
QUESTION_SHOWS = Entry(
    "K7118",
    _ERROR,
    "调查的“{label}”取自档案，会把档案里的内容给打开链接的人看。",
    "“{label}” of the survey is filled in from the record: whoever opens the link would see it.",
    "去掉“取自”。",
    "Leave “from” empty.",
)
NO_MEASURE = Entry(
    "K7119",
    Severity.WARNING,
    "调查“{label}”没有一题写量度，算不出得分。",
    "No question of the survey “{label}” measures anything: it will have no score.",
    "在一题的“量度”里写满意度、推荐度或费力度。",
    "Write CSAT, NPS or CES under “measures” at one question.",
)
