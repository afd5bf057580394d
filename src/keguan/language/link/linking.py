"""What linking one kind of block needs: the packs, what is linked already, and how to look a name up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from keguan.language.blocks import kind_by_code
from keguan.language.diagnostics.catalogue import names as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.feel.types import BOOLEAN
from keguan.language.link.codes import Taken, check_code
from keguan.language.link.posts import role_named
from keguan.language.link.written import written_expression

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from keguan.language.diagnostics.findings import Findings
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.link.computed import Computed
    from keguan.language.link.packs import Declared, Pack
    from keguan.language.link.records import RecordNames
    from keguan.language.link.scopes import Scopes
    from keguan.language.markdown.document import Block, Written
    from keguan.language.model.model import Decision, Parameter, RecordType, Role

D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class Linking:
    """Records, facts, decisions, parameters and roles are linked; the other kinds refer to them and to each other
    (by ``block``, which needs no order).
    """

    packs: Sequence[Pack]
    records: Mapping[str, RecordType]
    known: RecordNames
    parameters: Mapping[str, Parameter]
    computed: Computed
    roles: Mapping[str, Role]
    scopes: Scopes
    findings: Findings
    taken: dict[str, Taken] = field(default_factory=dict)

    def declared(self, kind: type[D]) -> Iterator[tuple[D, Declared]]:
        """Every declaration of one class, in the order of the packs."""
        for pack in self.packs:
            for declared in pack.declared:
                if isinstance(declared.declaration, kind):
                    yield declared.declaration, declared

    def claim(self, kind: str, block: Block) -> bool:
        """Whether the block's code is well formed and neither it nor the label is taken by another of its kind."""
        taken = self.taken.setdefault(kind, Taken())
        return check_code(block.code, self.findings) and taken.claim(block.code, block.label, self.findings)

    def record_type(self, name: Written, declared: Declared) -> str | None:
        """The code of the record type that ``name`` means; None after a diagnostic."""
        return self.known.find(name, declared.pack, self.findings)

    def role(self, name: Written) -> str | None:
        """The code of the role that ``name`` (label or code) means; None after a diagnostic."""
        return role_named(name, self.roles, self.findings)

    def block(self, kind: str, name: Written) -> str | None:
        """The code of the block of a kind (``form``, ``decision`` …) that ``name`` means; None after a diagnostic."""
        labels: dict[str, str] = {}
        for pack in self.packs:
            for declared in pack.declared:
                block = declared.declaration.block
                if declared.kind == kind:
                    labels[block.label.text] = labels[block.code.text] = block.code.text
        if name.text in labels:
            return labels[name.text]
        words = kind_by_code(kind)
        known = [label for label in labels if not label.isascii()]
        suggestion = suggest(name.text, known)
        self.findings.add(
            entries.BLOCK_NOT_FOUND, name.span, kind=words.zh, kind_en=words.en, name=name.text, **suggestion
        )
        return None

    def decision(self, name: Written) -> Decision | None:
        """The decision that ``name`` means (its label or code, or one of its results); None after a diagnostic."""
        decisions = self.computed.decisions.values()
        for decision in decisions:
            results = [word for output in decision.outputs for word in (output.code, output.label.zh)]
            if name.text in (decision.code, decision.label.zh, *results):
                return decision
        words = kind_by_code("decision")
        suggestion = suggest(name.text, [decision.label.zh for decision in decisions])
        self.findings.add(
            entries.BLOCK_NOT_FOUND, name.span, kind=words.zh, kind_en=words.en, name=name.text, **suggestion
        )
        return None

    def expression(self, record_type: str, written: Written, wanted: Type | None = None) -> Typed | None:
        """``written`` as an expression over a record, whose own name may stand before its fields (客户.等级).

        None after diagnostics.
        """
        scope = self.scopes.inside(record_type)
        return written_expression(written, scope, self.findings, wanted, scope.own_names)

    def condition(self, record_type: str, written: Written) -> Typed | None:
        """``written`` as a condition over a record; None after diagnostics."""
        return self.expression(record_type, written, BOOLEAN)
