"""What stands in the places of a document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from keguan.language.feel.stamps import CODES
from keguan.language.feel.typed import FieldRef
from keguan.language.feel.types import DATE
from keguan.language.model.document import Standing as Word
from keguan.language.model.evaluate import evaluate
from keguan.language.model.model import FieldKind
from keguan.runtime.access.columns import columns
from keguan.runtime.access.document_text import NOTHING, DocumentText, Said, said, worded
from keguan.runtime.access.form_sight import Filled
from keguan.runtime.clock import local
from keguan.runtime.org import queries as org
from keguan.runtime.processes import conditions
from keguan.runtime.processes.forms.held import held
from keguan.runtime.processes.writing.classes import classes_read
from keguan.runtime.records.shown_rows import rows_by_id

if TYPE_CHECKING:
    from datetime import date

    from keguan.language.model.document import DocumentTemplate, Placeholder, Template
    from keguan.language.model.form import Form, FormField
    from keguan.runtime.processes.standing import Standing


@dataclass
class Places:
    """Fills the places of one document about one case. ``handler`` is who completed the step; empty for the system.

    One query for the record, one for the forms, one for each record it refers to, one for the company's name.
    """

    standing: Standing
    template: DocumentTemplate
    text: DocumentText
    number: str
    handler: str

    def filled(self, template: Template) -> Said:
        """The text with every place filled in."""
        pieces = [said(piece) if isinstance(piece, str) else self._place(piece) for piece in template]
        return Said("".join(piece.masked for piece in pieces), "".join(piece.whole for piece in pieces))

    def _place(self, place: Placeholder) -> Said:
        if place.standing is not None:
            return said(self._word(place.standing))
        if place.path:
            return self._through(place.path)
        if isinstance(place.expression, FieldRef) and place.expression.code not in CODES:
            return self._field(place.expression.code)
        if place.expression is None:
            return NOTHING
        value = evaluate(place.expression, conditions.values(self.standing, place.expression))
        classes = classes_read(self.standing.model, self.template.record_type, place.expression)
        return self.text.computed(place.kind, place.expression.type, value, classes)

    def _word(self, word: Word) -> str:
        match word:
            case Word.NUMBER:
                return self.number
            case Word.CASE:
                return self.standing.case.number
            case Word.DATE:
                return _day(local(self.standing.now).date())
            case Word.HANDLER:
                return self.handler
            case Word.COMPANY:
                return next((unit.name for unit in org.units()), "")

    def _field(self, code: str) -> Said:
        found = self._form_field(code)
        if found is not None:
            form, field = found
            filled = held(self.standing).get((form.code, field.code), Filled())
            return self.text.of_form(form.code, field, filled, self.standing.case.pk)
        record_type = self.template.record_type
        if self._row is None:
            return NOTHING
        return self.text.of_record(record_type, columns(self.standing.model, record_type)[code], self._row)

    def _through(self, path: tuple[str, ...]) -> Said:
        """The title of the record referred to, or one of its fields."""
        model = self.standing.model
        column = columns(model, self.template.record_type)[path[0]]
        target, record_id = column.target, None if self._row is None else self._row[column.physical]
        if target is None or record_id is None:
            return NOTHING
        code = path[1] if len(path) > 1 else model.record_types[target].title
        rows = rows_by_id(model, target, [record_id], [code])
        return self.text.of_record(target, columns(model, target)[code], rows[0]) if rows else NOTHING

    def _form_field(self, code: str) -> tuple[Form, FormField] | None:
        name, dot, field = code.partition(".")
        if not dot:
            return None
        form = self.standing.model.blocks.forms[name]
        return form, form.field(field)

    @cached_property
    def _row(self) -> dict[str, Any] | None:
        """The record with every column that the document names."""
        case, codes = self.standing.case, set[str]()
        for place in self.template.places:
            if place.path:
                codes.add(place.path[0])
            elif isinstance(place.expression, FieldRef) and "." not in place.expression.code:
                codes.update({place.expression.code} - CODES)
        rows = rows_by_id(self.standing.model, case.record_type, [case.record_id], sorted(codes))
        return rows[0] if rows else None


def _day(value: date) -> str:
    return worded(FieldKind.DATE, DATE, value)
