"""Finding the records that rows refer to, by any of their keys: number, phone, or a name that is theirs alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.language.model.model import FieldKind
from keguan.runtime.access import rights
from keguan.runtime.access.viewer import Place
from keguan.runtime.imports.mapping.targets import key_fields
from keguan.runtime.imports.rows.line import Problem
from keguan.runtime.imports.rows.lookup import Key, Stored, find, key_of
from keguan.runtime.imports.rows.reading import shown
from keguan.runtime.policies.spoken import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keguan.language.model.model import Field, Model, RecordType
    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.imports.rows.line import Line


class References:
    """Settles the references of one record type for one importer, who can refer only to records they may see."""

    def __init__(self, model: Model, record_type: RecordType, viewer: Viewer) -> None:
        self._model = model
        self._viewer = viewer
        self._fields = [
            (field, model.record_types[field.target], key_fields(model.record_types[field.target]))
            for field in record_type.fields
            if field.kind is FieldKind.REFERENCE and field.target is not None
        ]
        self._reached: dict[tuple[str, Place], bool] = {}

    def settle(self, lines: Sequence[Line], headings: Mapping[str, str]) -> None:
        """Fill in the ids, or add problems. One query per key field in use, for all lines together."""
        for field, target, keys in self._fields:
            wanted = [_wanted(line, field, target, keys) for line in lines]
            matches = {key.code: find(target, key, (each.get(key.code) for each in wanted)) for key in keys}
            for line, each in zip(lines, wanted, strict=True):
                if each:
                    found = {code: self._in_sight(target, matches[code].get(key, [])) for code, key in each.items()}
                    _refer(line, field, target, found, headings)
                elif field.required is True and line.good:
                    line.problems.append(_nothing_said(field, target, headings))

    def _in_sight(self, target: RecordType, stored: list[Stored]) -> list[Stored]:
        return [each for each in stored if self._reaches(target, each.place)]

    def _reaches(self, target: RecordType, place: Place) -> bool:
        known = (target.code, place)
        if known not in self._reached:
            self._reached[known] = rights.reaches(self._viewer, target, place, self._model)
        return self._reached[known]


def _wanted(line: Line, field: Field, target: RecordType, keys: Sequence[Field]) -> dict[str, Key]:
    """What the line says of the record it refers to, surest first, in the form in which it is looked up."""
    given = line.keys.get(field.code)
    return {key.code: key_of(target, key, given[key.code]) for key in keys if key.code in given} if given else {}


def _nothing_said(field: Field, target: RecordType, headings: Mapping[str, str]) -> Problem:
    mine = [heading for code, heading in headings.items() if code.startswith(f"{field.code}.")]
    sentence = _("没有说明是哪一份“%(type)s”。请至少填写一种：%(columns)s。")
    return Problem(
        field.code,
        mine[0] if mine else field.label.text(spoken()),
        "",
        sentence % {"type": target.label.text(spoken()), "columns": _("、").join(mine)},
    )


def _refer(
    line: Line, field: Field, target: RecordType, found: Mapping[str, list[Stored]], headings: Mapping[str, str]
) -> None:
    given = line.keys[field.code]
    record, sentence, code = _agreed(target, given, found)
    if record is None:
        full = f"{field.code}.{code}"
        value = shown(target.field(code), str(given[code]))
        line.problems.append(Problem(full, headings.get(full, field.label.text(spoken())), value, sentence))
        return
    line.values[field.code] = record.id
    if field.required is True and line.parent is None:
        line.parent = record.place


def _agreed(
    target: RecordType, given: Mapping[str, Value], found: Mapping[str, list[Stored]]
) -> tuple[Stored | None, str, str]:
    """The one record that all given keys lead to; else why not, and which key to blame."""
    sure = {code: stored for code, stored in found.items() if code in target.duplicates and stored}
    labels = {"type": target.label.text(spoken())}
    if not sure:
        code = next(iter(found))
        named = found[code] if code == target.title else []
        if len(named) == 1:
            return named[0], "", ""
        if named:
            labels["keys"] = _("、").join(target.field(key).label.text(spoken()) for key in target.duplicates)
            return None, _("有几份同名的“%(type)s”，分不清是哪一份。请补填其中一项：%(keys)s。") % labels, code
        return None, _("找不到这份“%(type)s”，或者它不在您的可见范围内。请核对，或先导入它。") % labels, code
    code, stored = next(iter(sure.items()))
    if len({each.id for several in sure.values() for each in several}) > 1:
        return None, _("这一行的几项指向了不同的“%(type)s”。请核对。") % labels, code
    name = str(given.get(target.title, ""))
    if name and stored[0].title and _bare(name) != _bare(stored[0].title):
        return None, _("找到的“%(type)s”与本行写的名称不符。请核对名称和号码。") % labels, target.title
    return stored[0], "", ""


def _bare(name: str) -> str:
    return "".join(name.split())
