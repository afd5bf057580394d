"""角色: who someone is to the policy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.language.model.label import ClauseRef, Label
    from keguan.language.source import Span


class RowScope(StrEnum):
    """Which records a role reaches."""

    OWN = "own"  # 本人
    UNIT = "unit"  # 本部门及下级
    ALL = "all"  # 全部
    NONE = "none"  # 无


@dataclass(frozen=True, slots=True)
class Role:
    """Who someone is to the policy, and what that lets them see and do."""

    code: str
    label: Label
    scope: RowScope  # 可见范围
    reveal: RowScope  # 原文范围: whose sensitive values may be revealed, with a reason
    classes: frozenset[str]  # 可见信息: information classes; "*" is every class
    operations: frozenset[str]  # 可办事项: codes of OPERATIONS
    clause: ClauseRef
    span: Span
