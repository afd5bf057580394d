"""办理角色: who handles a step, and how several of them stand to each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Manner(StrEnum):
    """How several parties handle one step."""

    ANY = "any"  # 或签: the first of them to act decides
    ALL = "all"  # 会签: every one must act; the first that does not agree decides
    IN_TURN = "in_turn"  # 依次: one after the other in the order written; the first that does not agree decides


class PartyKind(StrEnum):
    """Who a party is."""

    ROLE = "role"  # holders of a role
    INITIATOR = "initiator"  # 发起人: who started the case
    OWNER = "owner"  # 记录负责人: the owner of the case's record
    UNIT_HEAD = "unit_head"  # 部门负责人: the head of the unit to which the case's record belongs
    FIELD = "field"  # 字段(经办人): whoever a 人员 field of the record or of a form names
    HANDLER = "handler"  # 办理人(登记): who completed that step, the last time when it was completed more than once


@dataclass(frozen=True, slots=True)
class Party:
    """One of those who handle a step.

    Of a role any one holder acts, unless ``everyone`` (每人): then each holder counts as a party of its own.
    """

    kind: PartyKind
    role: str | None = None  # ROLE: its code
    step: str | None = None  # HANDLER: the step's code
    everyone: bool = False
    field: str | None = None  # FIELD: its code
    form: str | None = None  # FIELD: the form that has it; None: the record


@dataclass(frozen=True, slots=True)
class Actors:
    """Who handles a step; one party alone is ``ANY``."""

    manner: Manner
    parties: tuple[Party, ...]

    @property
    def roles(self) -> frozenset[str]:
        """The codes of the roles among them."""
        return frozenset(party.role for party in self.parties if party.role is not None)
