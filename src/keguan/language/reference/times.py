"""How times are written in policies: deadlines, frequencies and amounts of time, as examples with what they mean."""

from __future__ import annotations

from keguan.language.reference.tables import table

DEADLINES = (
    ("3工作日", "within 3 working days", "三个工作日内"),
    ("48小时内", "within 48 hours", "四十八小时内，夜里和周末也算"),
    ("即时", "immediately", "马上"),
    ("当日", "same day", "当天之内"),
    ("次日", "next day", "第二天之内"),
    ("次工作日", "next working day", "下一个工作日之内"),
    ("次日上班前", "before the next opening", "下一个工作日上班以前"),
    ("次日开盘前", "before the market opens", "下一个交易日开盘以前"),
    ("本月底前", "by the end of the month", "这个月最后一天以前"),
    ("提前30天", "30 days in advance", "日期字段里那一天的三十天以前"),
    ("自变更之日起10个工作日内", "10 working days after the change", "写出从哪件事起算"),
)
"""Chinese, English, and what is meant: for 时限."""

FREQUENCIES = (
    ("每月至少1次", "at least once a month", "每个月一次或更多"),
    ("每月1至2次", "1 to 2 times a month", "最少一次，最多两次"),
    ("每半年至多一次", "at most once every half year", "不得更多"),
    ("每工作日", "every working day", "每个工作日一次"),
    ("每周五", "every friday", "每个星期五"),
    ("每月第一个周一", "first monday of every month", "每月的第一个星期一"),
    ("每月5日前", "every month by the 5th", "每个月五号以前"),
    ("每季度结束后15日内", "every quarter by the 15th of its month 1", "下一季度的第一个月十五号以前"),
    ("每年3月31日前", "every year by the 31st of march", "每年三月三十一日以前"),
    ("每两年一次", "once every 2 years", "两年一次"),
)
"""Chinese, English, and what is meant: for 频次 and 周期."""

LENGTHS = (
    ("3天", "3 days", "七十二小时"),
    ("半个月", "half a month", "十五天"),
    ("6个月", "6 months", "六个整月，月末对月末"),
    ("5年", "5 years", "五个整年"),
    ("1个工作日", "1 working day", "按工作日历"),
    ("12小时", "12 hours", ""),
)
"""Chinese, English, and what is meant: for 期限, 提醒, 间隔."""

_HEAD = """# 时间的写法 Times

流程、职责、保存、指标、奖惩、分配、排班里的时间照制度里的话写，数字用阿拉伯数字或汉字都可以。“天”“日”是自然日；
“工作日”“交易日”按工作日历（含调休）。“三个工作日内”“不超过3个工作日”“3工作日”是一个意思。认不出的写法，
诊断会说（[K5901](diagnostics.md#k5901) 起）。

流程的时限和总时限还可以写参数的名字：“时长”的参数直接写名字（投诉期限），“整数”的参数在名字后空一格写单位
（处理天数 工作日）。参数分日期取值，按起算那一天的值。"""


def times_page() -> str:
    """Markdown with a table for each sort of time."""
    lines = [_HEAD]
    for title, rows in (
        ("时限：多久办完", DEADLINES),
        ("频次、周期：多久一次", FREQUENCIES),
        ("期限、提醒、间隔：多长", LENGTHS),
    ):
        lines += ["", f"## {title}", "", *table(("中文", "英文", "意思"), rows)]
    return "\n".join(lines)
