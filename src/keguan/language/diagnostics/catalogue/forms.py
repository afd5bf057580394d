"""K71xx: forms."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR = Severity.ERROR

FIELD_TYPES = Entry(
    "K7101",
    _ERROR,
    "表单字段“{label}”与档案的“{other}”类型不同。",
    "The form's field “{label}” and the record's “{other}” are of different types.",
    "把两处的类型改成一样；选项也要相同。",
    "Give both the same type, and the same options.",
)
SOURCE_SENSITIVE = Entry(
    "K7102",
    _ERROR,
    "“{other}”是敏感字段，取自它的表单字段“{label}”却写成一般。",
    "“{other}” is sensitive, but the form's field “{label}” that is filled in from it is ordinary.",
    "密级改为“敏感”，或空着（随所取的字段）。",
    "Make it sensitive, or leave its secrecy empty to follow the record's field.",
)
TARGET_ORDINARY = Entry(
    "K7103",
    _ERROR,
    "表单字段“{label}”是敏感的，却存入一般字段“{other}”。",
    "The form's field “{label}” is sensitive, but is written into the ordinary field “{other}”.",
    "把档案里的“{other}”改为敏感，或存入另一个字段。",
    "Make “{other}” of the record sensitive, or write into another field.",
)
OUTCOME_KIND = Entry(
    "K7104",
    _ERROR,
    "结论要写一个选项字段，“{name}”不是。",
    "The outcome must be a choice field; “{name}” is none.",
    "把它的类型改为选项(…)，选项就是各种结论。",
    "Give it the type choice(…); its options are the outcomes.",
)
CLASS_MISSING = Entry(
    "K7105",
    _ERROR,
    "表单字段“{label}”没有信息类别。",
    "The form's field “{label}” has no information class.",
    "填写信息类别，或在表单上写一行“信息类别: …”。",
    "Fill in its class, or give the form a line “class: …”.",
)
NAME_IN_RECORD = Entry(
    "K7106",
    _ERROR,
    "“{label}”在表单里和档案里都有，条件里分不清指哪一个。",
    "Both the form and the record have “{label}”; a condition cannot tell which is meant.",
    "给表单字段换名称；如果就是同一个内容，在“取自”或“存入”里写“{label}”。",
    "Rename the form's field; if it is the same thing, write “{label}” at “from” or “into”.",
)
