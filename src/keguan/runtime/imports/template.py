"""The empty workbook to fill in: headings, formats that keep long numbers whole, drop-downs, and explanations."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.language.feel.types import Text
from keguan.language.model.model import FieldKind
from keguan.runtime.imports.mapping.targets import OWNER, targets
from keguan.runtime.policies.spoken import spoken

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from keguan.language.model.model import Field, Model, RecordType
    from keguan.runtime.imports.mapping.targets import Target

SAFE: dict[str, object] = {"strings_to_formulas": False, "strings_to_urls": False}
"""Options for every workbook we write: what people typed must never become a live formula or link."""

_ROWS = 5_000
"""Formats and drop-downs reach this many rows."""
_AS_TEXT = frozenset({FieldKind.PHONE, FieldKind.ID_NUMBER, FieldKind.USCC, FieldKind.BANK_CARD})
_LIST_LIMIT = 255
"""Excel takes a drop-down's choices as one text of at most this many characters."""


def template(model: Model, record_type: RecordType) -> bytes:
    """The .xlsx to download. Its headings are understood by the importer without any mapping."""
    stream = io.BytesIO()
    import xlsxwriter  # only who writes a workbook waits for it

    with xlsxwriter.Workbook(stream, {"in_memory": True, **SAFE}) as book:
        every = targets(model, record_type)
        page = book.add_worksheet(record_type.label.text(spoken())[:31])
        required = book.add_format({"bold": True, "bg_color": "#DCE6F5", "border": 1})
        optional = book.add_format({"bold": True, "bg_color": "#F2F4F7", "border": 1})
        cells = {
            "text": book.add_format({"num_format": "@"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "money": book.add_format({"num_format": "#,##0.00"}),
        }
        page.freeze_panes(1, 0)
        for column, target in enumerate(every):
            page.write_string(0, column, target.label.text(spoken()), required if _needed(target) else optional)
            page.set_column(
                column, column, max(12, len(target.label.text(spoken())) * 2 + 4), _format(target.field, cells)
            )
            _drop_down(page, column, target.field)
        _explain(book.add_worksheet(_("填写说明")), every, required, book.add_format({"text_wrap": True}))
    return stream.getvalue()


def _needed(target: Target) -> bool:
    return target.required or (target.reference is not None and target.reference.required is True)


def _format(field: Field | None, cells: dict[str, Format]) -> Format | None:
    if field is None or field.kind in _AS_TEXT:
        return cells["text"]
    if field.kind is FieldKind.DATE:
        return cells["date"]
    return cells["money"] if field.kind is FieldKind.MONEY else None


def _drop_down(page: Worksheet, column: int, field: Field | None) -> None:
    choices = choices_of(field)
    if choices and len(",".join(choices)) <= _LIST_LIMIT:
        page.data_validation(
            1, column, _ROWS, column,
            {"validate": "list", "source": list(choices), "error_title": _("不在选项中"), "error_type": "warning",
             "error_message": _("请从下拉列表中选择一项。")},
        )  # fmt: skip


def choices_of(field: Field | None) -> tuple[str, ...]:
    """The texts a cell of this field may hold, when they are few enough to choose from."""
    if field is None:
        return ()
    if field.kind is FieldKind.BOOLEAN:
        return (_("是"), _("否"))
    return (field.type.choices or ()) if isinstance(field.type, Text) else ()


def _explain(page: Worksheet, every: tuple[Target, ...], heading: Format, wrapped: Format) -> None:
    page.set_column(0, 0, 22)
    page.set_column(1, 1, 10)
    page.set_column(2, 2, 80, wrapped)
    page.write_row(0, 0, [_("列名"), _("必填"), _("怎样填")], heading)
    for row, target in enumerate(every, 1):
        page.write_string(row, 0, target.label.text(spoken()))
        page.write_string(row, 1, _required_note(target))
        page.write_string(row, 2, _how(target))


def _required_note(target: Target) -> str:
    if target.reference is not None and target.reference.required is True:
        return _("至少填一种")
    if target.field is not None and target.field.required not in (True, False):
        return _("视情况")
    return _("必填") if target.required else ""


def _how(target: Target) -> str:
    field = target.field
    if target.code == OWNER or field is None:
        return _("负责人的姓名或登录名；不填则随它所属的档案，没有所属的归导入人。")
    notes = {
        FieldKind.PHONE: _("11 位手机号，例如 13900000001。"),
        FieldKind.ID_NUMBER: _("18 位身份证号。请保持文本格式，按数字填写会丢失末三位。"),
        FieldKind.USCC: _("18 位统一社会信用代码。"),
        FieldKind.BANK_CARD: _("银行卡号。请保持文本格式。"),
        FieldKind.EMAIL: _("邮箱地址，例如 name@example.com。"),
        FieldKind.DATE: _("日期，例如 2026-03-02。"),
        FieldKind.TIME: _("时间，例如 09:30。"),
        FieldKind.DATE_TIME: _("日期和时间，例如 2026-03-02 09:30。"),
        FieldKind.DURATION: _("时长，例如 3天 或 24小时。"),
        FieldKind.MONEY: _("金额，单位为元，例如 1234567.80；也可以写 123万。"),
        FieldKind.PERCENT: _("百分比，例如 98%。"),
        FieldKind.INTEGER: _("整数。"),
        FieldKind.STAFF: _("本公司人员的姓名；有同名的人时填登录名。"),
        FieldKind.NUMBER: _("数字。"),
    }
    if choices := choices_of(field):
        how = _("填其中一项：%(choices)s。") % {"choices": _("、").join(choices)}
    else:
        how = notes.get(field.kind, _("文字。"))
    if target.reference is not None:
        how += _("用来找到“%(reference)s”。") % {"reference": target.reference.label.text(spoken())}
    return how + (f" {field.note}" if field.note else "")
