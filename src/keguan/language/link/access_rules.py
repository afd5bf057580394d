"""Access declarations → access rules."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from keguan.language.blocks.access import AccessDeclaration
from keguan.language.diagnostics.catalogue import access_rules as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.link.codes import make_label
from keguan.language.link.roles import EVERY_CLASS
from keguan.language.model.access import AccessRule, Grant, Permission, Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.blocks.access import GrantLine
    from keguan.language.link.linking import Linking

_MASKABLE = frozenset({Right.SEE, Right.EXPORT, Right.PRINT})
_APPROVABLE = frozenset({Right.CHANGE, Right.EXPORT, Right.PRINT, Right.REVEAL})


def link_access_rules(linking: Linking) -> dict[str, AccessRule]:
    """Access rules by code."""
    result: dict[str, AccessRule] = {}
    for declaration, declared in linking.declared(AccessDeclaration):
        block = declaration.block
        record_type = linking.record_type(declaration.of, declared)
        if record_type is None or not linking.claim("access", block):
            continue
        result[block.code.text] = AccessRule(
            code=block.code.text,
            label=make_label(block.label.text, "", block.code.text),
            record_type=record_type,
            grants=tuple(_grants(linking, declaration, record_type)),
            clause=declared.clause,
            span=block.span,
        )
    return result


def classes_of(linking: Linking, record_type: str) -> frozenset[str]:
    """The information classes to which something of a record type belongs."""
    fields = {field.information_class for field in linking.records[record_type].fields}
    facts = {fact.information_class for fact in linking.computed.facts[record_type]}
    decisions = linking.computed.decisions.values()
    made = {decision.information_class for decision in decisions if decision.record_type == record_type}
    return frozenset(fields | facts | made)


def _grants(linking: Linking, declaration: AccessDeclaration, record_type: str) -> Iterator[Grant]:
    known = classes_of(linking, record_type)
    seen: dict[tuple[object, ...], int] = {}
    for line in declaration.lines:
        role = linking.role(line.role)
        written = line.information_class
        name = EVERY_CLASS.get(written.text, written.text)
        if name != "*" and name not in known:
            label, hint = linking.records[record_type].label.zh, suggest(written.text, sorted(known))
            linking.findings.add(entries.CLASS_UNKNOWN, written.span, value=written.text, record_type=label, **hint)
            continue
        condition = None
        if line.condition.text not in ("", "-"):
            condition = linking.condition(record_type, line.condition)
        _check_rights(linking, line)
        if role is None:
            continue
        key = (role, name, line.condition.text, line.scope, line.sensitive)
        if key in seen:
            linking.findings.add(entries.GRANT_TWICE, line.span, row=line.number, other=seen[key])
        seen.setdefault(key, line.number)
        rights = {right: permission for right, (permission, _) in line.rights.items()}
        yield Grant(
            number=line.number,
            role=role,
            information_class=name,
            rights=MappingProxyType(rights),
            scope=line.scope,
            condition=condition,
            sensitive=line.sensitive,
            span=line.span,
            condition_text=line.condition.text if condition is not None else "",
        )


def _check_rights(linking: Linking, line: GrantLine) -> None:
    """Only what is shown can be masked, and only what is done can wait for an approval."""
    for right, (permission, span) in line.rights.items():
        if (permission is Permission.MASKED and right not in _MASKABLE) or (
            permission is Permission.APPROVAL and right not in _APPROVABLE
        ):
            linking.findings.add(entries.PERMISSION_UNFIT, span)
    if Right.SEE not in line.rights and line.rights:
        linking.findings.add(entries.UNSEEN, line.span, row=line.number)
