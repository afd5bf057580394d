"""三员: each of the three administrators has its own commands, and no business."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import roles as entries
from keguan.language.model.model import RowScope
from keguan.language.model.operations import OPERATIONS
from keguan.language.model.role import SEPARATE_OPERATIONS, Separation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.check.subject import Subject
    from keguan.language.model.model import Role

KINDS = {
    Separation.SYSTEM: ("系统管理", "system"),
    Separation.SECURITY: ("安全管理", "security"),
    Separation.AUDIT: ("审计管理", "audit"),
}
_RESERVED = frozenset({"manage_staff", "grant_roles", "maintain", "manage_keys"})
"""What only one of the three should have, where a policy separates them."""


def administrators(subject: Subject) -> None:
    """Report one of the three that may do or see what is not its own, a separation with one of them missing, and
    another role with what belongs to them. A policy that separates nobody is left alone.
    """
    roles = subject.model.roles.values()
    separate = [role for role in roles if role.separation is not None]
    if not separate:
        return
    for role in roles:
        _operations(subject, role)
        _classes(subject, role)
    missing = [KINDS[each] for each in Separation if all(role.separation is not each for role in separate)]
    if missing:
        names = {"missing": "、".join(zh for zh, _ in missing), "missing_en": ", ".join(en for _, en in missing)}
        subject.findings.add(entries.SEPARATION_MISSING, separate[0].span, **names)


def _operations(subject: Subject, role: Role) -> None:
    if role.separation is None:
        if outside := role.operations & _RESERVED:
            zh, en = _names(outside)
            values = {"label": role.label.zh, "operations": zh, "operations_en": en}
            subject.findings.add(entries.SEPARATION_OUTSIDE, role.span, **values)
        return
    allowed = SEPARATE_OPERATIONS[role.separation]
    if wrong := role.operations - allowed:
        (zh, en), (own, own_en) = _names(wrong), _names(allowed)
        values = {"operations": zh, "operations_en": en, "allowed": own, "allowed_en": own_en}
        subject.findings.add(entries.SEPARATION_OPERATIONS, role.span, **values, **_called(role, role.separation))


def _classes(subject: Subject, role: Role) -> None:
    if role.separation is None:
        return
    if role.separation is Separation.AUDIT:
        seen = [] if role.reveal is RowScope.NONE else [("敏感原文", "sensitive originals")]
    else:
        seen = [("全部", "everything") if each == "*" else (each, each) for each in sorted(role.classes)]
    if seen:
        values = {"seen": "、".join(zh for zh, _ in seen), "seen_en": ", ".join(en for _, en in seen)}
        subject.findings.add(entries.SEPARATION_CLASSES, role.span, **values, **_called(role, role.separation))


def _called(role: Role, separation: Separation) -> dict[str, str]:
    zh, en = KINDS[separation]
    return {"label": role.label.zh, "kind": zh, "kind_en": en}


def _names(codes: Iterable[str]) -> tuple[str, str]:
    known = [OPERATIONS[code] for code in OPERATIONS if code in set(codes)]
    return "、".join(zh for zh, _ in known), ", ".join(en for _, en in known)
