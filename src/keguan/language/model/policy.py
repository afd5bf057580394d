"""制度: documents of numbered clauses, with the controls in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from keguan.language.model.label import ClauseRef, Label
    from keguan.language.source import Span


@dataclass(frozen=True, slots=True)
class Control:
    """One block as it stands in one clause: kind (``record``, ``fact`` …), code, label and its status."""

    kind: str
    code: str
    label: Label
    status: str  # enforced | monitored | attested
    span: Span


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a clause in reading order: prose (Markdown source), or the control of a block; then ``prose`` is its
    table (Markdown source) and ``headers`` are its lines above the table, as written.
    """

    prose: str
    control: Control | None
    span: Span
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered article. ``chapter`` is the heading it stands under."""

    ref: ClauseRef
    chapter: str
    parts: tuple[Part, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Policy:
    """One pack's document: front matter and clauses in reading order (across its files)."""

    id: str
    title: str
    version: str
    effective: date
    uses: tuple[str, ...]
    preamble: str  # prose before the first clause
    clauses: tuple[Clause, ...]
