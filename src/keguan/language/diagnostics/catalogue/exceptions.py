"""K58xx: exceptions between clauses."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR = Severity.ERROR

UNKNOWN = Entry(
    "K5801",
    _ERROR,
    "例外于“{name}”：没有这个判定，也没有写着判定的这一条。",
    "Exception to “{name}”: there is no such decision, and no clause of that number holds one.",
    "{suggestion}",
    "{suggestion_en}",
)
SEVERAL = Entry(
    "K5802",
    _ERROR,
    "“{name}”里有几个判定，不知道是哪一个的例外：{names}。",
    "“{name}” holds several decisions; it is not clear which one this is an exception to: {names}.",
    "在“例外于”后写判定的名称。",
    "Name the decision after “exception_to”.",
)
RING = Entry(
    "K5803",
    _ERROR,
    "例外绕成了一圈：{path}。",
    "These exceptions go round in a ring: {path}.",
    "去掉其中一个“例外于”，或让它指向最初的判定。",
    "Take one “exception_to” out, or let it name the first decision.",
)
HIT = Entry(
    "K5804",
    _ERROR,
    "判定“{label}”合计或排列满足的各行，不能有例外。",
    "The decision “{label}” adds up or ranks the rows that hold; it cannot have exceptions.",
    "把它的命中改为首条、唯一或任一，或把例外的情形写进它的条件里。",
    "Give it the hit policy “first”, “unique” or “any”, or write the exceptional case into its conditions.",
)
DIFFERS = Entry(
    "K5805",
    _ERROR,
    "例外的“{key}”与原判定不同。",
    "“{key}” of the exception is not that of its decision.",
    "删去这一行，或写成“{value}”。",
    "Remove this line, or write “{value}”.",
)
OUTPUTS = Entry(
    "K5806",
    _ERROR,
    "例外的结果列与原判定不同。",
    "The result columns of the exception are not those of its decision.",
    "写成同样的结果列：{headings}。",
    "Write the same result columns: {headings}.",
)
TOO_LONG = Entry(
    "K5807",
    _ERROR,
    "“{label}”超过 {most} 行，不能用在例外里。",
    "“{label}” has more than {most} rows, which is too many with exceptions.",
    "把它拆成几个判定。",
    "Split it into several decisions.",
)
CONFLICT = Entry(
    "K5808",
    _ERROR,
    "{first}与{second}都是例外，没有先后，却可能同时成立而结果不同：{case}。",
    "{first_en} and {second_en} are exceptions without an order between them, may both hold and differ: {case_en}.",
    "改条件使它们不同时成立，或把应当优先的一个写成另一个的例外。",
    "Change the conditions so that they never hold together, or make the one that prevails an exception to the other.",
)
CONFLICT_UNPROVEN = Entry(
    "K5809",
    Severity.WARNING,
    "不能证明{first}与{second}这两个例外不会同时成立而结果不同；同时成立时，以写在前面的为准。",
    "The exceptions {first_en} and {second_en} could not be proven apart; if both hold, the one written first counts.",
    "“{column}”列的条件只写常数和参数，或把应当优先的一个写成另一个的例外。",
    "Use only constants and parameters in “{column}”, or make the one that prevails an exception to the other.",
)
