"""What each function of expressions does, in both languages, with an example that is an equation: both sides agree."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FunctionWords:
    """A function's meaning, and an example with what it gives ("" where it needs records or the day)."""

    zh: str
    en: str
    example: str
    gives: str = ""


FUNCTION_WORDS: dict[str, FunctionWords] = {
    "count": FunctionWords(
        "有多少条（满足条件的）从属档案；一条没有是 0",
        "how many child records; 0 when there are none",
        "count([3, 5])",
        "2",
    ),
    "sum": FunctionWords(
        "相加；空的不计，一个也没有是空（要 0，写 空则(sum(…), 0)）",
        "the total; nothing gives null",
        "sum([3, 5, null])",
        "8",
    ),
    "min": FunctionWords("最小的（最早的）；空的不计", "the least or earliest", "min([3, 5])", "3"),
    "max": FunctionWords("最大的（最晚的）；空的不计", "the greatest or latest", "max(3, 5)", "5"),
    "mean": FunctionWords("平均；空的不计", "the mean", "mean([3, 5])", "4"),
    "all": FunctionWords("都成立才是真", "whether all of them hold", "all([true, false])", "false"),
    "any": FunctionWords("有一个成立就是真", "whether one of them holds", "any([true, false])", "true"),
    "distinct values": FunctionWords(
        "去掉重复的；与 count 合用", "without repetitions; used with count", "count(distinct values([3, 3, 5]))", "2"
    ),
    "list contains": FunctionWords(
        "其中有没有这个值", "whether the value is among them", "list contains([3, 5], 5)", "true"
    ),
    "is defined": FunctionWords("有没有值（不是空）", "whether there is a value", "is defined(null)", "false"),
    "with default": FunctionWords(
        "前一个；它是空时是后一个", "the first, or where that is null the second", "空则(null, 0)", "0"
    ),
    "today": FunctionWords("判定的那一天；场景里由虚拟时钟给", "the day of the decision", "today()"),
    "date": FunctionWords(
        "某一天；没有的日子是空", "a day; null when there is none", "date(2026, 1, 31)", '@"2026-01-31"'
    ),
    "time": FunctionWords("一天中的时刻", "a time of day", 'time("08:30:00")', '@"08:30:00"'),
    "date and time": FunctionWords(
        "某一刻", "a moment", 'date and time("2026-01-31T08:30:00")', '@"2026-01-31T08:30:00"'
    ),
    "duration": FunctionWords("一段时间，FEEL 的写法", "an amount of time as FEEL writes it", 'duration("P3D")', "3天"),
    "years and months duration": FunctionWords(
        "从前一天到后一天有几个整月（用 .年 取整年）",
        "the whole months between two days",
        '相隔月数(@"2024-03-15", @"2026-03-14").年',
        "1",
    ),
    "day of year": FunctionWords(
        "是一年里的第几天", "the day's number in its year", 'day of year(@"2026-02-01")', "32"
    ),
    "day of week": FunctionWords(
        "星期几的英文名称；要数字用 .星期", "the weekday's English name", 'day of week(@"2026-11-21")', '"Saturday"'
    ),
    "month of year": FunctionWords(
        "月份的英文名称", "the month's English name", 'month of year(@"2026-11-21")', '"November"'
    ),
    "start of week": FunctionWords(
        "所在那一周的星期一", "the Monday of its week", '周初(@"2026-11-22")', '@"2026-11-16"'
    ),
    "end of week": FunctionWords(
        "所在那一周的星期日", "the Sunday of its week", '周末日(@"2026-11-16")', '@"2026-11-22"'
    ),
    "start of month": FunctionWords(
        "所在那个月的第一天", "the first day of its month", '月初(@"2026-11-21")', '@"2026-11-01"'
    ),
    "end of month": FunctionWords(
        "所在那个月的最后一天", "the last day of its month", '月末(@"2028-02-05")', '@"2028-02-29"'
    ),
    "start of quarter": FunctionWords(
        "所在那一季的第一天（上一季：减 3个月）", "the first day of its quarter", '季初(@"2026-11-21")', '@"2026-10-01"'
    ),
    "end of quarter": FunctionWords(
        "所在那一季的最后一天", "the last day of its quarter", '季末(@"2026-04-01")', '@"2026-06-30"'
    ),
    "start of year": FunctionWords(
        "所在那一年的第一天", "the first day of its year", '年初(@"2026-11-21")', '@"2026-01-01"'
    ),
    "end of year": FunctionWords(
        "所在那一年的最后一天", "the last day of its year", '年末(@"2026-11-21")', '@"2026-12-31"'
    ),
    "string": FunctionWords("变成文字", "as text", "string(1.50)", '"1.5"'),
    "string length": FunctionWords("有几个字", "how many characters", 'string length("客户经理")', "4"),
    "substring": FunctionWords(
        "从第几个字起取几个字；负数从末尾数", "characters from a place on", 'substring("客户经理", 3, 2)', '"经理"'
    ),
    "substring before": FunctionWords(
        "第一个某字样之前", "what stands before", 'substring before("TS-001", "-")', '"TS"'
    ),
    "substring after": FunctionWords(
        "第一个某字样之后", "what stands after", 'substring after("TS-001", "-")', '"001"'
    ),
    "upper case": FunctionWords("拉丁字母变大写", "Latin letters as capitals", 'upper case("vip")', '"VIP"'),
    "lower case": FunctionWords("拉丁字母变小写", "Latin letters as small ones", 'lower case("VIP")', '"vip"'),
    "contains": FunctionWords("有没有某字样", "whether the text has it", 'contains("客户经理", "客户")', "true"),
    "starts with": FunctionWords("是不是以它开头", "whether it begins so", 'starts with("客户经理", "客户")', "true"),
    "ends with": FunctionWords("是不是以它结尾", "whether it ends so", 'ends with("客户经理", "客户")', "false"),
    "has mobile number": FunctionWords(
        "里面有没有手机号：连着十一位数字，开头是 13 至 19",
        "whether a mobile number stands in it: eleven figures on end that begin with 13 to 19",
        '有手机号("请打13900000001")',
        "true",
    ),
    "abs": FunctionWords("去掉负号", "without its sign", "abs(-3)", "3"),
    "floor": FunctionWords("往小取整（或取到几位小数）", "down to a whole", "floor(-1.5)", "-2"),
    "ceiling": FunctionWords("往大取整（或取到几位小数）", "up to a whole", "ceiling(1.2)", "2"),
    "decimal": FunctionWords(
        "取到几位小数，正好一半时取偶", "rounded, a half to the even side", "decimal(2.5, 0)", "2"
    ),
    "round half up": FunctionWords("四舍五入", "rounded, a half away from zero", "round half up(2.5, 0)", "3"),
    "round half down": FunctionWords("五舍六入", "rounded, a half towards zero", "round half down(2.5, 0)", "2"),
    "round up": FunctionWords("有零头就进一", "away from zero", "round up(2.1, 0)", "3"),
    "round down": FunctionWords("舍去零头", "towards zero", "round down(2.9, 0)", "2"),
    "modulo": FunctionWords("余数；除以零是空", "the rest", "modulo(7, 3)", "1"),
    "even": FunctionWords("是不是偶数", "whether it is even", "even(4)", "true"),
    "odd": FunctionWords("是不是奇数", "whether it is odd", "odd(4)", "false"),
}
"""By the function's FEEL name. ``tests/language/test_reference.py`` computes every example."""
