"""What a column can be mapped to: the fields of the record type, the keys of what it refers to, and the owner."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.language.model.model import Field, FieldKind, Label, Model, RecordType

if TYPE_CHECKING:
    from collections.abc import Iterator

OWNER = "owner"
"""The code of the column with the name or user name of whom the record belongs to."""

_KIND_NAMES: dict[FieldKind, tuple[str, ...]] = {
    FieldKind.PHONE: ("手机", "手机号", "手机号码", "电话", "联系电话", "移动电话", "mobile", "phone"),
    FieldKind.ID_NUMBER: ("身份证", "身份证号", "身份证号码", "证件号", "证件号码", "id"),
    FieldKind.USCC: ("信用代码", "社会信用代码", "统一社会信用代码", "税号"),
    FieldKind.EMAIL: ("邮箱", "电子邮箱", "邮件", "email"),
    FieldKind.BANK_CARD: ("银行卡", "银行卡号", "账号"),
}
_OWNER_NAMES = ("归属人", "归属", "负责人", "客户经理", "销售员", "置业顾问", "跟进人", "owner")
_ASIDE = re.compile(r"\(.*?\)|\[.*?\]|【.*?】")
_NOISE = re.compile(r"[\s*:：_\-·.]+")


@dataclass(frozen=True, slots=True)
class Target:
    """One meaning a column can have. ``code`` is a field's code, ``reference.key`` for a key of a referred record, or
    ``owner``; ``names`` are the headings understood as it, normalised, the surest first.
    """

    code: str
    label: Label
    names: tuple[str, ...]
    required: bool
    field: Field | None
    reference: Field | None = None


def normalised(heading: str) -> str:
    """A heading without width, case, brackets' contents, stars and blanks: ``合同金额（元）*`` is ``合同金额``."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    return _NOISE.sub("", _ASIDE.sub("", text))


def targets(model: Model, record_type: RecordType) -> tuple[Target, ...]:
    """Everything a column of an import of this type can mean, in the order of the template."""
    made: list[Target] = []
    for field in record_type.fields:
        if field.kind is FieldKind.REFERENCE and field.target is not None:
            made.extend(_reference_keys(record_type, field, model.record_types[field.target]))
        elif field.typed:
            made.append(_plain(record_type, field))
    made.append(Target(OWNER, Label(_("归属人"), "Owner"), tuple(map(normalised, _OWNER_NAMES)), False, None))
    return tuple(made)


def key_fields(record_type: RecordType) -> tuple[Field, ...]:
    """The fields by which another sheet can name a record of this type, the surest first, the title last."""
    codes = dict.fromkeys((*record_type.duplicates, record_type.title))
    codes.pop(record_type.title)
    return tuple(record_type.field(code) for code in (*codes, record_type.title))


def _plain(record_type: RecordType, field: Field) -> Target:
    only = sum(other.kind is field.kind for other in record_type.fields) == 1
    names = [field.label.zh, field.code, field.label.en, *(_KIND_NAMES.get(field.kind, ()) if only else ())]
    if field.code == record_type.title:
        names += [f"{record_type.label.zh}{field.label.zh}", f"{record_type.label.zh}名称"]
    return Target(field.code, field.label, _unique(names), field.required is True, field)


def _reference_keys(record_type: RecordType, reference: Field, target: RecordType) -> Iterator[Target]:
    """The keys of the referred record. A bare heading (手机) means the key of the first reference that has one."""
    own = {normalised(field.label.zh) for field in record_type.fields if field.kind is not FieldKind.REFERENCE}
    taken = set(own)
    for other in record_type.fields:
        if other.code == reference.code:
            break
        if other.kind is FieldKind.REFERENCE:
            taken.add(normalised(other.label.zh))
    first = next(field for field in record_type.fields if field.kind is FieldKind.REFERENCE).code == reference.code
    for key in key_fields(target):
        # 客户 + 客户名称 reads 客户名称, 客户 + 姓名 reads 客户姓名.
        repeats = key.label.zh.startswith(reference.label.zh)
        label = Label(
            key.label.zh if repeats else f"{reference.label.zh}{key.label.zh}", f"{reference.label.en}: {key.label.en}"
        )
        names = [label.zh, f"{reference.code}.{key.code}", label.en, f"{reference.label.zh}{key.label.zh}"]
        names += [f"{reference.label.zh}{name}" for name in _KIND_NAMES.get(key.kind, ())]
        if key.code == target.title:
            names += [reference.label.zh, reference.code, reference.label.en, f"{reference.label.zh}名称"]
        if first:
            names += [name for name in (key.label.zh, *_KIND_NAMES.get(key.kind, ())) if normalised(name) not in taken]
        yield Target(f"{reference.code}.{key.code}", label, _unique(names), False, key, reference)


def _unique(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normalised(name) for name in names))
