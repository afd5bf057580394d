"""The functions that expressions may call: their names, and what their arguments are called."""

from __future__ import annotations

_NAMES: dict[str, tuple[str, ...]] = {
    "count": ("计数",),
    "sum": ("合计",),
    "min": ("最小",),
    "max": ("最大",),
    "mean": ("平均",),
    "all": ("全部",),
    "any": ("任一",),
    "distinct values": ("去重",),
    "list contains": ("列表包含",),
    "is defined": ("有值",),
    "with default": ("空则",),
    "today": ("今天",),
    "date": ("日期",),
    "time": ("时间",),
    "date and time": ("日期时间",),
    "duration": ("时长",),
    "years and months duration": ("相隔月数",),
    "day of year": ("年内日序",),
    "day of week": ("星期名",),
    "month of year": ("月份名",),
    "start of week": ("周初",),
    "end of week": ("周末日",),
    "start of month": ("月初",),
    "end of month": ("月末",),
    "start of quarter": ("季初",),
    "end of quarter": ("季末",),
    "start of year": ("年初",),
    "end of year": ("年末",),
    "string": ("转文本",),
    "string length": ("文本长度",),
    "substring": ("截取",),
    "substring before": ("截取之前",),
    "substring after": ("截取之后",),
    "upper case": ("大写",),
    "lower case": ("小写",),
    "contains": ("包含",),
    "starts with": ("开头是",),
    "ends with": ("结尾是",),
    "has mobile number": ("有手机号",),
    "abs": ("绝对值",),
    "floor": ("向下取整",),
    "ceiling": ("向上取整",),
    "decimal": ("保留小数",),
    "round half up": ("四舍五入",),
    "round half down": ("五舍六入",),
    "round up": ("进位",),
    "round down": ("舍去",),
    "modulo": ("取余",),
    "even": ("是偶数",),
    "odd": ("是奇数",),
}

FUNCTIONS: dict[str, str] = {spelling: name for name, others in _NAMES.items() for spelling in (name, *others)}
"""Every function by each of its spellings."""

ARGUMENTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "today": ((),),
    "is defined": (("value",),),
    "with default": (("value", "default"),),
    "list contains": (("list", "element"),),
    "distinct values": (("list",),),
    "date": (("from",), ("year", "month", "day")),
    "time": (("from",), ("hour", "minute", "second")),
    "date and time": (("from",), ("date", "time")),
    "duration": (("from",),),
    "years and months duration": (("from", "to"),),
    "day of year": (("date",),),
    "day of week": (("date",),),
    "month of year": (("date",),),
    **dict.fromkeys(
        (
            "start of week",
            "end of week",
            "start of month",
            "end of month",
            "start of quarter",
            "end of quarter",
            "start of year",
            "end of year",
        ),
        (("date",),),
    ),
    "string": (("from",),),
    "string length": (("string",),),
    "substring": (("string", "start position"), ("string", "start position", "length")),
    "substring before": (("string", "match"),),
    "substring after": (("string", "match"),),
    "upper case": (("string",),),
    "lower case": (("string",),),
    "contains": (("string", "match"),),
    "starts with": (("string", "match"),),
    "ends with": (("string", "match"),),
    "has mobile number": (("string",),),
    "abs": (("n",),),
    "floor": (("n",), ("n", "scale")),
    "ceiling": (("n",), ("n", "scale")),
    "decimal": (("n", "scale"),),
    "round half up": (("n", "scale"),),
    "round half down": (("n", "scale"),),
    "round up": (("n", "scale"),),
    "round down": (("n", "scale"),),
    "modulo": (("dividend", "divisor"),),
    "even": (("number",),),
    "odd": (("number",),),
}
"""What the arguments of a function are called, for each number of arguments that it takes. A function that is not here
takes one list or any number of values.
"""

_PATTERN = (
    "用 contains、starts with、ends with、substring 判断固定的字样。",
    "Look for fixed text with contains, starts with, ends with or substring.",
)
_LIST = (
    "列表不能在整库计算时改动；要的是个数、合计或判断时，用 count、sum、min、max、some、every。",
    "Lists cannot be rearranged when whole tables are computed; use count, sum, min, max, some or every.",
)
_MIDDLE = (
    "用 mean（平均）、min 或 max。",
    "Use mean, min or max.",
)
_CLOCK = (
    "用 today()（今天）；到时刻的期限写在职责或流程的时限里。",
    "Use today(); deadlines to the hour belong in a duty or a process (时限).",
)
_ROOT = (
    "可用四则运算和 ** 整数次方。",
    "Use the four operations and ** with a whole number.",
)
_TEXT_IN = (
    "把这个值存成数字或选项字段。",
    "Keep the value in a field that is a number or a choice.",
)
_INTERVAL = (
    "用比较运算写出来，例如 a.开始 <= b.结束 and b.开始 <= a.结束。",
    "Write it as comparisons, for example a.start <= b.end and b.start <= a.end.",
)

REFUSED: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("matches", "replace", "split", "匹配", "替换"), _PATTERN),
    **dict.fromkeys(
        (
            "sort", "append", "concatenate", "insert before", "remove", "reverse", "index of", "union", "flatten",
            "sublist", "list replace", "duplicate values", "partition", "string join", "product", "排序",
        ),
        _LIST,
    ),
    **dict.fromkeys(("get value", "get entries", "context", "context put", "context merge"), _LIST),
    **dict.fromkeys(("median", "mode", "stddev", "中位数"), _MIDDLE),
    **dict.fromkeys(("now", "现在"), _CLOCK),
    **dict.fromkeys(("sqrt", "log", "exp", "random number", "平方根"), _ROOT),
    **dict.fromkeys(("number", "week of year"), _TEXT_IN),
    **dict.fromkeys(
        (
            "before", "after", "meets", "met by", "overlaps", "overlaps before", "overlaps after", "finishes",
            "finished by", "includes", "during", "starts", "started by", "coincides",
        ),
        _INTERVAL,
    ),
}  # fmt: skip
"""FEEL's other functions, which cannot be computed for a whole table at once, and what to do instead."""
