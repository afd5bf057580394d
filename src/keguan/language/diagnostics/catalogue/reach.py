"""What an expression names and cannot reach: of K1001 to K1099."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity


def _error(number: int, zh: str, en: str, hint_zh: str, hint_en: str) -> Entry:
    return Entry(f"K{number}", Severity.ERROR, zh, en, hint_zh, hint_en)


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
MISSPELT_FUNCTION = _error(
    1064,
    "没有“{name}”这个函数，是不是“{suggestion}”？",
    'There is no function "{name}"; did you mean "{suggestion}"?',
    "改为“{suggestion}”。",
    'Change it to "{suggestion}".',
)
REFERENCE_FIELD = _error(
    1068,
    "“{name}”指向另一份档案，本身不是一个值。",
    '"{name}" refers to another record and is no value itself.',
    "写成“{name}.等级”这样，取那份档案的字段、口径或判定结果；没有引用时为空。",
    'Write e.g. "{name}.grade" to read a field, fact or outcome of that record; it is null where there is none.',
)
PARENTS_CHILDREN = _error(
    1069,
    "“{parent}”那份档案的下级“{name}”，从这里数不到。",
    'The records "{name}" below "{parent}" cannot be counted from here.',
    "在那种档案里写一个口径，用 count、sum 等算好；再在这里写“{parent}.口径”。",
    'Write a fact on that record type with count, sum and the like, and read it here as "{parent}.fact".',
)
TOO_MANY_STEPS = _error(
    1070,
    "“{name}”经过的引用太多，最多{limit}步。",
    '"{name}" goes through too many references; at most {limit} are possible.',
    "在中间的档案里写一个口径取它，再从这里读那个口径。",
    "Write a fact that reads it on a record on the way, and read that fact from here.",
)
