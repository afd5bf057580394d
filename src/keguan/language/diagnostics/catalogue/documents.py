"""K73xx: documents, and text that must not stand in what customers are given."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

TEXT_MISSING = Entry(
    "K7301",
    _ERROR,
    "文件“{label}”没有正文。",
    "The document “{label}” has no text.",
    "各项之后空一行，再写正文。",
    "Leave a blank line after the lines at the top and write the text.",
)
BRACE_ALONE = Entry(
    "K7302",
    _ERROR,
    "花括号没有成对。",
    "A brace without its pair.",
    "写成{{姓名}}；正文里要出现花括号时写两遍。",
    "Write e.g. {{name}}; to have a brace in the text write it twice.",
)
PLACE_EMPTY = Entry(
    "K7303",
    _ERROR,
    "花括号里没有内容。",
    "Nothing stands between the braces.",
    "写字段名称或算法，如{{姓名}}。",
    "Write a field or a formula, e.g. {{name}}.",
)
PLACE_SENSITIVE = Entry(
    "K7304",
    _ERROR,
    "文件“{label}”写出了敏感字段“{field}”。",
    "The document “{label}” shows the sensitive field “{field}”.",
    "去掉它；确有必要写出时，在文件上写一行“含敏感: 是”。",
    "Leave it out; where it must be shown, give the document the line “discloses sensitive: yes”.",
)
FORBIDDEN = Entry(
    "K7305",
    _WARNING,
    "“{phrase}”不得写进面向客户的规定：{reason}。",
    "“{phrase}” must not stand in rules for customers: {reason_en}.",
    "删去这句话；如果只是内部规定，改说由哪个部门负责解答。",
    "Remove the sentence; in an internal rule say which department answers questions instead.",
)
