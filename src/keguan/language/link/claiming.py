"""What a pool from which people claim says beyond an allocation: what it hides, and when records go back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import allocations as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.feel.types import Date
from keguan.language.model.allocation import Claiming

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.blocks.allocation import AllocationDeclaration
    from keguan.language.feel.typed import Typed
    from keguan.language.link.linking import Linking
    from keguan.language.markdown.document import Written


def claiming(linking: Linking, declaration: AllocationDeclaration, record_type: str) -> Claiming:
    """What holds of the pool; what cannot be understood is reported and left out."""
    return Claiming(
        hidden=frozenset(_hidden(linking, declaration, record_type)),
        cooling=declaration.cooling,
        followed=_followed(linking, declaration.followed, record_type),
        warn=declaration.warn,
    )


def _hidden(linking: Linking, declaration: AllocationDeclaration, record_type: str) -> Iterator[str]:
    """Codes; an information class stands for all that belongs to it."""
    known = list(_known(linking, record_type))
    for written in declaration.hidden:
        found = [code for code, label, name in known if written.text in (code, label, name)]
        if not found:
            words = sorted({word for _code, label, name in known for word in (label, name)})
            label = linking.records[record_type].label.zh
            hint = suggest(written.text, words)
            linking.findings.add(entries.HIDDEN_UNKNOWN, written.span, name=written.text, record_type=label, **hint)
        yield from found


def _known(linking: Linking, record_type: str) -> Iterator[tuple[str, str, str]]:
    """Code, label and information class of everything that a record shows."""
    for field in linking.records[record_type].fields:
        yield field.code, field.label.zh, field.information_class
    for fact in linking.computed.facts[record_type]:
        yield fact.code, fact.label.zh, fact.information_class
    for decision in linking.computed.decisions.values():
        if decision.record_type == record_type:
            for output in decision.outputs:
                yield output.code, output.label.zh, decision.information_class


def _followed(linking: Linking, written: Written | None, record_type: str) -> Typed | None:
    if written is None:
        return None
    typed = linking.expression(record_type, written)
    if typed is not None and not isinstance(typed.type, Date):
        linking.findings.add(entries.NOT_A_DATE, written.span, value=written.text)
        return None
    return typed
