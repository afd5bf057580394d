"""权限 access: who may see, change, export, print or reveal which class of information, and how it is masked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import ClauseRef, Label, RowScope
    from keguan.language.source import Span


class Right(StrEnum):
    """What may be done with a value."""

    SEE = "see"  # 看
    CHANGE = "change"  # 改
    EXPORT = "export"  # 导出
    PRINT = "print"  # 打印
    REVEAL = "reveal"  # 原文: see a sensitive value in the clear, with a reason


class Permission(StrEnum):
    """How a right is given."""

    YES = "yes"  # 是
    MASKED = "masked"  # 遮盖: the value is masked
    APPROVAL = "approval"  # 审批: each time after an approval
    NO = "no"  # 否


@dataclass(frozen=True, slots=True)
class Grant:
    """One row: what ``role`` may do with the values of ``information_class`` (``*``: every class).

    A right that is not among ``rights`` is denied. ``scope`` are the records it reaches (None: the role's own scope),
    ``condition`` those for which it is true (None: all); ``sensitive`` narrows it to sensitive (True) or ordinary
    (False) fields. Of several grants that apply the most generous one counts.
    """

    number: int  # row number from 1
    role: str
    information_class: str
    rights: Mapping[Right, Permission]
    scope: RowScope | None
    condition: Typed | None
    sensitive: bool | None
    span: Span
    condition_text: str = ""  # as the author wrote it


@dataclass(frozen=True, slots=True)
class AccessRule:
    """An access block over the records of one type. What no grant gives is denied: once a record type has an access
    block, a role's own 可见信息 no longer suffices for it.
    """

    code: str
    label: Label
    record_type: str
    grants: tuple[Grant, ...]
    clause: ClauseRef
    span: Span
