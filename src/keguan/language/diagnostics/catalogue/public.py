"""K704x: processes that customers begin by themselves."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

FORM_MISSING = Entry(
    "K7040",
    _ERROR,
    "写了“{key}”，但没有写“网上受理”。",
    "“{key_en}” is written without “public form”.",
    "加一行“网上受理: 表单名”，或去掉这一行；没有网上受理，客户不能自己发起。",
    "Add “public form: …” or remove this line; without it customers cannot begin a case themselves.",
)
FORM_TYPE = Entry(
    "K7041",
    _ERROR,
    "网上受理的表单“{form}”不是关于“{record_type}”的。",
    "The public form “{form}” is not about “{record_type}”.",
    "表单的“对象”要与流程的“对象”相同：客户填的要存成这种档案。",
    "Its “of” must be that of the process: what customers fill in becomes a record of that type.",
)
FIELD_LOST = Entry(
    "K7042",
    _ERROR,
    "网上受理的表单里，“{label}”没有写存入哪个字段，客户填的内容会丢。",
    "The public form's field “{label}” goes into no field of the record; what customers write there would be lost.",
    "在“存入”里写上档案的字段，或从表单里去掉它。",
    "Name the record's field at “into”, or take it out of the form.",
)
FIELD_KIND = Entry(
    "K7043",
    _ERROR,
    "“{label}”是从公司的名单里选的（人员、引用或期次），不能给网上的客户看或填。",
    "“{label}” names somebody or something of the company's own lists; customers outside may neither see nor fill it.",
    "改用文本字段，或从网上的表单和网上答复里去掉它。",
    "Use a text field, or take it out of the public form and of the public reply.",
)
FIELD_REQUIRED = Entry(
    "K7044",
    _ERROR,
    "网上受理时没有人填写必填的“{field}”，档案建不起来。",
    "Nobody fills in the required “{field}” when a customer begins a case; no record can be made.",
    "在网上受理的表单里加一个必填的字段存入它，或在“网上填写”里写“{field} = …”。",
    "Add a required field to the public form that goes into it, or write “{field} = …” at “public values”.",
)
DUPLICATES = Entry(
    "K7045",
    _ERROR,
    "“{record_type}”要查重，不能网上受理：外人从“已有相同的档案”里就知道公司有没有这位客户。",
    "“{record_type}” is checked for duplicates: a stranger would learn from the refusal whom the company knows.",
    "另设一种来件档案（如投诉、报修、申请）作流程的对象，用“网上认人”与客户联系起来。",
    "Let the process be about a record of what comes in (a complaint, a request), tied to the customer by a match.",
)
FILL_FORM = Entry(
    "K7046",
    _ERROR,
    "看不懂网上填写“{value}”。",
    "The public value “{value}” cannot be read.",
    "写成“字段 = 值”，几项之间用逗号，如 渠道 = 客户门户, 受理日 = 今天。",
    "Write “field = value” with commas between them, e.g. channel = portal, received on = today.",
)
FILL_VALUE = Entry(
    "K7047",
    _ERROR,
    "“{value}”不是“{field}”可以填的值。",
    "“{value}” is no value of “{field}”.",
    "选项要与所列的一字不差；日期写 今天，日期时间写 现在；表单里客户已经填的不再写。",
    "A choice must be written as it is listed; write today for a date, now for a moment; not what customers fill in.",
)
MATCH_FORM = Entry(
    "K7048",
    _ERROR,
    "看不懂网上认人“{value}”。",
    "The public match “{value}” cannot be read.",
    "写成“引用字段(那种档案的字段 = 表单的字段, …)”，如 客户(姓名 = 投诉人, 手机 = 投诉人电话)。",
    "Write “reference(its field = the form's field, …)”, e.g. customer(name = complainant, mobile = phone).",
)
MATCH_FIELD = Entry(
    "K7049",
    _ERROR,
    "网上认人里，“{name}”不能用来认人。",
    "“{name}” cannot be used in the public match.",
    "括号外写本档案的引用字段；等号左边是那种档案的字段，右边是网上受理表单里同类型的必填字段。{suggestion}",
    "Before the bracket a reference of this record; left its target's field, right a required one of the public form. "
    "{suggestion_en}",
)
MATCH_OPEN = Entry(
    "K7050",
    _ERROR,
    "网上认人至少要有一项敏感信息（如手机号、证件号），并且不止一项。",
    "A public match needs two fields at least, one of them sensitive (a phone, an identity number).",
    "只凭姓名会认错人；写成 客户(姓名 = …, 手机 = …)。",
    "By a name alone the wrong person is found; write e.g. customer(name = …, mobile = …).",
)
REPLY_FIELD = Entry(
    "K7051",
    _ERROR,
    "网上答复里的“{name}”不是本流程表单的字段，或者是敏感信息。",
    "“{name}” in the public reply is no field of this process's forms, or is sensitive.",
    "写本流程某一步表单里的一般字段。{suggestion}",
    "Name an ordinary field of a form of one of its steps. {suggestion_en}",
)
NO_INITIATOR = Entry(
    "K7052",
    _WARNING,
    "客户网上发起的案件没有发起人，步骤“{step}”会交给部门负责人。",
    "A case that a customer begins has no initiator; the step “{step}” goes to the head of the unit.",
    "改写一个角色。第一步由发起人办、又没有表单和检查的，客户提交即算办完，不必改。",
    "Name a role. A first step by the initiator without form and checklist is done by the submission itself.",
)
NUMBER = Entry(
    "K7053",
    _ERROR,
    "流程“{process}”可以网上受理，但没有编号，客户没有可以用来查询的号码。",
    "“{process}” is open to customers but has no number by which they could ask about their case.",
    "加一行编号，如“编号: TS-{{年}}{{月}}-{{序号:4}}”。",
    "Add a number, e.g. “number: TS-{{year}}{{month}}-{{sequence:4}}”.",
)
