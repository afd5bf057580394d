"""What 凭证 and 触发 name: child records of the duty's object, and which of their fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from keguan.language.blocks.block import split_list
from keguan.language.diagnostics.catalogue import duties as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.markdown.document import Written
from keguan.language.model.duty import Evidence
from keguan.language.model.model import FieldKind

if TYPE_CHECKING:
    from keguan.language.link.linking import Linking
    from keguan.language.markdown.document import Block
    from keguan.language.model.model import RecordType

VERIFIED = frozenset({"核实", "verification"})
_NAMED = re.compile(r"(?P<name>[^()（）]+?)\s*(?:[(（](?P<fields>[^()（）]*)[)）])?")


def link_evidence(linking: Linking, subject: str, written: Written) -> Evidence | None:
    """The evidence that ``written`` names: records, a form or a checklist; None after a diagnostic."""
    found = _NAMED.fullmatch(written.text)
    name = found.group("name") if found else written.text
    child = record_named(linking, name)
    if child is None and name.lower() in VERIFIED and linking.records[subject].verified is not None:
        return Evidence(verified=True)
    if child is None:
        return _block(linking, subject, name, written)
    span = found.span("fields") if found else (-1, -1)
    chosen: tuple[Written, ...] = ()
    if span[0] >= 0:
        inside = Written(written.text[span[0] : span[1]], written.span.within(span[0], span[1] - span[0]))
        chosen = split_list(inside)
    return _record(linking, linking.records[subject], child, chosen, written)


def record_named(linking: Linking, name: str) -> RecordType | None:
    """The record type with this label or code."""
    return next((each for each in linking.records.values() if name in (each.code, each.label.zh)), None)


def references_to(child: RecordType, subject: str) -> tuple[str, ...]:
    """The codes of a record type's fields that refer to records of the type ``subject``."""
    return tuple(each.code for each in child.fields if each.kind is FieldKind.REFERENCE and each.target == subject)


def _block(linking: Linking, subject: str, name: str, written: Written) -> Evidence | None:
    forms, checklists = _named_blocks(linking, "form"), _named_blocks(linking, "checklist")
    if name in forms:
        return Evidence(form=forms[name].code.text)
    if name in checklists:
        return _checklist(linking, subject, checklists[name], written)
    known = [*(each.label.zh for each in linking.records.values()), *forms, *checklists]
    linking.findings.add(entries.EVIDENCE_UNKNOWN, written.span, name=name, **suggest(name, known))
    return None


def _named_blocks(linking: Linking, kind: str) -> dict[str, Block]:
    """The blocks of a kind by label and by code."""
    return {
        word.text: declared.declaration.block
        for pack in linking.packs
        for declared in pack.declared
        if declared.kind == kind
        for word in (declared.declaration.block.label, declared.declaration.block.code)
    }


def _checklist(linking: Linking, subject: str, block: Block, written: Written) -> Evidence | None:
    """A checklist proves what is owed about the records that it looks at."""
    of = next((each.value for each in block.headers if each.key.text.lower() in ("对象", "of")), None)
    about = None if of is None else record_named(linking, of.text)
    if about is not None and about.code != subject:
        names = {"name": block.label.text, "about": about.label.zh, "record_type": linking.records[subject].label.zh}
        linking.findings.add(entries.EVIDENCE_OF_OTHERS, written.span, **names)
        return None
    return Evidence(checklist=block.code.text)


def _record(
    linking: Linking, subject: RecordType, child: RecordType, chosen: tuple[Written, ...], written: Written
) -> Evidence | None:
    names = {word.text for word in chosen}
    references = references_to(child, subject.code)
    if not references:
        names_ = {"name": child.label.zh, "record_type": subject.label.zh}
        linking.findings.add(entries.EVIDENCE_NOT_CHILD, written.span, **names_)
        return None
    dates = tuple(each.code for each in child.fields if each.kind is FieldKind.DATE)
    if child.timeline_date and not _named(child, dates, names):
        dates = (child.timeline_date,)
    via, date = _one(child, references, names), _one(child, dates, names)
    words = {word for code in (*references, *dates) for word in (code, child.field(code).label.zh)}
    if via is None or (dates and date is None) or not names <= words:
        listed = references if via is None or not dates else dates
        labels = [child.field(code).label.zh for code in listed]
        values = {"name": child.label.zh, "choice": labels[0], "choices": "、".join(labels)}
        linking.findings.add(entries.EVIDENCE_WHICH, written.span, **values)
        return None
    if date is None:
        linking.findings.add(entries.EVIDENCE_UNDATED, written.span, name=child.label.zh)
    return Evidence(child.code, via, date)


def _named(child: RecordType, codes: tuple[str, ...], names: set[str]) -> tuple[str, ...]:
    return tuple(code for code in codes if names & {code, child.field(code).label.zh})


def _one(child: RecordType, codes: tuple[str, ...], names: set[str]) -> str | None:
    """The one of ``codes`` that is named, or the only one there is."""
    named = _named(child, codes, names) or codes
    return named[0] if len(named) == 1 else None
