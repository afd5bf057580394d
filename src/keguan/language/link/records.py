"""Record declarations → record types: extensions merged, names of fields resolved."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from keguan.language.blocks.block import YES_NO
from keguan.language.blocks.field_type import TYPE_NAMES
from keguan.language.blocks.record import RecordDeclaration
from keguan.language.diagnostics.catalogue import attachments, names
from keguan.language.diagnostics.catalogue import records as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.link.codes import Taken, check_code, check_label, make_label
from keguan.language.model.model import Field, FieldKind, RecordType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keguan.language.blocks.record import FieldDeclaration
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.link.classes import Classes
    from keguan.language.link.packs import Declared, Pack
    from keguan.language.markdown.document import Written

SENSITIVE_KINDS = frozenset(
    {
        FieldKind.TEXT,
        FieldKind.LONG_TEXT,
        FieldKind.PHONE,
        FieldKind.ID_NUMBER,
        FieldKind.USCC,
        FieldKind.BANK_CARD,
        FieldKind.EMAIL,
    }
)
SEARCH_KINDS = frozenset({FieldKind.TEXT, FieldKind.PHONE, FieldKind.USCC, FieldKind.ID_NUMBER, FieldKind.EMAIL})
NO_DUPLICATE_KINDS = frozenset(
    {
        FieldKind.LONG_TEXT,
        FieldKind.REFERENCE,
        FieldKind.PERIOD,
        FieldKind.STAFF,
        FieldKind.BOOLEAN,
        FieldKind.ATTACHMENT,
    }
)
_FIXED_HEADERS = {"title": "显示", "cadence": "期次", "timeline": "时间线", "english": "英文"}


@dataclass(slots=True)
class Draft:
    """A record type while its packs are still being merged."""

    declared: Declared
    declaration: RecordDeclaration
    extensions: list[RecordDeclaration] = field(default_factory=list)
    fields: list[tuple[FieldDeclaration, Declared]] = field(default_factory=list)
    taken: Taken = field(default_factory=Taken)

    @property
    def code(self) -> str:
        """The record type's code."""
        return self.declaration.block.code.text

    @property
    def label(self) -> str:
        """The record type's Chinese label."""
        return self.declaration.block.label.text


class RecordNames:
    """Finds record types by label or code, as far as a pack's ``uses`` reach."""

    def __init__(self, drafts: Mapping[str, Draft], packs: Sequence[Pack]) -> None:
        self._drafts = drafts
        self._by_name = {name: draft for draft in drafts.values() for name in (draft.code, draft.label)}
        self._reach = {pack.id: pack.reach for pack in packs}

    def find(self, name: Written, pack: str, findings: Findings) -> str | None:
        """The code of the record type that ``name`` means in a pack; None after a diagnostic."""
        draft = self._by_name.get(name.text)
        if draft is None:
            known = [each.label for each in self._drafts.values()]
            suggestion = suggest(name.text, known)
            findings.add(names.RECORD_TYPE_UNKNOWN, name.span, name=name.text, **suggestion)
            return None
        if draft.declared.pack not in self._reach[pack]:
            findings.add(names.PACK_NOT_USED, name.span, name=name.text, pack=draft.declared.pack)
            return None
        return draft.code

    def periodic(self, code: str) -> bool:
        """Whether the record type is one of periods."""
        return self._drafts[code].declaration.cadence is not None


def draft_records(packs: Sequence[Pack], classes: Classes, findings: Findings) -> dict[str, Draft]:
    """Every record type with its extensions, by code; a field that says nothing of its secrecy has its class's."""
    drafts: dict[str, Draft] = {}
    taken = Taken()
    for pack in packs:
        for declared in pack.declared:
            if isinstance(declared.declaration, RecordDeclaration):
                _take(declared, declared.declaration, pack, drafts, taken, findings)
    for draft in drafts.values():
        draft.fields = [(_with_secrecy(each, classes), declared) for each, declared in draft.fields]
    return drafts


def _with_secrecy(declaration: FieldDeclaration, classes: Classes) -> FieldDeclaration:
    """The field as sensitive or ordinary; what cannot be sealed is sensitive only where the field says so itself."""
    if declaration.sensitive is not None:
        return declaration
    sealable = declaration.type.kind in SENSITIVE_KINDS
    return replace(declaration, sensitive=sealable and classes.sensitive(declaration.information_class.text))


def _take(
    declared: Declared,
    declaration: RecordDeclaration,
    pack: Pack,
    drafts: dict[str, Draft],
    taken: Taken,
    findings: Findings,
) -> None:
    code, label = declaration.block.code, declaration.block.label
    draft = drafts.get(code.text)
    if declaration.extends:
        if draft is None:
            findings.add(entries.EXTENSION_UNKNOWN, code.span, label=label.text, code=code.text)
            return
        if draft.declared.pack not in pack.reach:
            findings.add(names.PACK_NOT_USED, code.span, name=label.text, pack=draft.declared.pack)
        for key, zh in _FIXED_HEADERS.items():
            if key in declaration.headers:
                findings.add(entries.EXTENSION_HEADER, declaration.headers[key].span, key=zh)
        draft.extensions.append(declaration)
    else:
        if draft is not None:
            other = draft.declaration.block.span
            findings.add(entries.TYPE_TWICE, code.span, label=label.text, other=other)
            return
        well_formed = check_code(code, findings) and check_label(label, findings)
        if not well_formed or not taken.claim(code, label, findings):
            return
        draft = drafts[code.text] = Draft(declared, declaration)
    for each in declaration.fields:
        well_formed = check_code(each.code, findings, column=True) and check_label(each.label, findings)
        if well_formed and draft.taken.claim(each.code, each.label, findings):
            draft.fields.append((each, declared))


def link_records(drafts: Mapping[str, Draft], known: RecordNames, findings: Findings) -> dict[str, RecordType]:
    """Record types by code. Conditions of 必填 are linked later: they may read facts. List columns too."""
    result = {}
    for code, draft in drafts.items():
        fields = tuple(
            made
            for declaration, declared in draft.fields
            if (made := _field(declaration, declared, draft, known, findings)) is not None
        )
        result[code] = _record_type(draft, fields, findings)
    return result


def _field(
    declaration: FieldDeclaration, declared: Declared, draft: Draft, known: RecordNames, findings: Findings
) -> Field | None:
    type_ = declaration.type
    target = known.find(type_.target, declared.pack, findings) if type_.target else None
    if type_.target is not None and target is None:
        return None
    period_of = None
    if type_.period_of is not None:
        if target is not None and not known.periodic(target) and type_.target is not None:
            findings.add(entries.PERIOD_TARGET, type_.target.span, target=type_.target.text)
        period_of = _date_field(draft, type_.period_of, findings)
    if declaration.sensitive and type_.kind is FieldKind.ATTACHMENT:
        findings.add(attachments.SENSITIVE, declaration.label.span, name=declaration.label.text)
    elif declaration.sensitive and type_.kind not in SENSITIVE_KINDS:
        zh, en = TYPE_NAMES[type_.kind]
        name = declaration.label
        findings.add(entries.SENSITIVE_KIND, name.span, type=zh, type_en=en, name=name.text)
    return Field(
        code=declaration.code.text,
        label=make_label(declaration.label.text, declaration.english, declaration.code.text),
        kind=type_.kind,
        type=type_.type,
        required=YES_NO.get(declaration.required.text.lower(), False),
        information_class=declaration.information_class.text,
        sensitive=bool(declaration.sensitive),
        clause=declared.clause,
        span=declaration.span,
        target=target,
        period_of=period_of,
        max_length=type_.max_length,
        files=type_.files,
        note=declaration.note,
        weight=declaration.weight if isinstance(declaration.weight, int) else None,
    )


def _find(draft: Draft, name: Written, findings: Findings) -> FieldDeclaration | None:
    for declaration, _ in draft.fields:
        if name.text in (declaration.label.text, declaration.code.text):
            return declaration
    if not draft.fields:  # its table is missing or unreadable, which was said already
        return None
    known = [declaration.label.text for declaration, _ in draft.fields]
    suggestion = suggest(name.text, known)
    findings.add(names.FIELD_UNKNOWN, name.span, record_type=draft.label, name=name.text, **suggestion)
    return None


def _date_field(draft: Draft, name: Written, findings: Findings) -> str | None:
    found = _find(draft, name, findings)
    if found is None:
        return None
    if found.type.kind is not FieldKind.DATE:
        findings.add(entries.PERIOD_DATE_FIELD, name.span, name=name.text)
        return None
    return found.code.text


def _record_type(draft: Draft, fields: tuple[Field, ...], findings: Findings) -> RecordType:
    declaration = draft.declaration
    timeline = declaration.timeline
    timeline_date = _date_field(draft, timeline, findings) if timeline else None
    everything = [declaration, *draft.extensions]
    menu = [each.menu for each in everything if each.menu is not None]
    searched = [name for each in everything for name in each.search]
    duplicates = [name for each in everything for name in each.duplicates]
    block = declaration.block
    return RecordType(
        code=draft.code,
        label=make_label(draft.label, declaration.english, draft.code),
        clause=draft.declared.clause,
        fields=fields,
        title=_title(draft, findings),
        duplicates=_named(draft, duplicates, "duplicates", findings),
        search=_named(draft, searched, "search", findings),
        columns=(),
        cadence=declaration.cadence,
        timeline=timeline is not None,
        timeline_date=timeline_date,
        menu=menu[-1] if menu else False,
        span=block.span,
    )


def _title(draft: Draft, findings: Findings) -> str:
    title = draft.declaration.title
    if title is None:
        findings.add(entries.TITLE_MISSING, draft.declaration.block.kind.span, label=draft.label)
        return ""
    found = _find(draft, title, findings)
    if found is None:
        return ""
    if found.type.kind is FieldKind.ATTACHMENT:
        purpose = {"purpose": "显示", "purpose_en": "showing a record by"}
        findings.add(attachments.KEY, title.span, name=title.text, **purpose)
    elif found.sensitive:
        findings.add(entries.TITLE_SENSITIVE, title.span, name=title.text)
    return found.code.text


def _named(draft: Draft, written: Sequence[Written], purpose: str, findings: Findings) -> tuple[str, ...]:
    codes = []
    for name in written:
        found = _find(draft, name, findings)
        if found is None:
            continue
        kind = found.type.kind
        fits = kind in SEARCH_KINDS if purpose == "search" else kind not in NO_DUPLICATE_KINDS
        if fits:
            codes.append(found.code.text)
        else:
            zh, en = ("检索", "searching") if purpose == "search" else ("查重", "finding duplicates")
            entry = attachments.KEY if kind is FieldKind.ATTACHMENT else entries.SEARCH_KIND
            findings.add(entry, name.span, name=name.text, purpose=zh, purpose_en=en)
    return tuple(dict.fromkeys(codes))
