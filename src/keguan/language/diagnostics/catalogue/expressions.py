"""What can be wrong in an expression or in a cell of a decision table: K1001 to K1099."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity


def _error(number: int, zh: str, en: str, hint_zh: str, hint_en: str) -> Entry:
    return Entry(f"K{number}", Severity.ERROR, zh, en, hint_zh, hint_en)


# --- how it is written -------------------------------------------------------------------------------------------

BAD_CHARACTER = _error(
    1001,
    "算法和条件里不能用“{found}”。",
    '"{found}" has no meaning in an expression.',
    "删去它；文字要放在双引号里。",
    "Delete it; text belongs in double quotes.",
)
FOREIGN_OPERATOR = _error(
    1002,
    "这里不写“{found}”，写“{instead}”。",
    'Write "{instead}" instead of "{found}".',
    "把“{found}”改为“{instead}”。",
    'Replace "{found}" with "{instead}".',
)
OPEN_TEXT = _error(
    1003,
    "这段文字缺少右引号。",
    "This text has no closing quotation mark.",
    '在文字末尾补上与开头成对的引号，例如 "A" 或 “A”。',
    'Close it with the mark that pairs with the opening one, as in "A".',
)
BAD_ESCAPE = _error(
    1004,
    "文字里的“{found}”不认得：反斜杠 \\ 有特别的用处。",
    'The text contains "{found}", which is not a known escape.',
    '反斜杠本身写作 \\\\，引号写作 \\"。',
    'Write a backslash itself as \\\\ and a quotation mark as \\".',
)
BAD_NUMBER_UNIT = _error(
    1005,
    "数字后面的“{found}”不是认得的单位。",
    'The number is followed by "{found}", which is not a known unit.',
    "可用的单位：千、万、百万、千万、亿、万亿（可带“元”）、%、‰，以及天、小时等时间。不是这些就只写 {number}。",
    "Known units: 千, 万, 百万, 千万, 亿, 万亿 (with or without 元), %, ‰, and times (天). Otherwise write {number}.",
)
DIGIT_GROUPS = _error(
    1006,
    "“{found}”看不出是一个数还是几个数。",
    'It is unclear whether "{found}" is one number or several.',
    "一个数请不写千分位逗号（如 8000000 或 800万）；几个数请在逗号后加空格。",
    "Write one number without group commas (8000000); put a space after the comma between several.",
)
BAD_DATE = _error(
    1007,
    "“{found}”不是一个日期。",
    '"{found}" is not a date.',
    '日期写作 @"2026-01-31"，年四位、月日各两位，并且这一天要存在。',
    'Write a date as @"2026-01-31": four-digit year, two-digit month and day, and the day must exist.',
)
UNEXPECTED = _error(
    1008,
    "这里不应出现“{found}”，应当是{expected_zh}。",
    'Expected {expected_en} here, not "{found}".',
    "检查前后是否少了运算符、逗号或括号。",
    "Check whether an operator, a comma or a bracket is missing nearby.",
)
UNEXPECTED_END = _error(
    1009,
    "没有写完，后面应当是{expected_zh}。",
    "The expression stops too early; it needs {expected_en}.",
    "把缺少的部分补全。",
    "Write the missing part.",
)
EMPTY = _error(
    1010,
    "这里是空的，应当有算法或条件。",
    "This is empty; an expression should stand here.",
    "写出算法；单元格不作要求时写“-”。",
    'Write the expression; in a cell that asks for nothing write "-".',
)
TOO_DEEP = _error(
    1011,
    "一层套一层，套得太深（超过 {limit} 层）。",
    "The expression is nested too deeply (more than {limit} levels).",
    "把其中一部分写成单独的口径，再引用它。",
    "Give a part of it a name of its own as a fact (口径) and use that name.",
)
UNSUPPORTED = _error(
    1012,
    "不支持“{found}”。",
    '"{found}" is not supported.',
    "把它拆成几个比较，用 and 连起来。",
    "Write several comparisons, joined by and.",
)
GLUED_OPERATOR = _error(
    1013,
    "不认得“{name}”；如果“{word}”是运算词，两边要空格。",
    '"{name}" is unknown; if "{word}" is meant as an operator, it needs a space on both sides.',
    "写成“{spaced}”。",
    'Write "{spaced}".',
)
OPEN_COMMENT = _error(
    1014,
    "这段注释没有结束。",
    "This comment does not end.",
    "在注释末尾补上 */。",
    "Close it with */.",
)
WORKING_TIME = _error(
    1015,
    "算法和条件里不能用“{found}”：它要看日历。",
    'An expression cannot use "{found}": that needs a calendar.',
    "时限可以写工作日；这里请写自然日，例如 3天、24小时、6个月。",
    "Deadlines (时限) may use working days; in an expression write calendar time, for example 3天, 24小时 or 6个月.",
)
BAD_DURATION = _error(
    1016,
    "“{found}”不是一段可用的时长。",
    '"{found}" is not a length of time that can be used.',
    '写作 3天、24小时、6个月、2年，或 duration("P3D")、duration("P1Y6M")；精确到秒，月和年写整数。',
    'Write 3天, 24小时, 6个月, 2年, or duration("P3D"), duration("P1Y6M"): to the second, months and years whole.',
)
BAD_LITERAL = _error(
    1017,
    "“{found}”不是日期、时间或时长。",
    '"{found}" is not a date, a time or a duration.',
    '时间写作 @"09:30:00"，日期时间写作 @"2026-01-31T09:30:00"，时长写作 @"P3D" 或 3天。',
    'Write a time as @"09:30:00", a date and time as @"2026-01-31T09:30:00", a duration as @"P3D" or 3天.',
)
CONSTANT_TEXT = _error(
    1018,
    "{function} 里要写固定的文字，不能是算出来的。",
    "{function} takes constant text, not something computed.",
    '写成 {function}("…")，引号里写固定的日期、时间或时长，如 2026-01-31、P3D；字段请直接用这些类型。',
    'Write {function}("…") with a fixed date, time or duration in the quotes (2026-01-31, P3D).',
)

# --- what it refers to -------------------------------------------------------------------------------------------

UNKNOWN_NAME = _error(
    1020,
    "不认得“{name}”。",
    '"{name}" is unknown.',
    "先在档案、口径或参数里声明它；如果是文字，要加引号。",
    "Declare it first as a field, a fact or a parameter; if it is text, put it in quotes.",
)
MISSPELT_NAME = _error(
    1021,
    "不认得“{name}”，是不是“{suggestion}”？",
    '"{name}" is unknown; did you mean "{suggestion}"?',
    "改为“{suggestion}”，或者先声明“{name}”。",
    'Change it to "{suggestion}", or declare "{name}" first.',
)
SENSITIVE_FIELD = _error(
    1022,
    "“{name}”是敏感字段，加密保存，算法和条件里不能用。",
    '"{name}" is a sensitive field, stored encrypted; an expression may not read it.',
    "改用不敏感的字段；如果它其实不敏感，改它的密级。",
    "Use a field that is not sensitive, or change its secrecy level if it is not.",
)
CELL_READS_RECORD = _error(
    1023,
    "单元格里不能直接读“{name}”，只能和固定值或参数比较。",
    'A cell may not read "{name}"; it compares with constants and parameters only.',
    "把“{name}”另设一列，或者把这个条件写成一个口径。",
    'Give "{name}" a column of its own, or write the condition as a fact (口径).',
)
CHILDREN_ALONE = _error(
    1024,
    "“{name}”是一组下级档案，不能直接当作一个值。",
    '"{name}" is a set of child records, not one value.',
    "先汇总，例如 count({name})，或 sum({name}.字段)。",
    "Aggregate it, for example count({name}) or sum({name}.field).",
)
NOT_CHILDREN = _error(
    1025,
    "“{name}”不是下级档案，不能筛选、取字段或汇总。",
    '"{name}" is not a set of child records; it cannot be filtered, have fields taken or be aggregated.',
    "汇总只用于引用本档案的其他档案，例如 count(购买合同)。",
    "Only records of another type that refer to this one can be aggregated, for example count(contracts).",
)
AMBIGUOUS_CHILDREN = _error(
    1026,
    "“{name}”有几个字段引用本档案，不知道按哪一个。",
    '"{name}" refers to this record through several fields; it is unclear which is meant.',
    "写明引用字段：{choices}。",
    "Name the reference field: {choices}.",
)
MISSING_PATH = _error(
    1027,
    "{function} 要说明汇总哪个字段。",
    "{function} needs the field to aggregate.",
    "写成 {function}({name}.字段)。",
    "Write {function}({name}.field).",
)
NESTED_AGGREGATE = _error(
    1028,
    "汇总里面不能再汇总“{name}”。",
    'An aggregate may not aggregate "{name}" inside itself.',
    "方括号里直接写字段名，不写“{name}.”；确要再汇总的，先在下级档案上设一个口径。",
    'In square brackets write the field alone, without "{name}."; for more, declare a fact on the child records.',
)
UNKNOWN_FUNCTION = _error(
    1029,
    "没有“{name}”这个函数。",
    'There is no function "{name}".',
    "可用的函数：{functions}。",
    "Functions: {functions}.",
)
ARGUMENT_COUNT = _error(
    1030,
    "{function} 的括号里要写 {expected} 个值，这里有 {found} 个。",
    "{function} takes {expected} value(s) in its brackets, not {found}.",
    "按要求的个数写，值之间用逗号隔开。",
    "Write that many, with commas between.",
)
NO_INPUT = _error(
    1031,
    "“?”只能写在判定表的条件格里，代表本列的值。",
    '"?" stands for the column\'s value and is only for input cells of a decision table.',
    "在这里写出字段或口径的名字。",
    "Write the name of the field or fact here.",
)
OUTER_NAME = _error(
    1032,
    "“{name}”本身也是汇总出来的，汇总“{children}”的时候不能再汇总一次。",
    '"{name}" is itself made from child records; that cannot be done again while going through "{children}".',
    "先把它设成本档案的一个口径，汇总里直接写那个口径的名字。",
    "Make it a fact (口径) of this record first, and write the name of that fact here.",
)
NOT_SET_BASED = _error(
    1033,
    "“{name}”不能用：发布后要一次算完全部档案，它做不到。",
    '"{name}" cannot be used: once published, all records are computed at once, which it does not allow.',
    "{instead_zh}",
    "{instead_en}",
)
NOT_A_FUNCTION = _error(
    1034,
    "这不是一个函数，不能加括号调用。",
    "This is not a function and cannot be called.",
    "删去后面的括号，或者写出函数的名字。",
    "Delete the brackets after it, or write the name of a function.",
)
ARGUMENT_NAMES = _error(
    1035,
    "{function} 的括号里，冒号前的名称不对。",
    "In the brackets of {function}, a name before a colon is not known.",
    "可用的名称：{names}；也可以不写名称，按顺序写值。",
    "The names are: {names}. They may be left out.",
)
NO_PROPERTY = _error(
    1036,
    "{found_zh}没有“{name}”这一部分。",
    'There is no "{name}" in {found_en}.',
    "可用的有：{known}。",
    "There are: {known}.",
)
NO_PROPERTIES = _error(
    1037,
    "{found_zh}不能取“{name}”。",
    '"{name}" cannot be taken from {found_en}.',
    "点号用于下级档案的字段、日期和时长的部分，例如 签订日.年。",
    "A dot takes a field of child records, or a part of a date or a duration, as in signed_on.year.",
)
UNKNOWN_TYPE = _error(
    1038,
    "没有“{name}”这种类型。",
    'There is no type "{name}".',
    "可用的类型：{known}。",
    "Types: {known}.",
)
LOOPS_OVER_CHILDREN = _error(
    1039,
    "逐个看下级档案时，不能同时再逐个看别的。",
    "While going through child records nothing else can be gone through.",
    "先在下级档案上设一个口径，再汇总那个口径。",
    "Declare a fact (口径) on the child record type first, and go through that.",
)

# --- what kind of value it is ------------------------------------------------------------------------------------

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
DISTINCT_COUNTED = _error(
    1063,
    "去重之后只能数个数，不能用 {function}。",
    "Distinct values can only be counted; {function} does not work on them.",
    "写成 count(distinct values(…))，或者去掉 distinct values。",
    "Write count(distinct values(…)), or leave distinct values out.",
)
MISSPELT_FUNCTION = _error(
    1064,
    "没有“{name}”这个函数，是不是“{suggestion}”？",
    'There is no function "{name}"; did you mean "{suggestion}"?',
    "改为“{suggestion}”。",
    'Change it to "{suggestion}".',
)

ENTRIES: tuple[Entry, ...] = tuple(value for value in list(globals().values()) if isinstance(value, Entry))
RANGE_IN_WORDS = _error(
    1065,
    "“{found}”要用符号写。",
    'Write "{found}" with signs.',
    "写成：{instead}。",
    "Write: {instead}.",
)
SUBTRACTION_CELL = _error(
    1066,
    "格里的“{found}”会当成减法来算。",
    'In a cell, "{found}" is a subtraction.',
    "要写一段范围，写成 [{low}..{high}]（两端都算），右端不算写 [{low}..{high})。",
    "For a range write [{low}..{high}] (both ends count), or [{low}..{high}) without the upper end.",
)
CHOICE_UNQUOTED = _error(
    1067,
    "“{name}”是一个选项，要加引号。",
    '"{name}" is a choice and needs quotation marks.',
    '写成："{name}"。',
    'Write: "{name}".',
)
REFERENCE_FIELD = _error(
    1068,
    "“{name}”是引用字段，算法和条件里不能用。",
    '"{name}" refers to another record and cannot be used in a formula.',
    "在被引用的那种档案里写口径，用 count、sum 等取这边的值；或在这里另设一个字段。",
    "Write a fact on the record it refers to, with count, sum and the like; or add a field of its own here.",
)
