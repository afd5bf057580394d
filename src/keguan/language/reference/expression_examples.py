"""Expressions and what they give: equations for the page, each side computed by a test."""

from __future__ import annotations

LITERALS = (
    ("5000万", "50000000", "万、亿、千、百；“元”可写可不写"),
    ("1.2亿", "120000000", ""),
    ("15%", "0.15", "百分之；‰ 是千分之"),
    ('"钻石卡"', '"钻石卡"', "文字要加引号，“”和 \" 都可以"),
    ("是", "true", "true、false 也可以"),
    ('@"2026-01-31"', "date(2026, 1, 31)", "日期；表格的“值”“起”里直接写 2026-01-31"),
    ("3天", '@"P3D"', "一段时间；秒、分钟、小时、天、周"),
    ("6个月", '@"P6M"', "按月的一段时间；个月、季度、年"),
)
"""Written so, it means that; and a note."""

ARITHMETIC = (
    ("7 / 2", "3.5", "除不尽时保留小数，不取整"),
    ("1 / 0", "null", "除以零是空"),
    ("2 ** 3", "8", "整数次方"),
    ("100 + 1 / 0", "null", "空参加运算还是空"),
    ('"客户" + "经理"', '"客户经理"', "文字相接"),
    ('@"2026-01-31" + 1个月', '@"2026-02-28"', "落到没有的日子时取月末"),
    ('@"2026-03-01" - @"2026-02-01"', "28天", "两天之间"),
    ('@"2026-11-21".年', "2026", "取年、月、日、星期（星期一是 1）"),
    ('if 3 > 2 then "高" else "低"', '"高"', "如果…那么…否则…；条件是空时走“否则”"),
)
"""Written so, it gives that; and a note."""

LOGIC = (
    ("true and null", "null", "一真一空：不知道"),
    ("false and null", "false", "有一个假就是假"),
    ("true or null", "true", "有一个真就是真"),
    ("false or null", "null", "一假一空：不知道"),
    ("not(null)", "null", "不知道的反面还是不知道"),
    ("1 / 0 > 5", "null", "空与什么比大小都不知道"),
    ("null = null", "true", "相等不是比大小：空等于空"),
    ("null != true", "true", "所以“没有填”和“否”都不等于“是”"),
    ("5 in [1..5]", "true", "属于、介于"),
    ("3 between 1 and 5", "true", ""),
    ('"乙" in ("甲", "乙")', "true", ""),
)
"""Written so, it gives that; and a note."""

CELLS = (
    ("-", "不限"),
    (">= 500万", "大于等于；<、<=、>、=、!= 也可以，≥ ≤ ≠ 也可以"),
    ("[100万..500万)", "从 100 万到 500 万，含前不含后；圆括号不含，方括号含"),
    ('"A", "B"', "是其中之一"),
    ("true", "是；标题可以是一个条件，如“欠款 > 0”"),
    ("null", "空，没有填"),
    ("not(true)", "不是 true：是 false 或空"),
    ("not(null)", "填了的"),
    (">= 大客户线", "与参数比"),
    ("> today() - 1年", "与算出来的值比"),
)
"""What a cell of a table may hold, and what it says of the value of its column."""

CHILDREN = (
    ("count(合同)", "有几份合同"),
    ('count(合同[状态 = "履行中"])', "满足条件的有几份"),
    ("sum(合同.金额)", "金额相加；一份没有时是空，要 0 时写 if count(合同) = 0 then 0 else sum(合同.金额)"),
    ("sum(合同[签订日 >= today() - 3年].金额)", "先挑后加"),
    ("max(合同.签订日)", "最晚的一天"),
    ("sum(for c in 合同 return c.单价 * c.数量)", "每份先算，再相加"),
    ("some c in 合同 satisfies c.金额 > 100万", "有没有一份；汉字写 存在 c 属于 合同 满足 …"),
    ("every c in 合同 satisfies c.已付清", "是不是每一份；一份没有时是真"),
    ("count(distinct values(合同.项目))", "有几种不同的"),
    ("客户关系(客户甲)", "从属档案用几个字段指过来时，写明用哪个字段"),
)
"""What may be said of child records."""
