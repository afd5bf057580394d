"""How an expression, or a cell of a decision table, is written: of K1001 to K1099."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity


def _error(number: int, zh: str, en: str, hint_zh: str, hint_en: str) -> Entry:
    return Entry(f"K{number}", Severity.ERROR, zh, en, hint_zh, hint_en)


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
