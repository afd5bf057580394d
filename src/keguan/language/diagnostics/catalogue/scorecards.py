"""K82xx: scorecards."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR = Severity.ERROR

WEIGHT_FORM = Entry(
    "K8201",
    _ERROR,
    "“{value}”不能作权重、起分、封顶或保底。",
    "“{value}” cannot be a weight, a base or a bound of the score.",
    "写一个数（25%、60）或一个参数的名称。",
    "Write a number (25%, 60) or the name of a parameter.",
)
WEIGHT_MISSING = Entry(
    "K8202",
    _ERROR,
    "项目“{item}”没有权重，而别的项目有。",
    "The item “{item}” has no weight, although others have.",
    "每个项目都写权重，或都不写。",
    "Give every item a weight, or none.",
)
WEIGHT_TWICE = Entry(
    "K8203",
    _ERROR,
    "项目“{item}”有两个权重：{first} 和 {second}。",
    "The item “{item}” has two weights: {first} and {second}.",
    "同一项目的权重只写在它的第一行。",
    "Write the weight of an item in its first row only.",
)
WEIGHT_SUM = Entry(
    "K8204",
    _ERROR,
    "评分“{label}”各项目的权重合计是 {sum}，不是 100%。",
    "The weights of “{label}” add up to {sum}, not to 100%.",
    "改权重，使合计为 100%；权重是参数的，每个起始日都要合计 100%。",
    "Change the weights until they add up to 100%; where they are parameters, on each of their days.",
)
GRADE_WITHOUT_BANDS = Entry(
    "K8205",
    _ERROR,
    "“定等”和“分档”要一起写，“否决”写在它们之后。",
    "“grade” and “bands” belong together, and a “veto” needs both.",
    "例如两行：定等: 信用等级 (credit_grade)，分档: >= 85 A, >= 70 B, 其余 C。",
    "For example two lines: grade: Credit grade (credit_grade), and bands: >= 85 A, >= 70 B, otherwise C.",
)
GRADE_NAME = Entry(
    "K8206",
    _ERROR,
    "“{value}”不是等级的名称和代码。",
    "“{value}” is not the name and code of a grade.",
    "写成：{value} (代码)，代码用英文小写，如 {value} (credit_grade)。",
    "Write its code behind it, in English lower case: {value} (credit_grade).",
)
BAND_FORM = Entry(
    "K8207",
    _ERROR,
    "看不懂这一档“{value}”。",
    "The band “{value}” cannot be read.",
    "每一档写“条件 空格 等级”，用逗号隔开：>= 85 A, >= 70 B, 其余 C。",
    "Write condition, space, grade, with commas between: >= 85 A, >= 70 B, otherwise C.",
)
VETO_FORM = Entry(
    "K8208",
    _ERROR,
    "看不懂否决“{value}”。",
    "The veto “{value}” cannot be read.",
    "写成“条件 → 等级”，如：营业执照 != true → D。",
    "Write “condition → grade”, e.g. licence != true → D.",
)
TYPE = Entry(
    "K8209",
    _ERROR,
    "得分的类型“{type}”不是数字。",
    "The type “{type}” of the score is not a number.",
    "写整数、数字(1)、百分比或金额。",
    "Write integer, number(1), percent or money.",
)
BOUNDS_CROSSED = Entry(
    "K8210",
    _ERROR,
    "保底 {least} 比封顶 {most} 还高。",
    "The least score {least} is above the highest, {most}.",
    "改其中一个；两者是参数的，每个起始日保底都不能高于封顶。",
    "Change one of them; where they are parameters, the least may not be above the highest on any of their days.",
)
BAND_HOLE = Entry(
    "K8211",
    Severity.WARNING,
    "{case}的，落在两档之间，会按“其余”定等。",
    "Where {case_en}, the score lies between two bands and gets the grade meant for all others.",
    "让相邻两档接上：如 >= 85 A, [70..85) B，或按次序写 >= 85 A, >= 70 B。",
    "Let the bands meet: >= 85 A, [70..85) B, or in their order >= 85 A, >= 70 B.",
)
