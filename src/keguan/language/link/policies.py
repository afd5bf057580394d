"""Clauses as written → clauses with their controls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks import kind_of
from keguan.language.link.codes import make_label
from keguan.language.markdown.document import Prose
from keguan.language.model.model import Clause, Control, Part, Policy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.link.packs import Pack
    from keguan.language.markdown.document import Block


def link_policies(packs: Sequence[Pack]) -> dict[str, Policy]:
    """Every pack's document by pack id."""
    return {pack.id: _policy(pack) for pack in packs}


def _policy(pack: Pack) -> Policy:
    clauses = tuple(
        Clause(clause.ref, clause.chapter, tuple(_part(part) for part in clause.parts), clause.span)
        for clause in pack.policy.clauses
    )
    preamble = "\n\n".join(pack.policy.preamble)
    return Policy(pack.id, pack.title, pack.version, pack.effective, pack.uses, preamble, clauses)


def _part(part: Prose | Block) -> Part:
    if isinstance(part, Prose):
        return Part(part.text, None, part.span)
    kind = kind_of(part)
    label = make_label(part.label.text, "", part.code.text)
    control = Control(
        kind.code if kind else part.kind.text, part.code.text, label, kind.status if kind else "declared", part.span
    )
    headers = tuple((header.key.text, header.value.text) for header in part.headers)
    text = part.table.source if part.table else "\n".join(line.text for line in part.text)
    return Part(text, control, part.span, headers)
