"""K3xxx: names — codes, labels, what they refer to, and rings of references."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR = Severity.ERROR

CODE_FORM = Entry(
    "K3001",
    _ERROR,
    "代码“{code}”写法不对。",
    "The code “{code}” is not well written.",
    "用小写英文字母开头，只含小写字母、数字和下划线，不超过40个字符，如 total_purchase。",
    "Begin with a lower-case letter; use lower-case letters, digits and underscores, 40 characters at most.",
)
CODE_RESERVED = Entry(
    "K3002",
    _ERROR,
    "代码“{code}”留作系统使用。",
    "The code “{code}” is reserved for the system.",
    "换一个代码，如 {code}_of_record。",
    "Choose another code, e.g. {code}_of_record.",
)
CODE_TWICE = Entry(
    "K3003",
    _ERROR,
    "代码“{code}”已经用过。",
    "The code “{code}” is taken.",
    "换一个代码（另一处在{other}）。",
    "Choose another code (the other is at {other}).",
)
LABEL_TWICE = Entry(
    "K3004",
    _ERROR,
    "名称“{label}”已经用过。",
    "The name “{label}” is taken.",
    "换一个名称（另一处在{other}）。",
    "Choose another name (the other is at {other}).",
)
LABEL_FORM = Entry(
    "K3005",
    _ERROR,
    "名称“{label}”写法不对。",
    "The name “{label}” is not well written.",
    "名称只含汉字、字母、数字和下划线，不以数字开头，中间不空格。",
    "A name holds only characters, letters, digits and underscores, without spaces, and does not begin with a digit.",
)
RECORD_TYPE_UNKNOWN = Entry(
    "K3006",
    _ERROR,
    "没有“{name}”这种档案。",
    "There is no record type “{name}”.",
    "{suggestion}",
    "{suggestion_en}",
)
FIELD_UNKNOWN = Entry(
    "K3007",
    _ERROR,
    "{record_type}里没有“{name}”。",
    "{record_type} has no “{name}”.",
    "{suggestion}",
    "{suggestion_en}",
)
COMPUTATION_CYCLE = Entry(
    "K3008",
    _ERROR,
    "算法互相依赖：{path}。",
    "Computed values depend on each other: {path}.",
    "改写其中一个算法，使它不再用到自己。",
    "Rewrite one of them so that it no longer needs itself.",
)
RECORD_TYPE_CYCLE = Entry(
    "K3009",
    _ERROR,
    "几种档案算出来的值互相依赖：{path}。",
    "What is computed for several record types depends on each other: {path_en}.",
    "一种档案要整个算完，别的档案才能读它算出来的值：改写其中一个口径或判定，只读对方的字段。",
    "One type is computed as a whole before another reads what it computes: make one of them read only fields.",
)
COLUMN_CLASH = Entry(
    "K3010",
    _ERROR,
    "“{code}”与“{other}”会存到同一列 {column}。",
    "“{code}” and “{other}” would be kept in the same column {column}.",
    "给其中一个换代码。",
    "Change one of the two codes.",
)
LABEL_AMBIGUOUS = Entry(
    "K3011",
    _ERROR,
    "“{label}”在{record_type}里既是{first}又是{second}。",
    "In {record_type}, “{label}” is both a {first_en} and a {second_en}.",
    "给其中一个换名称，算法和条件里才分得清。",
    "Rename one of them, so that formulas and conditions can tell which is meant.",
)
PACK_NOT_USED = Entry(
    "K3012",
    _ERROR,
    "“{name}”在制度包“{pack}”里，而本制度没有用它。",
    "“{name}” belongs to the pack “{pack}”, which this policy does not use.",
    "在开头的 uses 里加上 {pack}。",
    "Add {pack} to uses at the top.",
)
ROLE_UNKNOWN = Entry(
    "K3013",
    _ERROR,
    "没有“{name}”这个角色。",
    "There is no role “{name}”.",
    "{suggestion}",
    "{suggestion_en}",
)
BLOCK_NOT_FOUND = Entry(
    "K3014",
    _ERROR,
    "没有叫“{name}”的{kind}。",
    "There is no {kind_en} called “{name}”.",
    "{suggestion}",
    "{suggestion_en}",
)
LABEL_RESERVED = Entry(
    "K3015",
    _ERROR,
    "“{label}”是算法和条件里用的词，不能作名称。",
    "“{label}” is a word of formulas and conditions and cannot be a name.",
    "换一个名称，或在前后加字。",
    "Choose another name, or add a word to it.",
)
LABEL_WIDE = Entry(
    "K3016",
    _ERROR,
    "名称“{label}”里有全角的字母、数字或下划线。",
    "The name “{label}” holds full-width letters, digits or underscores.",
    "改用半角：“{plain}”。",
    "Write it in half-width: “{plain}”.",
)
