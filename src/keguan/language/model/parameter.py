"""参数: named figures with dated values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from keguan.language.feel.types import Type
    from keguan.language.model.kinds import FieldKind
    from keguan.language.model.label import ClauseRef, Label
    from keguan.language.source import Span


REPEAT_WITHIN, CROWD_WITHIN, CROWD_PARTIES = "repeat_within", "crowd_within", "crowd_parties"
"""The codes of parameters that the statistics of cases read where a policy has them: two of the kind 时长, one 整数."""

SIGN_IN = ("password_days", "password_length", "lock_failures", "lock_minutes", "idle_minutes")
"""The codes of parameters that sign-in reads where a policy has them, each of the kind 整数."""


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """What a parameter is from a day on, and where that is written."""

    since: date
    value: int | str | bool | date
    reference: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named figure of the policy with its dated values, earliest first."""

    code: str
    label: Label
    type: Type
    kind: FieldKind
    values: tuple[ParameterValue, ...]
    clause: ClauseRef
    span: Span
