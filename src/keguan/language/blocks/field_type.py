"""The type of a field or fact as written: 文本(40), 选项(男, 女), 引用(客户), 期次(周报, 登记日), 附件(图片)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import split_list
from keguan.language.blocks.file_rule import read_file_rule
from keguan.language.diagnostics.catalogue import attachments
from keguan.language.diagnostics.catalogue import records as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.feel.types import (
    ATTACHMENT,
    BOOLEAN,
    DATE,
    DATE_TIME,
    DAY_DURATION,
    MAX_SCALE,
    STAFF,
    TEXT,
    TIME,
    Number,
    Text,
    Type,
)
from keguan.language.markdown.document import Written
from keguan.language.model.model import FieldKind

if TYPE_CHECKING:
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.model.files import FileRule

TYPE_NAMES: dict[FieldKind, tuple[str, str]] = {
    FieldKind.TEXT: ("文本", "text"),
    FieldKind.LONG_TEXT: ("长文本", "long text"),
    FieldKind.INTEGER: ("整数", "integer"),
    FieldKind.NUMBER: ("数字", "number"),
    FieldKind.MONEY: ("金额", "money"),
    FieldKind.PERCENT: ("百分比", "percent"),
    FieldKind.BOOLEAN: ("是否", "boolean"),
    FieldKind.DATE: ("日期", "date"),
    FieldKind.TIME: ("时间", "time"),
    FieldKind.DATE_TIME: ("日期时间", "date time"),
    FieldKind.DURATION: ("时长", "duration"),
    FieldKind.CHOICE: ("选项", "choice"),
    FieldKind.REFERENCE: ("引用", "reference"),
    FieldKind.PERIOD: ("期次", "period"),
    FieldKind.STAFF: ("人员", "staff"),
    FieldKind.PHONE: ("手机号", "phone"),
    FieldKind.ID_NUMBER: ("身份证号", "id number"),
    FieldKind.USCC: ("统一社会信用代码", "uscc"),
    FieldKind.BANK_CARD: ("银行卡号", "bank card"),
    FieldKind.EMAIL: ("邮箱", "email"),
    FieldKind.ATTACHMENT: ("附件", "attachment"),
}
_KINDS = {name: kind for kind, names in TYPE_NAMES.items() for name in names}
_CHINESE = [zh for zh, _ in TYPE_NAMES.values()]
_FORM = re.compile(r"(?P<name>[^()（）]+?)\s*(?:[(（](?P<arguments>[^()（）]*)[)）])?")
_EXPECTED = {
    FieldKind.TEXT: ("文本(40)", "text(40)"),
    FieldKind.NUMBER: ("数字(2)", "number(2)"),
    FieldKind.CHOICE: ("选项(甲, 乙)", "choice(a, b)"),
    FieldKind.REFERENCE: ("引用(客户)", "reference(customer)"),
    FieldKind.PERIOD: ("期次(周报, 登记日期)", "period(weekly_report, entered_on)"),
    FieldKind.STAFF: ("人员(客户经理)", "staff(account manager)"),
    FieldKind.ATTACHMENT: ("附件(图片, pdf; 5MB; 3个)", "attachment(image, pdf; 5MB; 3 files)"),
}
_FIXED: dict[FieldKind, Type] = {
    FieldKind.INTEGER: Number(0),
    FieldKind.MONEY: Number(2),
    FieldKind.PERCENT: Number(4),
    FieldKind.BOOLEAN: BOOLEAN,
    FieldKind.DATE: DATE,
    FieldKind.TIME: TIME,
    FieldKind.DATE_TIME: DATE_TIME,
    FieldKind.DURATION: DAY_DURATION,
    FieldKind.REFERENCE: Number(0),
    FieldKind.PERIOD: Number(0),
}


@dataclass(frozen=True, slots=True)
class FieldType:
    """A type as declared: its kind, its static type and what its brackets say."""

    kind: FieldKind
    type: Type
    written: Written
    max_length: int | None = None
    target: Written | None = None
    period_of: Written | None = None
    files: FileRule | None = None
    roles: tuple[Written, ...] = ()  # STAFF: whoever stands in it holds one of these


def read_field_type(written: Written, findings: Findings, *, files: bool = False) -> FieldType | None:
    """The declared type, or None after a diagnostic. Only where ``files`` may it be an attachment."""
    found = _FORM.fullmatch(written.text)
    kind = _KINDS.get(found.group("name").strip().lower()) if found else None
    if found is None or kind is None:
        name = found.group("name") if found else written.text
        findings.add(entries.TYPE_UNKNOWN, written.span, type=written.text, **suggest(name, _KINDS, _CHINESE))
        return None
    inside = None
    if found.group("arguments") is not None:
        start, end = found.span("arguments")
        inside = Written(found.group("arguments"), written.span.within(start, end - start))
    if kind is FieldKind.ATTACHMENT:
        made, told = _files(written, inside, findings, allowed=files)
    else:
        made, told = _make(kind, written, split_list(inside) if inside is not None else ()), False
    if made is None and not told:
        zh, en = TYPE_NAMES[kind]
        expected, expected_en = _EXPECTED.get(kind, (zh, en))
        findings.add(
            entries.TYPE_ARGUMENTS, written.span, type=zh, type_en=en, expected=expected, expected_en=expected_en
        )
    return made


def _files(
    written: Written, inside: Written | None, findings: Findings, *, allowed: bool
) -> tuple[FieldType | None, bool]:
    """The type of an attachment, and whether what is wrong with it was said."""
    if not allowed:
        findings.add(attachments.PLACE, written.span)
        return None, True
    rule, shaped = read_file_rule(inside, findings)
    made = None if rule is None else FieldType(FieldKind.ATTACHMENT, ATTACHMENT, written, files=rule)
    return made, shaped


def _make(kind: FieldKind, written: Written, arguments: tuple[Written, ...]) -> FieldType | None:
    texts = [argument.text for argument in arguments]
    if kind is FieldKind.CHOICE:
        return FieldType(kind, Text(tuple(texts)), written) if texts and len(set(texts)) == len(texts) else None
    if kind in (FieldKind.REFERENCE, FieldKind.PERIOD):
        if len(arguments) != (1 if kind is FieldKind.REFERENCE else 2):
            return None
        return FieldType(kind, Number(0), written, target=arguments[0], period_of=(*arguments, None)[1])
    if kind is FieldKind.STAFF:
        return FieldType(kind, STAFF, written, roles=arguments) if len(set(texts)) == len(texts) else None
    if kind in (FieldKind.TEXT, FieldKind.NUMBER):
        return _sized(kind, written, texts)
    return None if texts else FieldType(kind, _FIXED.get(kind, TEXT), written)


def _sized(kind: FieldKind, written: Written, texts: list[str]) -> FieldType | None:
    """文本(40) and 数字(2): one optional whole number."""
    if len(texts) > 1 or (texts and not re.fullmatch(r"[0-9]{1,5}", texts[0])):
        return None
    size = int(texts[0]) if texts else None
    if kind is FieldKind.TEXT:
        return None if size == 0 else FieldType(kind, TEXT, written, max_length=size)
    scale = 2 if size is None else size
    return FieldType(kind, Number(scale), written) if scale <= MAX_SCALE else None
