"""K57xx: scenario files."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR = Severity.ERROR

UNREADABLE = Entry(
    "K5701",
    _ERROR,
    "场景“{label}”读不懂。",
    "The scenario “{label}” cannot be read.",
    "检查缩进和冒号：每项写成“名称: 值”，列表每行以“- ”开头。",
    "Check indents and colons: “name: value”, and “- ” before each item of a list.",
)
KEY_UNKNOWN = Entry(
    "K5702",
    _ERROR,
    "场景里不认识“{key}”。",
    "A scenario has no “{key}”.",
    "{suggestion}",
    "{suggestion_en}",
)
KEY_MISSING = Entry(
    "K5703",
    _ERROR,
    "场景“{label}”缺少“{key}”。",
    "The scenario “{label}” lacks “{key}”.",
    "补上“{key}:”。",
    "Add “{key}:”.",
)
SHAPE = Entry(
    "K5704",
    _ERROR,
    "这里应是{expected}。",
    "Here should be {expected_en}.",
    "参照制度包样例 template/scenarios。",
    "Compare the example in template/scenarios.",
)
VALUE = Entry(
    "K5705",
    _ERROR,
    "“{name}”的值“{value}”不是{expected}。",
    "The value “{value}” of “{name}” is not {expected_en}.",
    "按该字段的类型改写。",
    "Write it as the field's type asks.",
)
RECORD_MISSING = Entry(
    "K5706",
    _ERROR,
    "没有找到{record_type}“{title}”。",
    "No {record_type} “{title}” was found.",
    "先在“已有”或“当”里写出这条档案，名称要一致。",
    "Write that record under “given” or “when” first, with the same name.",
)
RECORD_AMBIGUOUS = Entry(
    "K5707",
    _ERROR,
    "有{count}条{record_type}都符合“{title}”。",
    "{count} {record_type} records fit “{title}”.",
    "用花括号写出更多字段来指明，如 {{起日: 2026-03-02, 部门: 江南}}。",
    "Give more fields in braces to tell them apart, e.g. {{period_start: 2026-03-02, unit: South}}.",
)
BASIS_UNREADABLE = Entry(
    "K5708",
    _ERROR,
    "依据“{value}”读不懂。",
    "The basis “{value}” cannot be read.",
    "写成“第四条 第5行”；累加的表可写“第四条 第1、3行”。",
    "Write “Article 4 row 5”; for a table that adds up “Article 4 rows 1, 3”.",
)
NO_DECISION = Entry(
    "K5709",
    _ERROR,
    "{clause}里没有{record_type}的判定。",
    "{clause} has no decision over {record_type}.",
    "核对条号。",
    "Check the clause number.",
)
NUMBER_COMMA = Entry(
    "K5711",
    _ERROR,
    "“{text}”前面的逗号把一个数断成了两截。",
    "The comma before “{text}” cuts a number in two.",
    "花括号里的数字不写千分位逗号：写 49999999 或 4999.9999万。",
    "Write numbers inside braces without commas: 49999999.",
)
LINK_MISSING = Entry(
    "K5710",
    _ERROR,
    "{child}没有指向{parent}的字段。",
    "{child} has no field that refers to {parent}.",
    "把它单独写成一项，并填写引用字段。",
    "Write it as an item of its own, with its reference fields.",
)
COLUMN_UNKNOWN = Entry(
    "K5712",
    _ERROR,
    "判定“{decision}”没有“{name}”这一列条件。",
    "The decision “{decision}” has no input column “{name}”.",
    "{suggestion}",
    "{suggestion_en}",
)
RESULT_UNKNOWN = Entry(
    "K5713",
    _ERROR,
    "判定“{decision}”没有叫“{name}”的结果。",
    "The decision “{decision}” has no result called “{name}”.",
    "{suggestion}",
    "{suggestion_en}",
)
FIGURE_UNKNOWN = Entry(
    "K5714",
    _ERROR,
    "没有叫“{name}”的指标。",
    "There is no figure called “{name}”.",
    "{suggestion}",
    "{suggestion_en}",
)
COPIES = Entry(
    "K5715",
    _ERROR,
    "份数“{value}”不是 1 到 {most} 的整数（套在里面的份数相乘也不能超过 {most}）。",
    "The number of copies “{value}” is not a whole number from 1 to {most} (copies inside copies multiply).",
    "写成“份数: 45”；更多的，另写一项。",
    "Write “copies: 45”; write another item for more.",
)
PERSON_UNKNOWN = Entry(
    "K5716",
    _ERROR,
    "场景的“人员”里没有“{name}”。",
    "The scenario's people do not include “{name}”.",
    "{suggestion}",
    "{suggestion_en}",
)
PERSON_TWICE = Entry(
    "K5717",
    _ERROR,
    "“人员”里写了两个“{name}”。",
    "The scenario's people include “{name}” twice.",
    "一个人写一次；几个角色写成 角色: [甲, 乙]。",
    "Write each person once; several roles as roles: [a, b].",
)
STEP_UNKNOWN = Entry(
    "K5718",
    _ERROR,
    "没有叫“{name}”的步骤。",
    "There is no step called “{name}”.",
    "{suggestion}",
    "{suggestion_en}",
)
STEP_AMBIGUOUS = Entry(
    "K5719",
    _ERROR,
    "几个流程都有步骤“{name}”：{processes}。",
    "Several processes have a step “{name}”: {processes}.",
    "补上“流程: …”，说明是哪一个。",
    "Add “process: …” to say which one.",
)
OUTCOME_UNKNOWN = Entry(
    "K5720",
    _ERROR,
    "步骤“{step}”没有结论“{name}”。",
    "The step “{step}” has no outcome “{name}”.",
    "{suggestion}",
    "{suggestion_en}",
)
STEP_WITHOUT = Entry(
    "K5721",
    _ERROR,
    "步骤“{step}”没有{what}。",
    "The step “{step}” has no {what_en}.",
    "去掉这一项，或在制度的流程表里给这一步写上。",
    "Take this out, or give the step one in the policy's table.",
)
BY_MISSING = Entry(
    "K5722",
    _ERROR,
    "“{event}”没有写由谁。",
    "It is not said who does “{event}”.",
    "补上“由: …”，写“人员”里的一个人。",
    "Add “by: …” with one of the people.",
)
PART_MISSING = Entry(
    "K5723",
    _ERROR,
    "“{event}”缺少“{part}”。",
    "“{event}” lacks “{part_en}”.",
    "补上“{part}: …”。",
    "Add “{part_en}: …”.",
)
DUTY_UNKNOWN = Entry(
    "K5724",
    _ERROR,
    "没有叫“{name}”的职责、事项或步骤。",
    "There is no duty, task or step called “{name}”.",
    "{suggestion}",
    "{suggestion_en}",
)
WORD_UNKNOWN = Entry(
    "K5725",
    _ERROR,
    "“{value}”不能作“{key}”。",
    "“{value}” cannot be the “{key_en}”.",
    "{suggestion}",
    "{suggestion_en}",
)
GROUP_UNKNOWN = Entry(
    "K5726",
    _ERROR,
    "指标“{label}”在场景里没有“{name}”这一组。",
    "The figure “{label}” has no group “{name}” in this scenario.",
    "{suggestion}",
    "{suggestion_en}",
)
