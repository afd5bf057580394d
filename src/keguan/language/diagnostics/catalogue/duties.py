"""K74xx: duties."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

SUBJECT = Entry(
    "K7401",
    _ERROR,
    "看不出职责“{label}”是对哪种档案的。",
    "It is not clear about which records the duty “{label}” is.",
    "在首行之下写“对象: 客户”。",
    "Write “of: customer” below its first line.",
)
WHEN = Entry(
    "K7402",
    _ERROR,
    "第{row}行没有说清何时要办：“频次”和“触发”要写一个，也只写一个。",
    "Row {row} does not say when: fill in either “frequency” or “trigger”, and not both.",
    "反复要办的写频次，如每月至少1次；由一件事引起的写触发和时限。",
    "For what recurs write a frequency, e.g. once a month; for what an event brings, a trigger and a deadline.",
)
DEADLINE_MISSING = Entry(
    "K7403",
    _ERROR,
    "触发“{trigger}”之后多久要办完，没有写。",
    "By when after “{trigger}” it has to be done is not said.",
    "在“时限”里写，如3工作日、次日；日期字段可写提前30天。",
    "Write it in “deadline”, e.g. 3 working days or next day; with a date field also 30 days ahead.",
)
DEADLINE_BESIDE = Entry(
    "K7404",
    _ERROR,
    "写了频次“{frequency}”，就不写时限。",
    "Beside the frequency “{frequency}” there is no deadline.",
    "要限定期内哪一天，写进频次：每月5日前、每月第一个周一；否则删去时限。",
    "Put the day into the frequency, e.g. by the 5th of every month; else remove the deadline.",
)
TRIGGER = Entry(
    "K7405",
    _ERROR,
    "“{value}”不能触发职责。",
    "“{value}” cannot trigger a duty.",
    "{suggestion}可写：新建、变更、变更加字段名、新建加引用{record_type}的档案名，或一个日期字段。",
    "{suggestion_en}Write: created, changed, changed and a field, created and a record type that refers to"
    " {record_type}, or a date field.",
)
AHEAD = Entry(
    "K7406",
    _ERROR,
    "“{trigger}”何时发生事先并不知道，时限不能在它之前。",
    "When “{trigger}” happens is not known beforehand; nothing can be due before it.",
    "写事后的时限，如3工作日；只有日期字段可以提前。",
    "Write a deadline after it, e.g. 3 working days; only a date field can be anticipated.",
)
EVIDENCE_UNKNOWN = Entry(
    "K7407",
    _ERROR,
    "没有叫“{name}”的档案、表单或检查可以作凭证。",
    "There is no record type, form or checklist “{name}” to serve as evidence.",
    "{suggestion}",
    "{suggestion_en}",
)
EVIDENCE_NOT_CHILD = Entry(
    "K7408",
    _ERROR,
    "“{name}”不引用{record_type}，看不出凭证是哪一个{record_type}的。",
    "“{name}” does not refer to {record_type}: it cannot be told whose evidence it is.",
    "在“{name}”里加一个“引用({record_type})”的字段，或改用别的凭证。",
    "Add a field of the type “reference({record_type})” to it, or name other evidence.",
)
EVIDENCE_UNDATED = Entry(
    "K7409",
    _WARNING,
    "“{name}”没有日期字段，系统看不出何时办的，只能由人确认。",
    "“{name}” has no date field; the system cannot see when it was done, so a person has to confirm it.",
    "给“{name}”加一个日期字段。",
    "Add a date field to it.",
)
EVIDENCE_WHICH = Entry(
    "K7410",
    _ERROR,
    "凭证“{name}”里要用哪个字段，没有说清。",
    "Which field of the evidence “{name}” is meant is not clear.",
    "把引用字段或日期字段写在括号里，如 {name}({choice})；可写：{choices}。",
    "Put the reference field or the date field in brackets, e.g. {name}({choice}); there are: {choices}.",
)
CHECK_ALONE = Entry(
    "K7411",
    _ERROR,
    "写了核查，凭证却不是系统里的档案，无从核查。",
    "There is a check, but the evidence is no record, so there is nothing to check.",
    "在“凭证”里写一种引用对象的档案，或删去核查。",
    "Name a record type as the evidence, or remove the check.",
)
REMINDED_EARLY = Entry(
    "K7412",
    _WARNING,
    "提醒太早：到期前{remind}提醒，而“{deadline}”总共没有那么久。",
    "The reminder is too early: {remind_en} before it is due, which is longer than all of “{deadline}”.",
    "把提醒改得比时限或周期短。",
    "Make the reminder shorter than the deadline or the period.",
)
NEVER = Entry(
    "K7413",
    _WARNING,
    "第{row}行的“{cell}”不可能成立，这一行永远没有人要办。",
    "“{cell}” in row {row} can never hold: nobody will ever owe it.",
    "检查条件是否互相排斥，或范围的两端是否写反。",
    "Check whether the conditions exclude each other or the ends of a range are swapped.",
)
CONTRADICT = Entry(
    "K7414",
    _WARNING,
    "第{first}行与第{second}行让同样的人对同样的档案办同一件事，频次却不同：“{one}”与“{other}”。",
    "Rows {first} and {second} want the same of the same people for the same records, but “{one}” and “{other}”.",
    "改“适用”使两行不重叠，只留一个频次，或在“事项”里写成两件事。",
    "Change “applies” so that they do not overlap, keep one frequency, or make them two tasks.",
)
EVIDENCE_OF_OTHERS = Entry(
    "K7415",
    _ERROR,
    "检查“{name}”是对{about}的，不能证明对{record_type}办了事。",
    "The checklist “{name}” is about {about}: it cannot prove what is owed about {record_type}.",
    "换一份对{record_type}的检查，或改职责的“对象”。",
    "Name a checklist about {record_type}, or change what the duty is of.",
)
KEPT_NOWHERE = Entry(
    "K7416",
    _WARNING,
    "第{row}行由到期触发，而没有一条保存期限说{record_type}保存多久，永远没有人要办。",
    "Row {row} begins when {record_type} is kept no longer, but no retention says how long that is: nobody will owe"
    " it.",
    "为{record_type}写一个“保存”声明，或换一个触发。",
    "Write a retention block for it, or name another trigger.",
)
