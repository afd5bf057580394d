"""The kinds of blocks, one file each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.decision import DECISION, DecisionDeclaration, read_decision
from keguan.language.blocks.fact import FACT, FactDeclaration, read_fact
from keguan.language.blocks.parameter import PARAMETER, ParameterDeclaration, read_parameter
from keguan.language.blocks.record import RECORD, RecordDeclaration, read_record
from keguan.language.blocks.role import ROLE, RoleDeclaration, read_role
from keguan.language.blocks.scenario import SCENARIO
from keguan.language.diagnostics.catalogue import document as entries
from keguan.language.diagnostics.findings import suggest

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.language.blocks.block import Kind
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block

Declaration = RecordDeclaration | ParameterDeclaration | RoleDeclaration | FactDeclaration | DecisionDeclaration

KINDS: tuple[Kind, ...] = (RECORD, PARAMETER, ROLE, FACT, DECISION, SCENARIO)

_READERS: dict[str, Callable[[Block, Findings], Declaration | None]] = {
    "record": read_record,
    "parameter": read_parameter,
    "role": read_role,
    "fact": read_fact,
    "decision": read_decision,
}


def kind_of(block: Block) -> Kind | None:
    """The kind whose keyword the block's first line names."""
    word = block.kind.text.lower()
    return next((kind for kind in KINDS if word in (kind.zh, kind.en)), None)


def read_declaration(block: Block, findings: Findings) -> Declaration | None:
    """Read a block of a policy; None after diagnostics when it declares nothing."""
    kind = kind_of(block)
    if kind is None:
        known = [word for each in KINDS for word in (each.zh, each.en)]
        suggestion = suggest(block.kind.text, known, [each.zh for each in KINDS])
        findings.add(entries.BLOCK_UNKNOWN, block.kind.span, kind=block.kind.text, **suggestion)
        return None
    if kind is SCENARIO:
        findings.add(entries.SCENARIO_PLACE, block.kind.span)
        return None
    if not block.label.text or not block.code.text:
        findings.add(entries.BLOCK_HEADLINE, block.kind.span)
        return None
    return _READERS[kind.code](block, findings)
