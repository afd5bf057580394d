"""Rows that are about a record which is already there, or which stands further up in the same file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.access import rights
from keguan.runtime.imports.rows.line import Problem
from keguan.runtime.imports.rows.lookup import Key, Stored, find, key_of
from keguan.runtime.imports.rows.reading import shown
from keguan.runtime.policies.spoken import spoken
from keguan.runtime.records.writing import changeable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keguan.language.model.model import Field, Model, RecordType
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.imports.rows.line import Line

Seen = dict[tuple[str, Key], int]
"""Rows of this file that will be created, by field and key: Excel's row number."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """For which import rows are judged, whether they may change stored records, and whether it is only a trial."""

    import_id: int
    update: bool = False
    trial: bool = False


@dataclass(slots=True)
class Duplicates:
    """Looks for duplicates by every field that the policy names for it (查重), each of which alone suffices.

    With ``purpose.update``, a row about a stored record becomes a change of it when the importer may change it;
    otherwise it is given back. ``seen`` carries rows of earlier batches where nothing is written (a trial).
    """

    model: Model
    record_type: RecordType
    viewer: Viewer
    purpose: Purpose
    seen: Seen = field(default_factory=dict)

    def settle(self, lines: Sequence[Line], headings: Mapping[str, str]) -> dict[int, Stored]:
        """Add problems to duplicates; return the records to change, by row number. One query per field."""
        keys = [self._keys(line) for line in lines]
        stored = {
            field.code: find(self.record_type, field, (row.get(field.code) for row in keys)) for field in self._fields
        }
        changes: dict[int, Stored] = {}
        seen = self.seen if self.purpose.trial else {}
        for line, row in zip(lines, keys, strict=True):
            hits = {code: found[0] for code, key in row.items() if (found := stored[code].get(key))}
            if self._in_file(line, row, seen, headings):
                continue
            if hits:
                self._stored(line, hits, changes, headings)
            elif line.good:
                seen.update(dict.fromkeys(row.items(), line.number))
        return changes

    @property
    def _fields(self) -> list[Field]:
        return [self.record_type.field(code) for code in self.record_type.duplicates]

    def _keys(self, line: Line) -> dict[str, Key]:
        return {
            field.code: key_of(self.record_type, field, value)
            for field in self._fields
            if (value := line.values.get(field.code)) is not None
        }

    def _in_file(self, line: Line, row: Mapping[str, Key], seen: Seen, headings: Mapping[str, str]) -> bool:
        for code, key in row.items():
            if (earlier := seen.get((code, key))) is not None:
                sentence = _("与本文件第 %(row)s 行重复。请只保留一行。") % {"row": earlier}
                line.problems.append(self._problem(line, code, sentence, headings))
                return True
        return False

    def _stored(
        self, line: Line, hits: Mapping[str, Stored], changes: dict[int, Stored], headings: Mapping[str, str]
    ) -> None:
        code, record = next(iter(hits.items()))
        if record.import_id == self.purpose.import_id and record.import_row is not None:
            sentence = _("与本文件第 %(row)s 行重复。请只保留一行。") % {"row": record.import_row}
        elif not self.purpose.update:
            sentence = _("与已有的一份“%(type)s”重复，没有导入。如需用本行更新它，请选择“更新已有档案”。")
        elif len({each.id for each in hits.values()}) > 1:
            sentence = _("这一行的几项分别与不同的“%(type)s”重复，不能更新。请核对号码。")
        elif not rights.may(self.viewer, "edit", record.place):
            sentence = _("与已有的一份“%(type)s”重复，而您不能修改它。请联系它的归属人。")
        elif any(not self._changeable(each, record) for each in line.values):
            sentence = _("与已有的一份“%(type)s”重复，而本行有您不能修改的内容。请把这些列设为不导入，或另办审批。")
        else:
            if line.good:
                changes[line.number] = record
            return
        line.problems.append(
            self._problem(line, code, sentence % {"type": self.record_type.label.text(spoken())}, headings)
        )

    def _changeable(self, code: str, record: Stored) -> bool:
        return changeable(self.viewer, self.model, self.record_type.code, code, record.place, record.id)

    def _problem(self, line: Line, code: str, sentence: str, headings: Mapping[str, str]) -> Problem:
        field = self.record_type.field(code)
        return Problem(
            code, headings.get(code, field.label.text(spoken())), shown(field, str(line.values[code])), sentence
        )
