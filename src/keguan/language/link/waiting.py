"""Quotas that leave the surplus to a person: each makes a fact of the policy, whether a record waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from keguan.language.blocks.fact import FactLine
from keguan.language.blocks.field_type import FieldType
from keguan.language.feel.types import BOOLEAN
from keguan.language.markdown.document import Written
from keguan.language.model.kinds import FieldKind
from keguan.language.model.naming import waiting_column
from keguan.language.model.quota import Surplus

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keguan.language.blocks.decision import DecisionDeclaration
    from keguan.language.blocks.quota import QuotaDeclaration
    from keguan.language.link.packs import Declared

    class Draft(Protocol):
        """A decision whose record type is known."""

        @property
        def declaration(self) -> DecisionDeclaration:
            """The decision as it is written."""

        @property
        def record_type(self) -> str:
            """The code of the type of record that it decides about."""


SUFFIX = "待定"
"""地区名额 has the fact 地区名额待定."""


def waits(
    quotas: Sequence[tuple[QuotaDeclaration, Declared]], decisions: Sequence[Draft]
) -> Iterator[tuple[FactLine, Declared, str]]:
    """The facts, with where they are declared and of which record type they are.

    Singly nobody waits, so the formula is ``false``; what the quota says of all records stands in its place wherever
    all of them are computed. A quota over no known decision makes none: the linking of quotas reports it.
    """
    for quota, declared in quotas:
        draft = _decision(quota.decision.text, decisions)
        if quota.surplus is not Surplus.PENDING or draft is None:
            continue
        span = quota.decision.span
        line = FactLine(
            label=Written(f"{quota.block.label.text}{SUFFIX}", span),
            code=Written(waiting_column(quota.block.code.text), span),
            english="",
            type=FieldType(FieldKind.BOOLEAN, BOOLEAN, Written("是否", span)),
            information_class=draft.declaration.information_class,
            formula=Written("false", span),
            span=span,
        )
        yield line, declared, draft.record_type


def _decision(name: str, decisions: Sequence[Draft]) -> Draft | None:
    for draft in decisions:
        block = draft.declaration.block
        outputs = ((output.code.text, output.label.text) for output in draft.declaration.outputs)
        if name in (block.code.text, block.label.text) or any(name in each for each in outputs):
            return draft
    return None
