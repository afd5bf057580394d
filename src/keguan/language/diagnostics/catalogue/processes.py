"""K70xx: processes — numbers, actors, ways out, clocks and the separation of duties."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

NUMBERING = Entry(
    "K7001",
    _ERROR,
    "编号“{value}”里的“{place}”不认识。",
    "“{place}” in the number “{value}” is not known.",
    "花括号里可写：年、月、日、序号:4（4 是位数），如 TS-{{年}}{{月}}-{{序号:4}}。",
    "In braces write year, month, day or sequence:4 (4 digits), e.g. TS-{{year}}{{month}}-{{sequence:4}}.",
)
NUMBERING_SEQUENCE = Entry(
    "K7002",
    _ERROR,
    "编号“{value}”里要有一个、而且只有一个序号。",
    "The number “{value}” needs one sequence, and only one.",
    "加上 {{序号:4}}，或去掉多余的一个；没有序号，两件事会得到同一个编号。",
    "Add {{sequence:4}} or remove the one too many; without it two things would get the same number.",
)
NUMBERING_REPEATS = Entry(
    "K7003",
    _ERROR,
    "编号“{value}”过一段时间会重复。",
    "The number “{value}” will come again.",
    "序号每月、每日从头开始：写了 {{月}} 还要写 {{年}}，写了 {{日}} 还要写 {{年}} 和 {{月}}。",
    "The sequence starts anew every month or day: with {{month}} also write {{year}}, with {{day}} both.",
)
ACTORS_FORM = Entry(
    "K7004",
    _ERROR,
    "看不懂由谁办理：“{value}”。",
    "Who handles this cannot be read: “{value}”.",
    "写一个角色；有几方时之间空格写 依次、会签 或 或签，如“质量负责人 依次 总经理”。",
    "Write a role; several with then, and or or between them, e.g. “quality lead then manager”.",
)
ACTORS_MIXED = Entry(
    "K7005",
    _ERROR,
    "“{value}”里混用了依次、会签和或签，先后说不清。",
    "“{value}” mixes then, and and or, so that their order is not clear.",
    "一步只用其中一种；需要几种时拆成几步。",
    "Use one of them in a step; split it into several steps where more are needed.",
)
STEP_UNKNOWN = Entry(
    "K7006",
    _ERROR,
    "流程“{process}”里没有“{name}”这一步。",
    "The process “{process}” has no step “{name}”.",
    "{suggestion}",
    "{suggestion_en}",
)
ROUTE_FORM = Entry(
    "K7007",
    _ERROR,
    "看不懂去向“{value}”。",
    "The way out “{value}” cannot be read.",
    "写成“→ 下一步骤”，或“成立 → 定责; 不成立 → 婉复”，几条之间用分号。",
    "Write “→ next step”, or “founded → fix; unfounded → reply” with semicolons between them.",
)
ROUTE_BARE = Entry(
    "K7008",
    _ERROR,
    "去向“{value}”有几条，其中一条没有写在什么结论下走。",
    "One of the ways out “{value}” does not say upon which outcome it is taken.",
    "每条都写结论，如“同意 → 实施; 驳回 → 登记”；其余情形写“否则 → …”。",
    "Name an outcome for each, e.g. “agree → carry out; reject → entry”; write “otherwise → …” for the rest.",
)
OUTCOME_TWICE = Entry(
    "K7009",
    _ERROR,
    "结论“{label}”写了两个去向。",
    "The outcome “{label}” has two destinations.",
    "一个结论只能去一处；同时去几处写成“→ (甲, 乙)”。",
    "An outcome leads to one place; to begin several steps at once write “→ (a, b)”.",
)
OVERDUE_FORM = Entry(
    "K7010",
    _ERROR,
    "看不懂超时的处理“{value}”。",
    "What happens when late cannot be read: “{value}”.",
    "可写：催办、升级到 某角色、转给 某角色、自动 某结论；前面可写“75%时”或“逾期1工作日”。",
    "Write remind, escalate to …, hand over to … or automatically …; before it “75%” or “after 1 working day”.",
)
OVERDUE_OUTCOME = Entry(
    "K7011",
    _ERROR,
    "超时自动“{outcome}”，但步骤“{step}”没有这个结论。",
    "“{step}” decides “{outcome}” when late, but has no such outcome.",
    "在去向里写上“{outcome} → …”，或改成去向里有的结论。",
    "Add “{outcome} → …” to its ways out, or name an outcome that is there.",
)
OVERDUE_CLOCK = Entry(
    "K7012",
    _ERROR,
    "步骤“{step}”没有时限，永远不会超时。",
    "The step “{step}” has no deadline and is never late.",
    "填写时限，或去掉超时的处理。",
    "Give it a deadline, or remove what happens when it is late.",
)
RECUSAL = Entry(
    "K7013",
    _ERROR,
    "回避要写一个指明人员的字段，“{name}”不是。",
    "Recusal needs a field that names a person; “{name}” is none.",
    "写档案或本流程表单里的人员字段、文本字段（填姓名或账号）或引用字段。",
    "Name a staff field, a text field (a name or account) or a reference of the record or of a form of this process.",
)
APART_FEW = Entry(
    "K7014",
    _ERROR,
    "分离至少要写两个步骤。",
    "A separation names at least two steps.",
    "写成“提出, 评估, 批准”；可以用“发起人”代替第一步。",
    "Write e.g. “propose, assess, approve”; “initiator” may stand for the first.",
)
RIGHTS_FORM = Entry(
    "K7015",
    _ERROR,
    "看不懂字段权限“{value}”。",
    "The field rights “{value}” cannot be read.",
    "写成“只读: 甲, 乙; 隐藏: 丙; 必填: 丁”。",
    "Write “read: a, b; hidden: c; required: d”.",
)
RIGHTS_FIELD = Entry(
    "K7016",
    _ERROR,
    "步骤“{step}”的表单里没有字段“{name}”。",
    "The form of the step “{step}” has no field “{name}”.",
    "{suggestion}",
    "{suggestion_en}",
)
FIELD_AMBIGUOUS = Entry(
    "K7017",
    _ERROR,
    "“{name}”在几张表单里都有（{forms}），不知道指哪一个。",
    "Several forms have “{name}” ({forms}); it is not clear which is meant.",
    "给其中一个字段换名称。",
    "Rename the field in one of them.",
)
SUBPROCESS = Entry(
    "K7018",
    _ERROR,
    "子流程“{name}”办理的不是同一种档案。",
    "The subprocess “{name}” is about another record type.",
    "子流程的“对象”要与本流程相同。",
    "A subprocess has the same “of” as the process that runs it.",
)
SUBPROCESS_RING = Entry(
    "K7019",
    _ERROR,
    "流程互相作为子流程，永远办不完：{path}。",
    "Processes run each other and never end: {path}.",
    "去掉其中一个子流程。",
    "Remove one of the subprocesses.",
)
CONDITION_EMPTY = Entry(
    "K7020",
    _ERROR,
    "“当”的后面没有写条件。",
    "No condition follows “when”.",
    '写成“当 等级 = "重大"”。',
    'Write e.g. when level = "major".',
)
STEP_UNREACHABLE = Entry(
    "K7021",
    _WARNING,
    "案件永远到不了步骤“{step}”。",
    "No case ever comes to the step “{step}”.",
    "在某一步的去向里写上“→ {step}”，或删去这一步。",
    "Write “→ {step}” among the ways out of some step, or remove it.",
)
PROCESS_ENDLESS = Entry(
    "K7022",
    _ERROR,
    "流程“{process}”没有结束的去向，案件永远办不完。",
    "The process “{process}” has no way out to an end; its cases never end.",
    "在最后一步的去向里写“→ 归档”（或完成、结束）。",
    "Write “→ archive” (or complete, end) as the way out of its last step.",
)
STEP_ENDLESS = Entry(
    "K7023",
    _ERROR,
    "案件到了步骤“{step}”就再也办不完。",
    "A case that comes to the step “{step}” never ends.",
    "给它或它之后的一步写一个能走到结束的去向。",
    "Give it, or a step after it, a way out that leads to an end.",
)
DEADLINE_TOTAL = Entry(
    "K7024",
    _ERROR,
    "步骤“{step}”的时限“{deadline}”比总时限“{total}”还长。",
    "The deadline “{deadline}” of the step “{step}” is longer than the total “{total}”.",
    "缩短这一步的时限，或放宽总时限。",
    "Shorten the step's deadline, or allow more in total.",
)
SHORTEST_TOTAL = Entry(
    "K7025",
    _WARNING,
    "即使走最短的路，各步骤用足时限（{path}）也超过总时限“{total}”。",
    "Even the shortest way, with every step using its time ({path}), takes longer than the total “{total}”.",
    "缩短其中几步的时限，或放宽总时限。",
    "Shorten some of these deadlines, or allow more in total.",
)
LONGEST_TOTAL = Entry(
    "K7026",
    _NOTE,
    "走最长的路而各步骤都用足时限（{path}）时，会超过总时限“{total}”。",
    "The longest way, with every step using its time ({path}), takes longer than the total “{total}”.",
    "如果这种情形会发生，缩短其中几步的时限；返工的时间没有算在内。",
    "If that happens, shorten some of these deadlines; doing a step again was not counted.",
)
SELF_APPROVAL = Entry(
    "K7027",
    _ERROR,
    "步骤“{step}”由{who}批准自己所做的事。",
    "In the step “{step}” the {who_en} approves what they did themselves.",
    "把办理角色改为另一个角色，或部门负责人。",
    "Let another role, or the unit head, handle it.",
)
ROLE_APPROVES_OWN = Entry(
    "K7028",
    _WARNING,
    "步骤“{step}”由“{role}”批准，而交来的（“{other}”）也是这个角色，同一个人可能批准自己做的事。",
    "“{step}” is approved by the role “{role}” that also did “{other_en}”; one may approve their own work.",
    "换一个批准的角色，或写一行“分离: {other}, {step}”，使两步必须由不同的人办理。",
    "Let another role approve, or add the line “apart: {other_en}, {step}” to have different persons handle them.",
)
APART_IMPOSSIBLE = Entry(
    "K7029",
    _ERROR,
    "“{first}”和“{second}”要求由不同的人办理，但写的是同一个人。",
    "“{first}” and “{second}” must be handled by different persons, but the same person is named for both.",
    "改其中一步的办理角色，或把它从“分离”里去掉。",
    "Change who handles one of them, or take it out of the separation.",
)
OUTCOME_WITHOUT_FIELD = Entry(
    "K7030",
    _ERROR,
    "步骤“{step}”按“{label}”决定去向，但表单“{form}”里没有填写它的字段。",
    "The step “{step}” goes by “{label}”, but no field of the form “{form}” says so.",
    "在表单里加一个选项字段（选项含“{label}”），并在表单上写“结论: 该字段”。",
    "Add a choice field with “{label}” to the form, and name it at the form's “outcome”.",
)
OUTCOME_UNKNOWN = Entry(
    "K7031",
    _ERROR,
    "步骤“{step}”的去向写了“{label}”，但表单的“{field}”没有这个选项。",
    "The step “{step}” has a way out for “{label}”, which is no option of the form's “{field}”.",
    "{suggestion}",
    "{suggestion_en}",
)
OUTCOME_MISSING = Entry(
    "K7032",
    _ERROR,
    "步骤“{step}”的结论为“{label}”时，没有写去向。",
    "The step “{step}” does not say where a case goes upon “{label}”.",
    "在去向里加上“{label} → …”，或加一条“否则 → …”。",
    "Add “{label} → …” to its ways out, or “otherwise → …”.",
)
FIELD_UNSEEN = Entry(
    "K7033",
    _WARNING,
    "步骤“{step}”由“{role}”办理，但该角色看不到表单字段“{field}”（信息类别“{class_}”）。",
    "The step “{step}” is handled by “{role}”, who may not see the form's field “{field}” (class “{class_}”).",
    "给角色加上这一类可见信息，或在字段权限里写“隐藏: {field}”。",
    "Let the role see that class, or hide the field in this step's field rights (“hidden: {field}”).",
)
PERSON_FIELD = Entry(
    "K7034",
    _ERROR,
    "“{name}”不是这里看得到的人员字段。",
    "“{name}” is no staff field in reach here.",
    "{suggestion}字段的类型要写“人员”，在对象档案或本流程的表单里声明。",
    "{suggestion_en} Declare the field with the type staff, on the record or on a form of this process.",
)
OCCASION_RECORD = Entry(
    "K7035",
    _ERROR,
    "流程“{process}”由“人员离职”“离职账号登录”发起时，系统要建一份“{record_type}”，但填不了：{fields}。",
    "When “{process}” begins by itself for a member of staff, a “{record_type}” is filed, but cannot be filled: "
    "{fields_en}.",
    "“{record_type}”要有一个人员字段写那个人；此外只有日期（写当天）和文本（写事由）可以是必填。",
    "“{record_type}” needs a staff field for the person; beside it only dates (that day) and texts (the reason) may be "
    "required.",
)
