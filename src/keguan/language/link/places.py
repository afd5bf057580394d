"""What stands between the braces of a document → places, each name looked up and each expression typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import fitting
from keguan.language.feel.scope import RecordName
from keguan.language.feel.typed import FieldRef
from keguan.language.link.processes.case_scope import CaseScope
from keguan.language.link.record_items import record_items
from keguan.language.model.document import Placeholder, Standing
from keguan.language.model.form import value_code
from keguan.language.model.model import FieldKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keguan.language.blocks.document import Piece
    from keguan.language.link.linking import Linking
    from keguan.language.markdown.document import Written
    from keguan.language.model.document import Template
    from keguan.language.model.form import Form

STANDING = {
    "文号": Standing.NUMBER,
    "案件编号": Standing.CASE,
    "成文日期": Standing.DATE,
    "经办人": Standing.HANDLER,
    "公司名称": Standing.COMPANY,
    "document number": Standing.NUMBER,
    "case number": Standing.CASE,
    "document date": Standing.DATE,
    "handler": Standing.HANDLER,
    "company": Standing.COMPANY,
}
_REFERENCES = frozenset({FieldKind.REFERENCE, FieldKind.PERIOD})


class Places:
    """Reads the places of one document: a name of the record or of a form, else a standing word, else an expression."""

    def __init__(self, linking: Linking, record_type: str, forms: Sequence[Form]) -> None:
        self._linking = linking
        self._items = record_items(linking, record_type)
        self._scope = CaseScope(linking, record_type, forms)
        self._kinds = {item.code: item.kind for item in self._items.values()}
        self._kinds |= {value_code(form.code, field.code): field.kind for form in forms for field in form.fields}

    def template(self, pieces: Iterable[Piece]) -> Template:
        """The text with its places; one that cannot be read is reported and left out."""
        made = [piece if isinstance(piece, str) else self._place(piece) for piece in pieces]
        return tuple(piece for piece in made if piece is not None and piece != "")

    def _place(self, written: Written) -> Placeholder | None:
        found = self._read(written)
        if found is not None and found.kind is FieldKind.ATTACHMENT:
            self._linking.findings.add(fitting.ATTACHMENT, written.span)
            return None
        return found

    def _read(self, written: Written) -> Placeholder | None:
        path = tuple(part.strip() for part in written.text.split("."))
        reference = self._items.get(path[0])
        if reference is not None and reference.kind in _REFERENCES and len(path) <= 2:
            found = self._through(written, path)
            if found is not None:
                return found
        meaning = self._scope.find(written.text)
        if isinstance(meaning, RecordName):
            kind = self._kinds.get(meaning.code)
            expression = FieldRef(meaning.code, meaning.type)
            return Placeholder(
                written.text, written.span, expression=expression, kind=kind, sensitive=not meaning.usable
            )
        standing = STANDING.get(written.text.lower())
        if meaning is None and standing is not None:
            return Placeholder(written.text, written.span, standing=standing)
        typed = self._scope.type(written)
        return None if typed is None else Placeholder(written.text, written.span, expression=typed)

    def _through(self, written: Written, path: tuple[str, ...]) -> Placeholder | None:
        """A reference, or a field of the record that it refers to."""
        reference = self._items[path[0]]
        if len(path) == 1:
            return Placeholder(written.text, written.span, path=(reference.code,), kind=reference.kind)
        if reference.target is None or reference.target not in self._linking.records:
            return None
        item = record_items(self._linking, reference.target).get(path[1])
        if item is None:
            return None
        codes = (reference.code, item.code)
        return Placeholder(written.text, written.span, path=codes, kind=item.kind, sensitive=item.sensitive)
