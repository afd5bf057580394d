"""Grants that reach further than their role does, and sensitive values that would leave in the clear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import access_rules as entries
from keguan.language.model.access import Permission, Right
from keguan.language.model.model import RowScope

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject
    from keguan.language.model.access import AccessRule, Grant

_WIDTH = {RowScope.NONE: 0, RowScope.OWN: 1, RowScope.UNIT: 2, RowScope.ALL: 3}
_EXITS = {Right.EXPORT: ("导出", "exported"), Right.PRINT: ("打印", "printed")}


def access_width(subject: Subject) -> None:
    """Report them for every access block."""
    for rule in subject.model.blocks.access_rules.values():
        for grant in rule.grants:
            _within_role(subject, grant)
            _sensitive(subject, rule, grant)


def _within_role(subject: Subject, grant: Grant) -> None:
    role = subject.model.roles[grant.role]
    values = {"row": grant.number, "role": role.label.zh}
    if grant.scope is not None and _WIDTH[grant.scope] > _WIDTH[role.scope]:
        subject.findings.add(entries.WIDER, grant.span, **values)
    if grant.information_class != "*" and not role.classes & {"*", grant.information_class}:
        subject.findings.add(entries.CLASS_HIDDEN, grant.span, value=grant.information_class, **values)
    if Right.REVEAL in grant.rights and role.reveal is RowScope.NONE:
        subject.findings.add(entries.REVEAL_WIDER, grant.span, **values)


def _sensitive(subject: Subject, rule: AccessRule, grant: Grant) -> None:
    if grant.sensitive is False:
        return
    fields = [
        field.label.zh
        for field in subject.model.record_types[rule.record_type].fields
        if field.sensitive and grant.information_class in ("*", field.information_class)
    ]
    for right, (zh, en) in _EXITS.items():
        if fields and grant.rights.get(right) is Permission.YES:
            value = "全部" if grant.information_class == "*" else grant.information_class
            values = {"row": grant.number, "value": value, "exit": zh, "exit_en": en, "fields": "、".join(fields)}
            subject.findings.add(entries.SENSITIVE_OUT, grant.span, **values)
