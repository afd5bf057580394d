"""What can be wrong in an expression or in a cell of a decision table: K1001 to K1099."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity


def _error(number: int, zh: str, en: str, hint_zh: str, hint_en: str) -> Entry:
    return Entry(f"K{number}", Severity.ERROR, zh, en, hint_zh, hint_en)


# --- how it is written -------------------------------------------------------------------------------------------

BAD_CHARACTER = _error(
    1001,
    "表达式里不能用“{found}”。",
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
    "文字里的“{found}”不是认得的转义。",
    'The text contains "{found}", which is not a known escape.',
    '反斜杠本身写作 \\\\，引号写作 \\"。',
    'Write a backslash itself as \\\\ and a quotation mark as \\".',
)
BAD_NUMBER_UNIT = _error(
    1005,
    "数字后面的“{found}”不是认得的单位。",
    'The number is followed by "{found}", which is not a known unit.',
    "可用的单位：千、万、百万、千万、亿、万亿（可带“元”）、%、‰。不需要单位时只写数字。",
    "Known units: 千, 万, 百万, 千万, 亿, 万亿 (with or without 元), % and ‰. Otherwise write the number alone.",
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
    "表达式没有写完，后面应当是{expected_zh}。",
    "The expression stops too early; it needs {expected_en}.",
    "把缺少的部分补全。",
    "Write the missing part.",
)
EMPTY = _error(
    1010,
    "这里是空的，应当有一个表达式。",
    "This is empty; an expression should stand here.",
    "写出算法；单元格不作要求时写“-”。",
    'Write the expression; in a cell that asks for nothing write "-".',
)
TOO_DEEP = _error(
    1011,
    "表达式嵌套太深（超过 {limit} 层）。",
    "The expression is nested too deeply (more than {limit} levels).",
    "把其中一部分写成单独的口径，再引用它。",
    "Give a part of it a name of its own as a fact (口径) and use that name.",
)
UNSUPPORTED = _error(
    1012,
    "不支持“{found}”。",
    '"{found}" is not supported.',
    "可用的写法：比较、四则运算、and/or/not、if、in、between，以及对下级档案的 count、sum、min、max、mean。",
    "What is supported: comparison, arithmetic, and/or/not, if, in, between, and count, sum, min, max, mean "
    "over child records.",
)
GLUED_OPERATOR = _error(
    1013,
    "不认得“{name}”；如果“{word}”是运算词，两边要空格。",
    '"{name}" is unknown; if "{word}" is meant as an operator, it needs a space on both sides.',
    "写成“{spaced}”。",
    'Write "{spaced}".',
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
    "“{name}”是敏感字段，加密保存，表达式不能读它。",
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
    "先在下级档案上设一个口径，再汇总那个口径。",
    "Declare a fact (口径) on the child record type, and aggregate that fact.",
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
    "{function} 要 {expected} 个参数，这里有 {found} 个。",
    "{function} takes {expected} argument(s), not {found}.",
    "按要求的个数写参数。",
    "Give it that many arguments.",
)
NO_INPUT = _error(
    1031,
    "“?”只能写在判定表的输入单元格里，代表本列的值。",
    '"?" stands for the column\'s value and is only for input cells of a decision table.',
    "在这里写出字段或口径的名字。",
    "Write the name of the field or fact here.",
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
    "两边要是同一种值；文字要加引号，数字不加。",
    "Both sides must be of one kind; text takes quotes, numbers do not.",
)
NOT_ORDERED = _error(
    1042,
    "{type_zh}没有大小先后，不能用“{operator}”比较。",
    'There is no order for {type_en}; "{operator}" cannot be used.',
    "用 = 或 !=；判断有没有值写 != null。",
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
    '"{value}" has too many decimals; {places} are kept here.',
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
    "让两种结果都是同一种值，或者其中一个写 null。",
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
    "sum 和 mean 用于数字；min 和 max 用于数字和日期；数个数用 count。",
    "sum and mean take numbers; min and max take numbers and dates; to count, use count.",
)
COUNT_OF_FIELD = _error(
    1051,
    "count 数的是下级档案，不是字段“{name}”。",
    'count counts child records, not the field "{name}".',
    "写成 count({children})；只数有值的，写 count({children}[{name} != null])。",
    "Write count({children}); to count those with a value write count({children}[{name} != null]).",
)

ENTRIES: tuple[Entry, ...] = tuple(value for value in list(globals().values()) if isinstance(value, Entry))
