"""Names in reach of the expressions of a case: the record's, and the fields of its forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import processes as entries
from keguan.language.diagnostics.findings import Findings
from keguan.language.feel.scope import RecordName
from keguan.language.link.written import written_expression
from keguan.language.model.form import value_code
from keguan.language.model.model import FieldKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.feel.scope import Meaning
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.link.linking import Linking
    from keguan.language.markdown.document import Written
    from keguan.language.model.form import Form


class CaseScope:
    """A name means the record's first, then that of the one form that has it; ``form_first``: the other way round,
    for what stands on the form itself.
    """

    def __init__(self, linking: Linking, record_type: str, forms: Iterable[Form], *, form_first: bool = False) -> None:
        self._record = linking.scopes.inside(record_type)
        self._findings = linking.findings
        self._form_first = form_first
        self._fields: dict[str, dict[str, RecordName]] = {}  # by name, then by form
        self._forms = {form.code: form for form in forms}
        self._unclear: set[str] = set()
        for form in self._forms.values():
            for field in form.fields:
                if field.kind is FieldKind.REFERENCE:
                    continue
                meaning = RecordName(value_code(form.code, field.code), field.type, usable=not field.sensitive)
                for name in (field.label.zh, field.code):
                    self._fields.setdefault(name, {})[form.code] = meaning

    def find(self, name: str) -> Meaning | None:
        """What ``name`` means here, or None."""
        record, fields = self._record.find(name), self._fields.get(name, {})
        if record is not None and not (self._form_first and fields):
            return record
        if len(fields) > 1:
            self._unclear.add(name)
            return None
        return next(iter(fields.values()), None)

    def names(self) -> Iterable[str]:
        """Every name in reach."""
        yield from self._record.names()
        yield from self._fields

    def type(self, written: Written, wanted: Type | None = None) -> Typed | None:
        """``written`` as an expression over the case; the record's own name may stand before its fields. None after
        diagnostics.
        """
        self._unclear.clear()
        found = Findings()
        typed = written_expression(written, self, found, wanted, self._record.own_names)
        for name in sorted(self._unclear):
            forms = "、".join(self._forms[code].label.zh for code in self._fields[name])
            self._findings.add(entries.FIELD_AMBIGUOUS, written.span, name=name, forms=forms)
        if not self._unclear:
            self._findings.extend(found.all())
        return None if self._unclear else typed
