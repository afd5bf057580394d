"""K56xx: parameters and their dated values."""

from __future__ import annotations

from keguan.language.diagnostics.diagnostic import Entry, Severity

VALUE_UNREADABLE = Entry(
    "K5601",
    Severity.ERROR,
    "“{value}”不是{expected}。",
    "“{value}” is not {expected_en}.",
    "例如：800万、15%、2、是、2026-01-01、3天、6个月。",
    "For example: 8000000, 15%, 2, yes, 2026-01-01, 3 days, 6 months.",
)
SINCE_UNREADABLE = Entry(
    "K5602",
    Severity.ERROR,
    "起始日“{value}”不是日期。",
    "The day “{value}” is not a date.",
    "写成 2026-01-01。",
    "Write it like 2026-01-01.",
)
SINCE_TWICE = Entry(
    "K5603",
    Severity.ERROR,
    "参数“{label}”在 {since} 有两个值。",
    "The parameter “{label}” has two values from {since}.",
    "同一天只能有一个值：改起始日或删去一行。",
    "One day, one value: change the day or remove a row.",
)
TYPES_MIXED = Entry(
    "K5604",
    Severity.ERROR,
    "参数“{label}”先后的值不是同一类型。",
    "The values of the parameter “{label}” are of different types.",
    "把各行的值写成同一类型。",
    "Write all its values in one type.",
)
UNUSED = Entry(
    "K5605",
    Severity.WARNING,
    "参数“{label}”没有用到。",
    "The parameter “{label}” is not used.",
    "在口径或判定里用它的名称代替数字，或删去。",
    "Use its name instead of the figure in a fact or decision, or remove it.",
)
NOT_YET = Entry(
    "K5606",
    Severity.ERROR,
    "参数“{label}”在制度生效日 {effective} 还没有值。",
    "The parameter “{label}” has no value yet on {effective}, when the policy takes effect.",
    "加一行不晚于生效日的值。",
    "Add a value from that day or earlier.",
)
UNTIL_ORDINARY = Entry(
    "K5607",
    Severity.ERROR,
    "参数“{label}”写了“止”，而这里不是修订。",
    "The parameter “{label}” has an “until”, but this is no reform.",
    "换值时再加一行，从新的起始日起；只有“修订: 是”的声明可以写止。",
    "To change a value, add a row with its first day; only a block with “reform: yes” may say until when.",
)
UNTIL_UNREADABLE = Entry(
    "K5608",
    Severity.ERROR,
    "止“{value}”不是日期。",
    "The day “{value}” is not a date.",
    "写成 2026-12-31，当日仍算在内；一直用下去的就空着。",
    "Write it like 2026-12-31, that day included; leave it empty if there is no end.",
)
UNTIL_BEFORE = Entry(
    "K5609",
    Severity.ERROR,
    "参数“{label}”的修订从 {since} 起、到 {until} 止，止在起之前。",
    "The reform of “{label}” begins on {since} and ends on {until}, which is earlier.",
    "改起或止。",
    "Change one of the two days.",
)
REFORM_UNKNOWN = Entry(
    "K5610",
    Severity.ERROR,
    "没有“{label} ({code})”这个参数可以修订。",
    "There is no parameter “{label} ({code})” to reform.",
    "{suggestion}",
    "{suggestion_en}",
)
REFORM_CLASH = Entry(
    "K5611",
    Severity.ERROR,
    "制度包 {pack} 和 {other} 都修订参数“{label}”，而谁也没有用谁，分不出先后。",
    "The packs {pack} and {other} both reform “{label}”, and neither uses the other: there is no order.",
    "只在其中一个里修订，或在 {pack} 的 uses 里加上 {other}。",
    "Reform it in one of them, or add {other} to uses of {pack}.",
)
PERSON = Entry(
    "K5612",
    Severity.ERROR,
    "参数“{label}”不能是人员。",
    "The parameter “{label}” cannot be a member of staff.",
    "人会换岗，制度里写角色；某一件事由谁负责，在它的档案里加一个人员字段。",
    "People change posts: write a role; who answers for one thing is a staff field on its record.",
)
