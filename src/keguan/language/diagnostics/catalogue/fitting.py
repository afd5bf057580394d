"""Values in an expression that do not fit where they stand: of K1001 to K1099."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity


def _error(number: int, zh: str, en: str, hint_zh: str, hint_en: str) -> Entry:
    return Entry(f"K{number}", Severity.ERROR, zh, en, hint_zh, hint_en)


WRONG_TYPE = _error(
    1040,
    "这里应当是{expected_zh}，写的是{found_zh}。",
    "Expected {expected_en} here; this is {found_en}.",
    "改用{expected_zh}，或者加一个比较。",
    "Use {expected_en}, or add a comparison.",
)
NOT_COMPARABLE = _error(
    1041,
    "{left_zh}不能和{right_zh}比较。",
    "This compares {left_en} with {right_en}, which is not possible.",
    "两边要是同一种值：文字要加引号，数字不加；天数不能和年月比。",
    "Both sides must be of one kind: text takes quotes, numbers do not; days cannot be compared with months.",
)
NOT_ORDERED = _error(
    1042,
    "{type_zh}没有大小先后，不能用“{operator}”比较。",
    'There is no order for {type_en}; "{operator}" cannot be used.',
    "用 = 或 !=；判断有没有值写 != 空。",
    "Use = or !=; to ask whether there is a value write != null.",
)
DATE_EXPECTED = _error(
    1043,
    "日期要和日期比较，这里写的是{found_zh}。",
    "A date is compared with a date; this is {found_en}.",
    '日期写作 @"2026-01-31" 或 date("2026-01-31")。',
    'Write a date as @"2026-01-31" or date("2026-01-31").',
)
UNKNOWN_CHOICE = _error(
    1044,
    "“{value}”不在可选项里。",
    '"{value}" is not one of the choices.',
    "可选项：{choices}。",
    "Choices: {choices}.",
)
MISSPELT_CHOICE = _error(
    1045,
    "“{value}”不在可选项里，是不是“{suggestion}”？",
    '"{value}" is not one of the choices; did you mean "{suggestion}"?',
    "可选项：{choices}。",
    "Choices: {choices}.",
)
PRECISION_LOSS = _error(
    1046,
    "“{value}”的小数太多，这里最多 {places} 位。",
    '"{value}" has too many decimals; there may be {places} here.',
    "减少小数位，或者改用小数位更多的类型。",
    "Write fewer decimals, or use a type that keeps more.",
)
NUMBER_TOO_LARGE = _error(
    1047,
    "“{value}”太大，存不下。",
    '"{value}" is too large to be stored.',
    "检查单位（万、亿）和零的个数。",
    "Check the unit (万, 亿) and the number of zeros.",
)
BRANCHES_DIFFER = _error(
    1048,
    "两种结果不是同一种值：一个是{left_zh}，一个是{right_zh}。",
    "The two results are not of one kind: one is {left_en}, the other {right_en}.",
    "让两种结果都是同一种值，或者其中一个写 空。",
    "Make both results of one kind, or write null for one of them.",
)
EMPTY_RANGE = _error(
    1049,
    "这个区间里没有任何值。",
    "No value lies in this range.",
    "起点要小于终点，例如 [10..20)；包含一个值写 [10..10]。",
    "The start must be below the end, as in [10..20); for one value write [10..10].",
)
NOT_COUNTED = _error(
    1050,
    "{function} 不能用于{found_zh}。",
    "{function} does not work on {found_en}.",
    "sum 和 mean 用于数字和时长；min 和 max 用于数字、日期、时间和时长；各个值要是同一种；数个数用 count。",
    "sum and mean take numbers and durations; min and max also dates and times; all values must be of one kind; to "
    "count, use count.",
)
COUNT_OF_FIELD = _error(
    1051,
    "count 数的是下级档案，不是字段“{name}”。",
    'count counts child records, not the field "{name}".',
    "写成 count({children})；只数有值的，写 count({children}[{name} != 空])。",
    "Write count({children}); to count those with a value write count({children}[{name} != null]).",
)
DURATION_EXPECTED = _error(
    1052,
    "时间的长短要写单位，这里写的是{found_zh}。",
    "A length of time needs a unit; this is {found_en}.",
    "写成 30天、24小时、6个月 这样的时长。",
    "Write a duration such as 30天, 24小时 or 6个月.",
)
DAY_AND_MOMENT = _error(
    1053,
    "日期不能直接和日期时间比较。",
    "A date cannot be compared with a date and time.",
    "写 date(…) 取日期时间的日期，再和日期比较。",
    "Write date(…) to take the day of the date and time, and compare that.",
)
NOT_ARITHMETIC = _error(
    1054,
    "{left_zh}和{right_zh}之间不能用“{operator}”。",
    '"{operator}" does not work between {left_en} and {right_en}.',
    "可用的写法：日期加减时长、日期相减、时长相加减、时长乘除数字。",
    "What works: a date plus or minus a duration, date minus date, duration plus or minus duration, and a "
    "duration times or divided by a number.",
)
BAD_EXPONENT = _error(
    1055,
    "次方要是 -{limit} 到 {limit} 的整数。",
    "An exponent must be a whole number from -{limit} to {limit}.",
    "写成固定的整数，例如 x ** 2。",
    "Write a constant whole number, as in x ** 2.",
)
BAD_PLACES = _error(
    1056,
    "小数位数要是 0 到 {limit} 的整数。",
    "The number of decimals must be a whole number from 0 to {limit}.",
    "写成固定的整数，例如 decimal(x, 2)。",
    "Write a constant whole number, as in decimal(x, 2).",
)
NOT_ONE_VALUE = _error(
    1057,
    "这里要一个值，写的是{found_zh}。",
    "One value is needed here; this is {found_en}.",
    "取出其中一个值，或者汇总成一个值（count、sum、min、max、some、every）。",
    "Take one value out of it, or make one of it with count, sum, min, max, some or every.",
)
LIST_EXPECTED = _error(
    1058,
    "这里要一个列表。",
    "A list is needed here.",
    '写成 ["甲", "乙"]，或者下级档案的字段，例如 合同.项目。',
    'Write ["a", "b"], or a field of child records, as in contract.project.',
)
DYNAMIC_LIST = _error(
    1059,
    "这个列表的内容要到计算时才知道，不能用在这里。",
    "What is in this list is known only when it is computed; it cannot be used here.",
    "写出固定的值，或者对下级档案用条件筛选，例如 合同[金额 > 0]。",
    "Write constant values, or filter child records by a condition, as in contract[amount > 0].",
)
FILTER_BEFORE_FIELD = _error(
    1060,
    "先筛选“{name}”，再取字段。",
    'Filter "{name}" first, then take the field.',
    "写成 {name}[条件].字段。",
    "Write {name}[condition].field.",
)
TOO_MANY_TURNS = _error(
    1061,
    "逐个看的次数太多（一处最多 {limit} 次）。",
    "There is too much to go through (at most {limit} turns in one place).",
    "缩小范围，或者把明细做成下级档案再汇总。",
    "Make the range smaller, or keep the details as child records and aggregate them.",
)
TOO_LARGE = _error(
    1062,
    "这里用到的算法全部代进来之后太长。",
    "With everything that it uses written out, this is too long.",
    "把重复的部分写成口径，再引用它。",
    "Give the part that repeats a name of its own as a fact (口径).",
)
ATTACHMENT = _error(
    1071,
    "附件只能问有没有。",
    "Of an attachment can be asked only whether there is one.",
    "写成 照片 = 空 或 照片 != 空；判定表里另立一列“照片 != 空”。",
    "Write photo = null or photo != null; in a decision table make that a column of its own.",
)
DISTINCT_COUNTED = _error(
    1063,
    "去重之后只能数个数，不能用 {function}。",
    "Distinct values can only be counted; {function} does not work on them.",
    "写成 count(distinct values(…))，或者去掉 distinct values。",
    "Write count(distinct values(…)), or leave distinct values out.",
)
