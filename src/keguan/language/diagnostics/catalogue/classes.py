"""K85xx: information classes."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

LEVEL_UNKNOWN = Entry(
    "K8501",
    Severity.ERROR,
    "没有“{value}”这个保护级别。",
    "There is no level of protection “{value}”.",
    "{suggestion}",
    "{suggestion_en}",
)
LEVEL_TWICE = Entry(
    "K8502",
    Severity.ERROR,
    "级别里有重复的：{levels}。",
    "A level stands twice: {levels}.",
    "每个级别写一次，从低到高，用 < 分开。",
    "Write every level once, from the lowest to the highest, with < between them.",
)
LEVELS_DIFFER = Entry(
    "K8503",
    Severity.ERROR,
    "这里的级别与另一处不同，那里是：{levels}。",
    "The levels differ from those of another block: {levels}.",
    "一家公司只用一套级别，请写成一样。",
    "A company has one order of levels; write the same one.",
)
UNDECLARED = Entry(
    "K8504",
    Severity.ERROR,
    "信息类别“{value}”没有声明，不知道怎样保护、由谁负责。",
    "The class “{value}” is not declared: nobody knows how to protect it or who answers for it.",
    "在类别里加一行；{suggestion}",
    "Add a row to the classes block. {suggestion_en}",
)
LOWER_THAN_SOURCES = Entry(
    "K8505",
    Severity.WARNING,
    "“{name}”属于“{value}”（{level}），却是由更高级别的信息算出来的：{sources}。",
    "“{name}” is of the class “{value}” ({level}), but is computed from information of a higher level: {sources}.",
    "把它的信息类别改成级别不低于来源的一类；确实看不出来源的，说明理由后保留。",
    "Give it a class whose level is not below its sources'. Keep it only if it gives nothing of them away.",
)
