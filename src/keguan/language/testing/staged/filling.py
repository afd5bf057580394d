"""填写 and 检查: what is filled in at a step, and what is found there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.field_type import TYPE_NAMES
from keguan.language.diagnostics.catalogue import names as name_entries
from keguan.language.diagnostics.catalogue import scenarios as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.markdown.document import Written
from keguan.language.model.form import value_code
from keguan.language.model.model import FieldKind
from keguan.language.model.values import read_value
from keguan.language.testing.names import EMPTY_WORDS, Problem
from keguan.language.testing.staged.scenario import RecordRef

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.markdown.yaml_tree import Tree
    from keguan.language.model.checklist import Checklist, Item
    from keguan.language.model.form import Form, FormField
    from keguan.language.model.values import Value
    from keguan.language.testing.staged.reader import Reader
    from keguan.language.testing.staged.scenario import FormValue


def read_filling(tree: Tree, form: Form | None, where: str, reader: Reader) -> dict[str, FormValue]:
    """What is filled into a form, by ``form.field``: text as it is typed. ``where`` is the step or duty whose form it
    is. Raises ``Problem``, also when that has none.
    """
    if form is None:
        reader.findings.add(entries.STEP_WITHOUT, tree.span, step=where, what="表单", what_en="form")
        raise Problem
    found: dict[str, FormValue] = {}
    for name, value in reader.names.mapping(tree).pairs:
        field = _field(form, name, reader)
        read = read_field(field, value, reader)
        typed = value.text if isinstance(value, Written) and read is not None else None
        found[value_code(form.code, field.code)] = read if isinstance(read, RecordRef) else typed
    return found


def read_form(tree: Tree, forms: Mapping[str, Form], reader: Reader) -> dict[str, Value | RecordRef]:
    """What stands in the forms of a case, by ``form.field``: a field's name, or “form.field”. Raises ``Problem``."""
    found: dict[str, Value | RecordRef] = {}
    for name, value in reader.names.mapping(tree).pairs:
        before, _, after = name.text.rpartition(".")
        within = [form for form in forms.values() if before in ("", form.code, form.label.zh)]
        form = next((each for each in within if _named(each, after)), None)
        if form is None:
            known = [field.label.zh for each in within for field in each.fields]
            hint, label = suggest(after, known), "、".join(each.label.zh for each in within) or before
            reader.findings.add(name_entries.FIELD_UNKNOWN, name.span, record_type=label, name=after, **hint)
            raise Problem
        field = _field(form, Written(after, name.span), reader)
        found[value_code(form.code, field.code)] = read_field(field, value, reader)
    return found


def read_checked(tree: Tree, checklist: Checklist | None, where: str, reader: Reader) -> dict[str, bool]:
    """What was found of the items of a checklist, by code. ``where`` is the step or duty whose it is.

    Raises ``Problem``, also when that has none.
    """
    if checklist is None:
        reader.findings.add(entries.STEP_WITHOUT, tree.span, step=where, what="检查", what_en="checklist")
        raise Problem
    found: dict[str, bool] = {}
    for name, value in reader.names.mapping(tree).pairs:
        item = _item(checklist.items, name)
        if item is None:
            hint = suggest(name.text, [each.label.zh for each in checklist.items])
            reader.findings.add(
                name_entries.FIELD_UNKNOWN, name.span, record_type=checklist.label.zh, name=name.text, **hint
            )
            raise Problem
        found[item.code] = reader.yes(value)
    return found


def read_field(field: FormField, tree: Tree, reader: Reader) -> Value | RecordRef:
    """A value of a form's field; a reference is the record that is meant. Raises ``Problem``."""
    if isinstance(tree, Written) and tree.text in EMPTY_WORDS:
        return None
    if field.kind is FieldKind.REFERENCE:
        return reader.record(tree, field.refers_to)
    if not isinstance(tree, Written):
        raise reader.names.shape(tree, "一个值", "one value")
    try:
        return read_value(tree.text, field.type)
    except ValueError:
        zh, en = TYPE_NAMES[field.kind]
        reader.findings.add(entries.VALUE, tree.span, name=field.label.zh, value=tree.text, expected=zh, expected_en=en)
        raise Problem from None


def _named(form: Form, name: str) -> FormField | None:
    return next((each for each in form.fields if name in (each.code, each.label.zh)), None)


def _field(form: Form, name: Written, reader: Reader) -> FormField:
    found = _named(form, name.text)
    if found is None:
        hint = suggest(name.text, [each.label.zh for each in form.fields])
        reader.findings.add(name_entries.FIELD_UNKNOWN, name.span, record_type=form.label.zh, name=name.text, **hint)
        raise Problem
    return found


def _item(items: tuple[Item, ...], name: Written) -> Item | None:
    return next((each for each in items if name.text in (each.code, each.label.zh)), None)
