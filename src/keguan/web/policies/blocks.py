"""A piece of a clause as its page shows it: prose, or a block with its name, its lines and its matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext

from keguan.web.policies.kinds import KIND_LABELS
from keguan.web.policies.process_picture import Picture, picture
from keguan.web.policies.prose import block, prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.utils.functional import Promise
    from django.utils.safestring import SafeString

    from keguan.language.model.model import ClauseRef, Control, Decision, Model, Part

READ = frozenset({"decision", "scorecard"})
"""Kinds whose cells are tests and outcomes, written for people."""

LETTER = "document"


@dataclass(frozen=True, slots=True)
class Header:
    """A line above a block's table; ``url`` is where its value is declared, empty where that is not told."""

    name: str
    value: str
    url: str = ""

    @property
    def said(self) -> str:
        """What stands before the value."""
        return self.name + gettext("：")


@dataclass(frozen=True, slots=True)
class BlockPiece:
    """A block. ``letter``: its matter is a document's text. ``exceptions`` are the clauses laid over a decision."""

    kind: Promise | str
    label: str
    code: str
    headers: tuple[Header, ...]
    matter: SafeString
    letter: bool
    exceptions: tuple[ClauseRef, ...]
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Piece:
    """Prose or a block."""

    prose: SafeString | None
    block: BlockPiece | None = None


def piece(part: Part, model: Model, language: str, prefix: str) -> Piece:
    """One part of a clause. ``prefix`` stands before the ids of its rows."""
    control = part.control
    if control is None:
        return Piece(prose(part.prose))
    letter = control.kind == LETTER
    process = model.blocks.processes.get(control.code) if control.kind == "process" else None
    return Piece(
        None,
        BlockPiece(
            kind=KIND_LABELS.get(control.kind, control.kind),
            label=control.label.text(language),
            code=control.code,
            headers=tuple(_headers(part, control, model)),
            matter=block(part.prose, "" if letter else prefix + control.code, reading=control.kind in READ),
            letter=letter,
            exceptions=_exceptions(control, model),
            picture=None if process is None else picture(process, language),
        ),
    )


def _headers(part: Part, control: Control, model: Model) -> Iterator[Header]:
    base = _base(control, model)
    for name, value in part.headers:
        yield Header(name, value, _place(base[1]) if base is not None and value in base[0] else "")


def _base(control: Control, model: Model) -> tuple[frozenset[str], ClauseRef] | None:
    """What a labelled exception is an exception to: by which names it can be called, and its clause; None for any other
    block.
    """
    for decision in model.decisions.values():
        laid = {each.place: each for each in decision.exceptions}
        own = next((each for each in laid.values() if each.span == control.span), None)
        if own is not None:
            over = laid.get(own.over, decision)
            return frozenset({over.label.zh, over.clause.number, decision.code}), over.clause
    return None


def _exceptions(control: Control, model: Model) -> tuple[ClauseRef, ...]:
    """The clauses of the exceptions to a decision, in the order of writing."""
    decision: Decision | None = model.decisions.get(control.code) if control.kind == "decision" else None
    laid = () if decision is None or decision.span != control.span else decision.exceptions
    return tuple(dict.fromkeys(each.clause for each in laid))


def _place(clause: ClauseRef) -> str:
    return f"{reverse('policies:document', args=[clause.pack])}#{clause.anchor}"
