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


class Separation(StrEnum):
    """三员: which of the three administrators a role is. Nobody holds two of them (GB/T 22239-2019, 8.1.5)."""

    SYSTEM = "system"  # 系统管理: accounts and running
    SECURITY = "security"  # 安全管理: who may do what
    AUDIT = "audit"  # 审计管理: what was done


SEPARATE_OPERATIONS: dict[Separation, frozenset[str]] = {
    Separation.SYSTEM: frozenset({"manage_staff", "offboard", "maintain", "calendar", "api_tokens"}),
    Separation.SECURITY: frozenset({"grant_roles", "review_access", "manage_keys", "api_tokens"}),
    Separation.AUDIT: frozenset({"audit", "review_access"}),
}
"""What each of the three may be given, and nothing else: none of them does the company's business."""


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
    separation: Separation | None = None  # 三员
    excludes: frozenset[str] = frozenset()  # 互斥: codes of roles that nobody holds together with this one, both ways
