"""K59xx: deadlines, frequencies and lengths of time."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

DEADLINE = Entry(
    "K5901",
    Severity.ERROR,
    "看不懂时限“{value}”。",
    "The deadline “{value}” cannot be read.",
    "可写：3个工作日、24小时、7天、半年、即时、当日、次工作日、办结当日、到期前15天、本月底前。",
    "Write e.g. 3 working days, 24 hours, 7 days, at once, same day, next working day or 15 days before expiry.",
)
FREQUENCY = Entry(
    "K5902",
    Severity.ERROR,
    "看不懂频次“{value}”。",
    "The frequency “{value}” cannot be read.",
    "可写：每月至少1次、每周一、每月第一个周一、每月5日前、每季度一次、每半年一次、每两年一次；几个日子分几行写。",
    "Write e.g. at least once a month, every Monday, first Monday of every month, by the 5th of every month or every 2"
    " years; several days take several rows.",
)
LENGTH = Entry(
    "K5903",
    Severity.ERROR,
    "看不懂时长“{value}”。",
    "The length of time “{value}” cannot be read.",
    "写数目和单位：30分钟、4小时、7天、3个工作日、6个月、5年。",
    "Write a number and a unit: 30 minutes, 4 hours, 7 days, 3 working days, 6 months or 5 years.",
)
FREQUENCY_PARAMETER = Entry(
    "K5905",
    Severity.ERROR,
    "参数“{label}”不能当频次。",
    "The parameter “{label}” cannot stand as a frequency.",
    "用“月数”或“时长”的参数，如 6个月、15天；或用“整数”的参数，后面空一格写单位，如“核实月数 个月”。每个值都要大于零。",
    "Use a parameter of the kind 月数 or 时长, such as 6 months or 15 days; or an integer with its unit after a blank,"
    " such as 核实月数 个月. Every value must be above zero.",
)
DEADLINE_PARAMETER = Entry(
    "K5904",
    Severity.ERROR,
    "参数“{label}”不能当时限。",
    "The parameter “{label}” cannot stand as a deadline.",
    "用“时长”或“月数”的参数，如 15天、6个月；或用“整数”的参数，后面空一格写单位，如“处理天数 工作日”。"
    "每个值都要大于零。",
    "Use a parameter of the kind 时长 or 月数, such as 15 days or 6 months; or an integer with its unit after a blank,"
    " such as 处理天数 工作日. Every value must be above zero.",
)
