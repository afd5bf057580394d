"""K4xxx: decision tables — their columns, and what the analysis of their rows finds."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

OUTPUT_MISSING = Entry(
    "K4001",
    _ERROR,
    "判定“{label}”没有结果列。",
    "The decision “{label}” has no result column.",
    "加一列，标题写成“→ 等级 (grade)”。",
    "Add a column with a heading such as “→ Grade (grade)”.",
)
OUTPUT_HEADING = Entry(
    "K4002",
    _ERROR,
    "结果列的标题写法不对。",
    "The heading of the result column is not well written.",
    "写成“→ 等级 (grade)”；要指明类型时写“→ 额度 (credit_limit, 金额)”。",
    "Write “→ Grade (grade)”, or with a type “→ Limit (credit_limit, money)”.",
)
RULE_UNREACHABLE = Entry(
    "K4003",
    _WARNING,
    "第{row}行永远轮不到。",
    "Row {row} is never reached.",
    "它的每一种情形都已被前面的{rows}覆盖：调整次序、改条件或删去此行。",
    "Every case of it is taken by {rows_en} above: reorder, change the conditions or remove the row.",
)
RULE_NEVER = Entry(
    "K4004",
    _WARNING,
    "第{row}行的“{column}”条件“{cell}”不可能成立。",
    "The condition “{cell}” of “{column}” in row {row} can never hold.",
    "检查范围的两端是否写反，或条件是否互相排斥。",
    "Check whether the ends of a range are swapped or the conditions exclude each other.",
)
RULES_OVERLAP = Entry(
    "K4005",
    _ERROR,
    "第{first}行与第{second}行重叠：{case}时两行都成立。",
    "Rows {first} and {second} overlap: both hold when {case_en}.",
    "命中为“唯一”的表，每种情形只能有一行成立：改条件，或把命中改为“首条”。",
    "With the hit policy “unique” only one row may hold: change the conditions, or choose “first”.",
)
TABLE_GAP = Entry(
    "K4006",
    _WARNING,
    "判定“{label}”没有规定这种情形：{case}。",
    "The decision “{label}” does not cover this case: {case_en}.",
    "补一行，或在最后加一行全部写“-”的兜底规则；评分的分档，末尾加“其余”一档。",
    "Add a row for it, or a last row with “-” everywhere; to the bands of a score add one “otherwise”.",
)
ANALYSIS_INEXACT = Entry(
    "K4007",
    _NOTE,
    "判定“{label}”的“{column}”列不能逐一列举，这张表没有检查到底。",
    "The column “{column}” of “{label}” cannot be enumerated; the table was not checked to the end.",
    "条件里只写常数和参数，检查才会准确。",
    "Use only constants and parameters in the conditions to have them checked exactly.",
)
OUTPUT_TYPES = Entry(
    "K4008",
    _ERROR,
    "“{column}”列的结果类型不一致。",
    "The results in the column “{column}” are of different types.",
    "同一列要么都是文字，要么都是数字、是或否、日期或时长。",
    "One column holds only texts, only numbers, only yes/no, only dates or only durations.",
)
COLLECT_NUMBER = Entry(
    "K4009",
    _ERROR,
    "命中为“{hit}”时，“{column}”列必须是数字。",
    "With the hit policy “{hit_en}”, the column “{column}” must be numbers.",
    "改写成数字，或把命中改为“首条”。",
    "Write numbers, or choose the hit policy “first”.",
)
OUTPUT_EMPTY = Entry(
    "K4010",
    _ERROR,
    "“{column}”列没有任何结果。",
    "The column “{column}” holds no result at all.",
    "至少一行写出结果，或删去此列。",
    "Write a result in at least one row, or remove the column.",
)
OUTPUT_KIND = Entry(
    "K4011",
    _ERROR,
    "“{type}”不能作为结果或口径的类型。",
    "“{type}” cannot be the type of a result or fact.",
    "用文本、整数、数字(小数位)、金额、百分比、是否、日期、时间、日期时间、时长或选项(…)。",
    "Use text, integer, number(places), money, percent, boolean, date, time, date time, duration or choice(…).",
)
ANALYSIS_LIMIT = Entry(
    "K4012",
    _NOTE,
    "判定“{label}”太大，没有检查完空缺和重叠。",
    "The decision “{label}” is too large; gaps and overlaps were not checked to the end.",
    "把它拆成几个判定，每个少用几列。",
    "Split it into several decisions with fewer columns each.",
)
RESULT_READS = Entry(
    "K4013",
    _ERROR,
    "第{row}行“{column}”的结果读取了“{name}”，它不是这张表的条件列。",
    "The result “{column}” of row {row} reads “{name}”, which is not an input column of the table.",
    "把“{name}”加为一列条件（不限时写“-”）；要先计算的，在口径里算好，再加为条件列。",
    "Add “{name}” as an input column (“-” where it does not matter); compute it as a fact first if it has to be.",
)
OVERLAP_UNPROVEN = Entry(
    "K4014",
    _WARNING,
    "判定“{label}”的命中为“唯一”，但不能证明第{first}行与第{second}行不会同时成立；同时成立时，以靠前的一行为准。",
    "“{label}” has the hit policy “unique”, but rows {first} and {second} may both hold; then the first counts.",
    "“{column}”列的条件只写常数和参数，或把命中改为“首条”。",
    "Use only constants and parameters in the conditions of “{column}”, or choose “first”.",
)
LIST_TEXT = Entry(
    "K4015",
    _ERROR,
    "命中为“{hit}”时，“{column}”列必须是文字。",
    "With the hit policy “{hit_en}”, the column “{column}” must be texts.",
    "满足的各行会连成一串文字：把结果写在引号里；要合计数字的，命中用“累加”。",
    "The rows that hold are joined into one text: put the results in quotes; to add numbers up, choose “collect_sum”.",
)
ORDER_CHOICES = Entry(
    "K4016",
    _ERROR,
    "命中为“{hit}”时，要写明结果谁先谁后，而判定“{label}”没有写。",
    "A table with the hit policy “{hit_en}” must say which result comes first, and “{label}” does not.",
    "在结果列的标题里按先后列出选项，如“→ 等级 (grade, 选项(A, B, C))”。",
    "List the choices in their order in the heading of the result, e.g. “→ Grade (grade, choice(A, B, C))”.",
)
ORDER_CONSTANT = Entry(
    "K4017",
    _ERROR,
    "命中为“{hit}”时，“{column}”列的结果只能是选项，第{row}行写的是算式。",
    "With the hit policy “{hit_en}”, “{column}” may hold choices only; row {row} holds a formula.",
    '直接写出选项，如 "A"。',
    'Write the choice itself, e.g. "A".',
)
RULES_CONFLICT = Entry(
    "K4018",
    _ERROR,
    "第{first}行与第{second}行结果不同，却可能同时成立：{case}。",
    "Rows {first} and {second} give different results and may both hold: {case_en}.",
    "命中为“任一”的表，同时成立的各行结果必须相同：改条件或结果，或把命中改为“首条”。",
    "With the hit policy “any”, rows that hold together must agree: change a condition or a result, or choose “first”.",
)
RULE_TWICE = Entry(
    "K4019",
    _WARNING,
    "第{row}行与第{other}行的条件和结果完全相同。",
    "Row {row} has the same conditions and results as row {other}.",
    "删去其中一行；确实要算两次的，把结果写成两倍。",
    "Remove one of them; if it is meant to count twice, write the result twice as large.",
)
RULES_MERGEABLE = Entry(
    "K4020",
    _NOTE,
    "第{row}行与第{other}行只有“{column}”不同，结果一样。",
    "Rows {other} and {row} differ in “{column}” only and give the same.",
    "可以并成一行，“{column}”写成：{merged}。",
    "They can be one row, with “{column}”: {merged}.",
)
RULE_OUTRANKED = Entry(
    "K4021",
    _WARNING,
    "第{row}行的结果永远不会被取用。",
    "The result of row {row} is never taken.",
    "它成立时，总有排在前面的结果同时成立：改条件，或删去此行。",
    "Whenever it holds, a result that comes first holds too: change the conditions or remove the row.",
)
CONFLICT_UNPROVEN = Entry(
    "K4022",
    _WARNING,
    "判定“{label}”的命中为“任一”，但不能证明第{first}行与第{second}行不会同时成立而结果不同。",
    "“{label}” has the hit policy “any”, but rows {first} and {second}, which differ, could not be proven apart.",
    "“{column}”列的条件只写常数和参数，或把命中改为“首条”。",
    "Use only constants and parameters in the conditions of “{column}”, or choose “first”.",
)
OUTPUT_MONTHS = Entry(
    "K4023",
    _ERROR,
    "“{column}”列的结果是按月计的时长，不能存成字段。",
    "The results in the column “{column}” are lengths in months, which no field can hold.",
    '写成天数（如 180天）、月数（如 6），或文字（如 "6个月"）。',
    'Write days (180天), the number of months (6) or a text ("6 months").',
)
