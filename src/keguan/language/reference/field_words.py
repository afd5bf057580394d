"""The types of fields and facts: how a value is written, and what is kept."""

from __future__ import annotations

from keguan.language.blocks.field_type import TYPE_NAMES
from keguan.language.model.model import FieldKind
from keguan.language.reference.tables import table

_MEANINGS: dict[FieldKind, tuple[str, str]] = {
    FieldKind.TEXT: ("文本(40)", "文字，括号里是最多几个字，可以不写"),
    FieldKind.LONG_TEXT: ("长文本", "可以分段的文字；不能用作条件"),
    FieldKind.INTEGER: ("整数", "没有小数的数"),
    FieldKind.NUMBER: ("数字(2)", "小数，括号里是几位小数，不写为两位"),
    FieldKind.MONEY: ("金额", "人民币元，精确到分；可以写成 5000万"),
    FieldKind.PERCENT: ("百分比", "写成 15% 或 0.15，精确到万分之一"),
    FieldKind.BOOLEAN: ("是否", "是、否，或没有填（空）"),
    FieldKind.DATE: ("日期", "写成 2026-01-31"),
    FieldKind.TIME: ("时间", "写成 09:30"),
    FieldKind.DATE_TIME: ("日期时间", "写成 2026-01-31 09:30"),
    FieldKind.DURATION: ("时长", "写成 3天 或 1天12小时"),
    FieldKind.CHOICE: ("选项(甲, 乙)", "只能是所列的之一；次序就是高低的次序"),
    FieldKind.REFERENCE: ("引用(客户)", "指向另一种档案的一条；那一种就有了从属的档案，口径里可以合计"),
    FieldKind.PERIOD: ("期次(周报, 登记日)", "指向按周、按月的档案里包含那个日期的一期，由系统填"),
    FieldKind.STAFF: (
        "人员(客户经理)",
        (
            "本公司的一名员工，填姓名或登录名；括号里是必须担任的角色（任一个即可），不写则谁都可以；"
            "条件里只能与另一个人员比较是否相同"
        ),
    ),
    FieldKind.PHONE: ("手机号", "大陆手机号，核对位数"),
    FieldKind.ID_NUMBER: ("身份证号", "十八位，核对校验码"),
    FieldKind.USCC: ("统一社会信用代码", "十八位，核对校验码"),
    FieldKind.BANK_CARD: ("银行卡号", "核对校验码"),
    FieldKind.EMAIL: ("邮箱", "电子邮箱地址"),
    FieldKind.ATTACHMENT: (
        "附件(图片, pdf; 5MB; 3个)",
        (
            "文件，只能是档案的字段；先写种类（图片、pdf、Word、Excel、文本），再写每个文件多大（不写为 5MB，"
            "最多 50MB）和最多几个（不写为一个，最多 20 个）；加密保存，条件里只能问有没有"
        ),
    ),
}


def field_types() -> list[str]:
    """A table of every type, both names."""
    rows = (
        (TYPE_NAMES[kind][0], TYPE_NAMES[kind][1], f"`{form}`", meaning) for kind, (form, meaning) in _MEANINGS.items()
    )
    return table(("中文", "英文", "写法", "含义"), rows)
