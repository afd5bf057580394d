"""Packs → their particulars, clauses and declarations, in the order in which they use each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks import Declaration, kind_of, read_declaration
from keguan.language.diagnostics.catalogue import document as entries
from keguan.language.markdown.clauses import RawPolicy, gather_clauses
from keguan.language.markdown.document import Block, Document, Written
from keguan.language.markdown.parse import parse_document
from keguan.language.model.values import read_date
from keguan.language.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from keguan.language.diagnostics.findings import Findings
    from keguan.language.model.model import ClauseRef
    from keguan.language.source import PackSource

_KEYS = ("id", "title", "version", "effective", "uses")
_VERSION = re.compile(r"[0-9]{1,5}\.[0-9]{1,5}\.[0-9]{1,5}")
_ID = re.compile(r"[a-z][a-z0-9-]*")
MAIN_FILE = "policy.md"


@dataclass(frozen=True, slots=True)
class Declared:
    """One declaration and where it stands."""

    declaration: Declaration
    clause: ClauseRef
    pack: str
    kind: str  # the code of the block's kind


@dataclass(frozen=True, slots=True)
class Pack:
    """One pack, read but not yet linked. ``reach``: itself and every pack it uses, directly or not."""

    id: str
    title: str
    version: str
    effective: date
    uses: tuple[str, ...]
    reach: frozenset[str]
    policy: RawPolicy
    declared: tuple[Declared, ...]


@dataclass(frozen=True, slots=True)
class _Front:
    title: str
    version: str
    effective: date
    uses: tuple[Written, ...]


def read_packs(sources: Sequence[PackSource], findings: Findings) -> tuple[Pack, ...]:
    """Read every pack; those that are used come first."""
    documents = {source.id: _documents(source, findings) for source in sources}
    fronts: dict[str, _Front] = {}
    for source in sources:
        if source.id in fronts:
            findings.add(entries.PACK_TWICE, _start(source), pack=source.id)
        front = _front(source, documents[source.id], findings)
        if front is not None:
            fronts[source.id] = front
    order = _order(fronts, {source.id for source in sources}, findings)
    return tuple(_pack(id_, fronts[id_], fronts, documents[id_], findings) for id_ in order)


def _start(source: PackSource) -> Span:
    name = next(iter(_names(source)), MAIN_FILE)
    return Span(f"{source.id}/{name}", 1, 1, 1, 2)


def _names(source: PackSource) -> list[str]:
    """File names, the main file first."""
    return sorted(source.files, key=lambda name: (name != MAIN_FILE, name))


def _documents(source: PackSource, findings: Findings) -> list[Document]:
    if not source.files:
        findings.add(entries.PACK_EMPTY, _start(source), pack=source.id)
    return [parse_document(f"{source.id}/{name}", source.files[name], findings) for name in _names(source)]


def _front(source: PackSource, documents: Sequence[Document], findings: Findings) -> _Front | None:
    if not documents:
        return None
    start, front = _start(source), documents[0].front
    if front is None:
        findings.add(entries.FRONT_MISSING, start)
    if not front:
        return None
    for key, value in front.items():
        if key not in _KEYS:
            findings.add(entries.FRONT_KEY_UNKNOWN, value.span, key=key, known="、".join(_KEYS))
    missing = [key for key in _KEYS[:4] if key not in front or not front[key].text]
    for key in missing:
        findings.add(entries.FRONT_KEY_MISSING, start, key=key)
    effective = _values(source, front, findings)
    if missing or effective is None:
        return None
    uses = front.get("uses")
    return _Front(front["title"].text, front["version"].text, effective, _uses(uses) if uses else ())


def _uses(uses: Written) -> tuple[Written, ...]:
    return tuple(Written(item.strip(), uses.span) for item in uses.text.split(",") if item.strip())


def _values(source: PackSource, front: dict[str, Written], findings: Findings) -> date | None:
    def wrong(key: str, expected: str) -> None:
        findings.add(entries.FRONT_VALUE, front[key].span, key=key, value=front[key].text, expected=expected)

    id_, version, effective = (front.get(key) for key in ("id", "version", "effective"))
    if id_ and id_.text and (id_.text != source.id or not _ID.fullmatch(id_.text)):
        wrong("id", source.id)
    if version and version.text and not _VERSION.fullmatch(version.text):
        wrong("version", "1.0.0")
    if effective and effective.text:
        try:
            return read_date(effective.text)
        except ValueError:
            wrong("effective", "2026-01-01")
    return None


def _order(fronts: dict[str, _Front], given: set[str], findings: Findings) -> list[str]:
    """Packs after those they use. A ring is reported once and cut."""
    order: list[str] = []
    path: list[str] = []

    def visit(id_: str) -> None:
        if id_ in order:
            return
        path.append(id_)
        for used in fronts[id_].uses:
            if used.text in path:
                ring = " → ".join([*path[path.index(used.text) :], used.text])
                findings.add(entries.USES_CYCLE, used.span, path=ring)
            elif used.text in fronts:
                visit(used.text)
            elif used.text not in given:
                findings.add(entries.USES_UNKNOWN, used.span, pack=used.text)
        path.pop()
        order.append(id_)

    for id_ in sorted(fronts):
        visit(id_)
    return order


def _reach(id_: str, fronts: dict[str, _Front]) -> frozenset[str]:
    reached: set[str] = set()
    waiting = [id_]
    while waiting:
        current = waiting.pop()
        if current in fronts and current not in reached:
            reached.add(current)
            waiting.extend(used.text for used in fronts[current].uses)
    return frozenset(reached)


def _pack(
    id_: str, front: _Front, fronts: dict[str, _Front], documents: Sequence[Document], findings: Findings
) -> Pack:
    policy = gather_clauses(id_, documents, findings)
    declared = []
    for clause in policy.clauses:
        for part in clause.parts:
            if isinstance(part, Block):
                declaration, kind = read_declaration(part, findings), kind_of(part)
                if declaration is not None and kind is not None:
                    declared.append(Declared(declaration, clause.ref, id_, kind.code))
    uses = tuple(used.text for used in front.uses)
    reach = _reach(id_, fronts)
    return Pack(id_, front.title, front.version, front.effective, uses, reach, policy, tuple(declared))
