"""Elements of a pack's files → chapters and clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import document as entries
from keguan.language.markdown.document import Block, Heading, Prose
from keguan.language.markdown.numerals import clause_number
from keguan.language.model.model import ClauseRef

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Document
    from keguan.language.source import Span

_ANCHOR = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(slots=True)
class RawClause:
    """One clause with its prose and blocks in reading order."""

    ref: ClauseRef
    chapter: str
    parts: list[Prose | Block]
    span: Span


@dataclass(slots=True)
class RawPolicy:
    """A pack's clauses; ``preamble`` is the prose before the first."""

    preamble: list[str] = field(default_factory=list)
    clauses: list[RawClause] = field(default_factory=list)


def gather_clauses(pack: str, documents: Iterable[Document], findings: Findings) -> RawPolicy:
    """Put every element under its clause. A heading that is no clause and stands above level 4 is a chapter.

    Prose below a chapter's heading belongs to the clause that follows, or at the end of a file to the last one.
    """
    reader = _Reader(pack, findings)
    for document in documents:
        reader.chapter = ""
        reader.clause = None
        for element in document.elements:
            reader.take(element)
        reader.close()
    return reader.policy


class _Reader:
    def __init__(self, pack: str, findings: Findings) -> None:
        self.policy = RawPolicy()
        self.chapter = ""
        self.clause: RawClause | None = None
        self._pack = pack
        self._findings = findings
        self._waiting: list[Prose | Block] = []
        self._numbers: dict[int, Span] = {}
        self._anchors: dict[str, Span] = {}

    def take(self, element: Heading | Prose | Block) -> None:
        if isinstance(element, Heading):
            self._heading(element)
        elif self.clause is not None:
            self.clause.parts.append(element)
        elif isinstance(element, Block):
            label = element.label.text or element.kind.text
            self._findings.add(entries.BLOCK_OUTSIDE_CLAUSE, element.kind.span, label=label)
        elif not self.policy.clauses:
            self.policy.preamble.append(element.text)
        else:
            self._waiting.append(element)

    def close(self) -> None:
        """The end of a file: prose that still waits for a clause goes to the last one."""
        if self._waiting:
            self.policy.clauses[-1].parts.extend(self._waiting)
            self._waiting = []

    def _heading(self, heading: Heading) -> None:
        number = clause_number(heading.text)
        if number is not None:
            self._open(heading, *number)
        elif heading.level == 1:
            self.clause = None
        elif self.clause is not None and heading.level > 3:
            text = f"{'#' * heading.level} {heading.text}"
            self.clause.parts.append(Prose(text, heading.span))
        else:
            self.chapter, self.clause = heading.text, None

    def _open(self, heading: Heading, written: str, value: int, title: str) -> None:
        if value in self._numbers:
            self._findings.add(entries.CLAUSE_TWICE, heading.span, number=written, other=self._numbers[value])
        self._numbers.setdefault(value, heading.span)
        anchor = self._anchor(heading, value)
        ref = ClauseRef(self._pack, anchor, written, title)
        self.clause = RawClause(ref, self.chapter, self._waiting, heading.span)
        self._waiting = []
        self.policy.clauses.append(self.clause)

    def _anchor(self, heading: Heading, value: int) -> str:
        anchor = heading.anchor or f"clause-{value}"
        if not _ANCHOR.fullmatch(anchor):
            self._findings.add(entries.ANCHOR_FORM, heading.span, anchor=anchor)
        elif heading.anchor and anchor in self._anchors:
            self._findings.add(entries.ANCHOR_TWICE, heading.span, anchor=anchor, other=self._anchors[anchor])
        self._anchors.setdefault(anchor, heading.span)
        return anchor
