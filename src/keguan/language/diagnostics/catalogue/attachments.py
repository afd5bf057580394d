"""K502x: attachment fields."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR = Severity.ERROR

KIND = Entry(
    "K5021",
    _ERROR,
    "没有“{name}”这种附件。",
    "There is no kind of file “{name}”.",
    "{suggestion}带宏的文件、旧版 .doc 和 .xls、压缩包一律不收。",
    "{suggestion_en} Files with macros, old .doc and .xls files and archives are never taken.",
)
SIZE = Entry(
    "K5022",
    _ERROR,
    "附件的大小“{written}”不行：每个文件从 1 KB 到 {most}。",
    "An attachment of “{written}” is out of bounds: a file has from 1 KB to {most}.",
    "写成 5MB 或 300KB；不写就是 5MB。",
    "Write 5MB or 300KB; nothing means 5MB.",
)
NUMBER = Entry(
    "K5023",
    _ERROR,
    "附件的个数“{written}”不行：一个字段放 1 到 {most} 个文件。",
    "“{written}” attachments are out of bounds: a field holds 1 to {most} files.",
    "写成 3个；不写就是一个。更多的文件，另建一种档案，一条放一个。",
    "Write 3 files; nothing means one. For more, keep them as records of their own, one file each.",
)
PLACE = Entry(
    "K5024",
    _ERROR,
    "这里不能用附件。",
    "An attachment cannot stand here.",
    "附件只能是档案的字段；表单、口径、参数、判定和指标里没有文件可放。",
    "Only a field of a record holds files; forms, facts, parameters, decisions and metrics have nowhere to put one.",
)
KEY = Entry(
    "K5025",
    _ERROR,
    "附件“{name}”不能用于{purpose}。",
    "The attachment “{name}” cannot serve for {purpose_en}.",
    "文件的内容不作比较，也不检索；改用一个文本字段，例如文件的编号。",
    "What is in a file is neither compared nor searched; use a text, such as the number of the document.",
)
SENSITIVE = Entry(
    "K5026",
    _ERROR,
    "附件“{name}”不用写敏感。",
    "The attachment “{name}” need not be called sensitive.",
    "附件和它的文件名总是加密保存；谁能看由信息类别决定，只给遮盖的岗位看不到文件名，也不能下载。",
    "Files and their names are always kept encrypted; the information class says who may see them, and whoever sees "
    "it masked gets neither the name nor the file.",
)
