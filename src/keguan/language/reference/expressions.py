"""The page of expressions, made from the vocabulary of ``feel`` and the checked examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.builtins import ARGUMENTS, FUNCTIONS, REFUSED
from keguan.language.feel.tokens import KEYWORDS, MONTHS, SPANS_OF_TIME, UNITS, WORDS
from keguan.language.reference.expression_examples import (
    ARITHMETIC,
    CELLS,
    CHILDREN,
    LITERALS,
    LOGIC,
    PARENTS,
    PHRASES,
)
from keguan.language.reference.function_words import FUNCTION_WORDS
from keguan.language.reference.tables import spellings, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEAD = """# 表达式 Expressions

口径的算法、判定表的标题和格子、必填的条件、流程的条件、指标的口径，都用同一种写法：
OMG 的 FEEL，加上中文的名称、单位和关键词。
算的是精确的小数，没有误差；同一个表达式，算一位客户和用一条 SQL 算全部客户，结果相同。"""
_NAMES = """名称就是档案里的字段、口径、参数、判定的结果，写中文名称或代码都可以。
没有声明过的名称是错误，会猜您想写哪个。
敏感字段（加密的）不能用在算法里；引用字段本身不是值，读它指向的那份档案见[引用的档案](#引用的档案)。
名称里有空格或运算符号的照样写。"""
_STAMPS = """每一种档案都有下面三个名称，不用声明，系统自己记。档案自己声明了同名的字段，就是那个字段。
写了“完整度”的档案还有它的完整度，写了“及时录入”的还有 录入期限 和 迟录，见[档案](blocks/record.md)。"""
_ALWAYS = (
    ("建档日", "created_on", "日期", "建档那一天"),
    ("录入时间", "entered_at", "日期时间", "建档的时刻，到秒"),
    ("最后修改日", "last_changed_on", "日期", "有人最后一次改它的那一天；系统的计算、移交和“核实无变化”都不算"),
)
_AGES = "都按公司所在的时区。档案多大，写 `today() - 建档日`；多久没人动过，写 `today() - 最后修改日`：每天重算一遍。"
_CALENDAR = "工作日、交易日要按日历，只用在时限里，见[时间的写法](times.md)。"
_EMPTY = """没有填的值是**空**（null）。它不是 0，也不是“否”。算式里有空，结果是空；条件的结果可以是真、假、空三种，
判定表的一格、筛选的一个条件，**只有真才算满足**。要单管空的，格里写 null，算式里写 `is defined(…)` 或 `= null`。"""
_OUTER = """方括号里的名称先当作从属档案的；从属档案没有、本档案有的，就是本档案的值；两边同名的，里面的优先。
循环（for、some、every）里从属档案另有名字（上面的 c），它的字段写 `c.字段`；不带 c. 的名称是本档案的。
本档案的值要是本身也由从属档案汇总出来，先设成一个口径，再写那个口径的名称。"""
_ABOVE = """某份档案用 引用(客户) 指向一位客户，就可以读那位客户的字段、口径和判定结果：
写“引用字段.名称”，最多经过两步。没有引用，或者那一项没有填，就是空。那位客户一变，引用他的档案跟着重新计算。
一种档案要整个算完，别的档案才能读它算出来的值：两种档案互相读算出来的值，是错误；读对方直接填写的字段总是可以的。"""
_SET = """发布后，口径和判定要用一条 SQL 算完全部档案。做不到的写法，诊断会拒绝，不会悄悄变慢。
下面是 FEEL 有而这里没有的，和可以代替的："""


def expressions_page() -> str:
    """Markdown, section by section."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield from (_HEAD, "", "## 值和单位", "", *_equations(("写成", "就是", ""), LITERALS), "")
    words = "、".join(unit for unit in UNITS if unit)
    times = "、".join((*SPANS_OF_TIME, *MONTHS))
    yield from (f"数后面的单位：{words}。时间的单位：{times}。", "", _CALENDAR, "")
    yield from ("## 名称", "", _NAMES, "", _STAMPS, "")
    yield from (*table(("中文", "英文", "类型", "是"), _ALWAYS), "", _AGES, "")
    yield from ("## 运算", "", *_equations(("写成", "得到", ""), ARITHMETIC), "")
    yield from ("## 空值，且、或、非", "", _EMPTY, "", *_equations(("写成", "得到", ""), LOGIC), "")
    yield from ("## 判定表的格子", "", "格子说的是它那一列的标题的值。", "")
    yield from (*table(("格里写", "意思"), ((f"`{cell}`", meaning) for cell, meaning in CELLS)), "")
    yield from ("几个写法用逗号隔开，满足一个即可。一列的标题可以是任何表达式；几列要同时满足。", "")
    yield from table(("条文里说", "格里写", ""), ((said, f"`{cell}`", note) for said, cell, note in PHRASES))
    yield ""
    yield from ("## 从属的档案", "", "某种档案用 引用(客户) 指向客户，客户的算法里就能用它的名称。", "")
    yield from (*table(("写成", "意思"), ((f"`{each}`", meaning) for each, meaning in CHILDREN)), "")
    yield from (_OUTER, "", "## 引用的档案", "", _ABOVE, "")
    yield from (*table(("写成", "意思"), ((f"`{each}`", meaning) for each, meaning in PARENTS)), "")
    yield from ("## 函数", "")
    yield from (*table(("函数", "也可写", "意思", "例子", "得到"), _functions()), "")
    yield from ("## 关键词", "", *spellings({**KEYWORDS, **WORDS}), "", "## 不能整批计算的", "", _SET, "")
    yield from table(("没有", "改用"), _refused())


def _equations(headings: Sequence[str], rows: Sequence[tuple[str, str, str]]) -> list[str]:
    return table(headings, ((f"`{left}`", f"`{right}`", note) for left, right, note in rows))


def _functions() -> Iterator[tuple[str, ...]]:
    for name in dict.fromkeys(FUNCTIONS.values()):
        words = FUNCTION_WORDS[name]
        others = "、".join(spelling for spelling, each in FUNCTIONS.items() if each == name and spelling != name)
        forms = "；".join(f"`{name}({', '.join(each)})`" for each in ARGUMENTS.get(name, (("…",),)))
        gives = f"`{words.gives}`" if words.gives else ""
        yield forms, others, f"{words.zh}。{words.en[0].upper()}{words.en[1:]}.", f"`{words.example}`", gives


def _refused() -> Iterator[tuple[str, ...]]:
    instead: dict[tuple[str, str], list[str]] = {}
    for name, hint in REFUSED.items():
        instead.setdefault(hint, []).append(f"`{name}`")
    for (chinese, english), names in instead.items():
        yield "、".join(names), f"{chinese} {english}"
