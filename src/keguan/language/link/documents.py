"""Document declarations → documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.document import DocumentDeclaration
from keguan.language.link.codes import make_label
from keguan.language.link.places import Places
from keguan.language.link.record_items import title_class
from keguan.language.model.document import DocumentTemplate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.link.linking import Linking
    from keguan.language.model.form import Form


def link_documents(linking: Linking, forms: Mapping[str, Form]) -> dict[str, DocumentTemplate]:
    """Documents by code; ``forms`` are all forms, linked."""
    result: dict[str, DocumentTemplate] = {}
    for declaration, declared in linking.declared(DocumentDeclaration):
        block = declaration.block
        record_type = linking.record_type(declaration.of, declared)
        if record_type is None or not linking.claim("document", block):
            continue
        named = [linking.block("form", name) for name in declaration.forms]
        codes = tuple(code for code in named if code is not None)
        places = Places(linking, record_type, [forms[code] for code in codes if code in forms])
        result[block.code.text] = DocumentTemplate(
            code=block.code.text,
            label=make_label(block.label.text, declaration.english, block.code.text),
            record_type=record_type,
            forms=codes,
            title=places.template(declaration.title),
            numbering=declaration.numbering,
            seal=declaration.seal,
            discloses=declaration.discloses,
            waybill=declaration.waybill,
            information_class=declaration.information_class or title_class(linking, record_type),
            body=places.template(declaration.body),
            source=declaration.source,
            source_span=declaration.source_span,
            clause=declared.clause,
            span=block.span,
        )
    return result
