"""K77xx: rosters."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

TIME = Entry(
    "K7701",
    _ERROR,
    "看不懂时刻“{value}”。",
    "The time “{value}” cannot be read.",
    "写成08:30或次日06:00，从00:00到24:00。",
    "Write 08:30 or next day 06:00, from 00:00 to 24:00.",
)
ENDS_FIRST = Entry(
    "K7702",
    _ERROR,
    "班次“{shift}”{end}就结束，而{start}才开始。",
    "The shift “{shift}” ends at {end}, before it begins at {start}.",
    "跨过半夜的，把“止”写成“次日{end}”；否则检查起止是否写反。",
    "If it goes past midnight, write “next day {end}”; else check whether the two times are swapped.",
)
PEOPLE = Entry(
    "K7703",
    _ERROR,
    "“{value}”不是人数。",
    "“{value}” is not a number of people.",
    "写1到999的整数。",
    "Write a whole number from 1 to 999.",
)
DAYS = Entry(
    "K7704",
    _ERROR,
    "看不懂适用日“{value}”。",
    "The days “{value}” cannot be read.",
    "可写：每日、工作日、周末、节假日、交易日、周一、周一至周五。",
    "Write: every day, working days, weekends, holidays, trading days, Monday, Monday to Friday.",
)
COVERAGE = Entry(
    "K7705",
    _ERROR,
    "看不懂覆盖时段“{value}”。",
    "The hours to cover “{value}” cannot be read.",
    "可写：08:00-20:00、工作日 09:00-11:00 3人；几段用分号隔开。",
    "Write 08:00-20:00 or working days 09:00-11:00 3 people; separate several by semicolons.",
)
GAP = Entry(
    "K7706",
    _WARNING,
    "排班“{label}”没有排满：{days}{hours}至少要{needed}人，排了{there}人。",
    "The roster “{label}” leaves a gap: on {days_en} {hours} at least {needed} must be there, {there} are.",
    "加一个班次、加人数，或改“覆盖”。",
    "Add a shift or people, or change the coverage.",
)
TOO_LONG = Entry(
    "K7707",
    _WARNING,
    "班次“{shift}”长{length}，超过了连续上班上限{most}。",
    "The shift “{shift}” lasts {length_en}, longer than the {most_en} that anyone may work.",
    "缩短班次或分成两班，或改上限。",
    "Shorten the shift, split it, or change the limit.",
)
