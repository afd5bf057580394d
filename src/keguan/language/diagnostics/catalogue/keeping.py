"""K503x: how the records of a type are kept: completeness, filing in time, verification."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

FIGURE_FORM = Entry(
    "K5031",
    _ERROR,
    "完整度要有名称和代码，“{value}”看不出来。",
    "A completeness needs a name and a code; “{value}” does not say them.",
    "写成 完整度 (completeness)，信息类别写在逗号之后。",
    "Write 完整度 (completeness), with an information class after a comma if you like.",
)
WEIGHT = Entry(
    "K5032",
    _ERROR,
    "“{value}”不是份数。",
    "“{value}” is no number of parts.",
    "写是、否、0 至 {most} 的整数，或一个条件；空着时，必填的占一份。",
    "Write yes, no, a whole number from 0 to {most} or a condition; left empty, a required field counts for one.",
)
NOTHING_ASKED = Entry(
    "K5033",
    _ERROR,
    "档案“{label}”没有一个字段计入完整度。",
    "No field of the record type “{label}” counts for its completeness.",
    "把该问的字段设为必填，或在“完整”列写“是”。",
    "Make the fields to be asked for required, or write yes in the column “counts”.",
)
TIMELY_FORM = Entry(
    "K5034",
    _ERROR,
    "“{value}”没有说清从哪个字段起、多久要录入。",
    "“{value}” does not say from which field on, and how soon, it has to be filed.",
    "写成 接触时间 起 1工作日。",
    "Write contacted_at within 1 working day.",
)
TIMELY_FIELD = Entry(
    "K5035",
    _ERROR,
    "“{name}”不是日期或日期时间字段，不知道何时发生。",
    "“{name}” is no date or date time field: it does not say when it happened.",
    "写本档案的一个日期或日期时间字段。",
    "Name a date or date time field of the record type.",
)
TIMELY_AHEAD = Entry(
    "K5036",
    _ERROR,
    "不能要求在事情发生之前录入。",
    "Nothing can be filed before it happened.",
    "写事后的时限，如 当日、1工作日。",
    "Write a time after it, e.g. same day or 1 working day.",
)
VERIFIED_FIELD = Entry(
    "K5037",
    _ERROR,
    "“{name}”不是日期字段，记不下核实的日子。",
    "“{name}” is no date field: it cannot keep the day of verification.",
    "写本档案的一个日期字段，如 最后核实日。",
    "Name a date field of the record type, e.g. verified_on.",
)
SAID_TWICE = Entry(
    "K5038",
    _ERROR,
    "档案“{label}”的“{key}”已经在别处写过。",
    "“{key}” of the record type “{label}” is said elsewhere already.",
    "只留一处（另一处在{other}）。",
    "Keep one of them (the other is at {other}).",
)
