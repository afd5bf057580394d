"""Errors that only follow from another one: a name is unknown because the block that declares it has an error.

They are set aside, so that the author sees the cause alone. A name counts as lost when a block that has an error
declares it and nothing came of it. The error that a lost name leaves in another block costs that block's names in
turn. Errors that follow from each other in a ring all stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks import KINDS, kind_of
from keguan.language.blocks.record import RECORD
from keguan.language.blocks.role import ROLE
from keguan.language.blocks.scorecard import SCORECARD
from keguan.language.diagnostics.catalogue import names, reach, records, roles
from keguan.language.diagnostics.diagnostic import Severity
from keguan.language.diagnostics.findings import Findings
from keguan.language.markdown.document import Block
from keguan.language.markdown.parse import parse_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from keguan.language.blocks.block import Kind
    from keguan.language.diagnostics.diagnostic import Diagnostic
    from keguan.language.source import PackSource, Span

_NAME = {
    reach.UNKNOWN_NAME.id: "name",
    reach.MISSPELT_NAME.id: "name",
    names.FIELD_UNKNOWN.id: "name",
    names.RECORD_TYPE_UNKNOWN.id: "name",
    records.EXTENSION_UNKNOWN.id: "code",
    roles.CLASS_UNKNOWN.id: "value",
}
"""The errors that say that a name is unknown, and the value that holds the name."""

_PARTS = re.compile(r"→|->|[()（）,，]")


def _words(kind: Kind | None, *keys: str) -> set[str]:
    """What lines and columns with these keys are called in a kind of block; in one that is unknown, in any of them."""
    kinds = KINDS if kind is None else (kind,)
    headers = {word for each in kinds for line in each.headers if line.key in keys for word in (line.zh, line.en)}
    columns = {word for each in kinds for line in each.columns if line.key in keys for word in (line.zh, line.en)}
    return headers | columns


@dataclass(frozen=True, slots=True)
class _Declaring:
    """A block: the names that it declares in vain, and its information classes."""

    pack: str
    file: str
    first: int
    last: int
    names: frozenset[str]
    classes: frozenset[str]

    def holds(self, span: Span) -> bool:
        return span.file == self.file and self.first <= span.line <= self.last


def set_aside(
    sources: Sequence[PackSource], read: Iterable[str], linked: Iterable[tuple[Span, str, str]], findings: Findings
) -> None:
    """Take the errors that follow from others out of ``findings``.

    ``read`` are the packs that could be read at all, ``linked`` what came of the blocks: where, code and label.
    """
    waiting = [found for found in findings.all() if found.id in _NAME]
    if not waiting:
        return
    blocks = list(_declaring(sources, linked))
    causes = [found for found in findings.all() if found.severity is Severity.ERROR and found.id not in _NAME]
    readable = set(read)
    failed = [block for block in blocks if block.pack not in readable or any(block.holds(each.span) for each in causes)]
    own = [found for found in waiting if not any(_declares(block, found) for block in blocks)]
    failed += [block for block in blocks if any(block.holds(each.span) for each in own)]
    following: list[Diagnostic] = []
    while failed:
        more, waiting = _parted(waiting, failed)
        following += more
        failed = [block for block in blocks if any(block.holds(found.span) for found in more)]
    findings.remove(following)


def _parted(waiting: Sequence[Diagnostic], failed: Sequence[_Declaring]) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """The findings that follow from the failed blocks, and the others."""
    parted: tuple[list[Diagnostic], list[Diagnostic]] = [], []
    for found in waiting:
        parted[not any(_declares(block, found) for block in failed)].append(found)
    return parted


def _declares(block: _Declaring, found: Diagnostic) -> bool:
    name = found.values[_NAME[found.id]]
    return name in (block.classes if found.id == roles.CLASS_UNKNOWN.id else block.names)


def _declaring(sources: Sequence[PackSource], linked: Iterable[tuple[Span, str, str]]) -> Iterator[_Declaring]:
    kept: dict[str, list[tuple[int, str, str]]] = {}
    for span, code, label in linked:
        kept.setdefault(span.file, []).append((span.line, code, label))
    for source in sources:
        for name, text in source.files.items():
            file = f"{source.id}/{name}"
            for element in parse_document(file, text, Findings()).elements:
                if isinstance(element, Block):
                    yield _lost(source.id, file, element, kept.get(file, []))


def _lost(pack: str, file: str, block: Block, linked: Sequence[tuple[int, str, str]]) -> _Declaring:
    first, last = block.span.line, block.body_line + len(block.body)
    kept = {name for line, code, label in linked if first <= line <= last for name in (code, label)}
    declared = {*_headline(block), *_outputs(block)}
    kind = kind_of(block)
    if kind is not ROLE:  # nothing is looked up by a role's name
        declared.update(_cells(block, _words(kind, "label", "code")))
    classing = _words(kind, "class")
    classes = {*_cells(block, classing), *(each.value.text for each in block.headers if each.key.text in classing)}
    return _Declaring(pack, file, first, last, frozenset(declared - kept), frozenset(classes))


def _headline(block: Block) -> tuple[str, ...]:
    """The name of a record type or a score, and of the grade made of it; the headline of another block names nothing
    that can be looked up.
    """
    kind = kind_of(block)
    if kind not in (RECORD, SCORECARD, None):
        return ()
    grades = [each.value.text for each in block.headers if each.key.text in _words(kind, "grade")]
    return (block.label.text, block.code.text, *(part.strip() for text in grades for part in _PARTS.split(text)))


def _cells(block: Block, columns: set[str]) -> Iterator[str]:
    if block.table is None:
        return
    for row in block.table.rows:
        for heading, cell in zip(block.table.headings.cells, row.cells, strict=False):
            if heading.text in columns:
                yield cell.text


def _outputs(block: Block) -> Iterator[str]:
    """The names in the headings of result columns, however they are written."""
    headings = block.table.headings.cells if block.table is not None else ()
    for heading in headings:
        if heading.text.startswith(("→", "->")):
            yield from (part.strip() for part in _PARTS.split(heading.text))
