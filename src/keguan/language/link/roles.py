"""Role declarations → roles."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keguan.language.blocks.role import SCOPES, SEPARATIONS, RoleDeclaration
from keguan.language.diagnostics.catalogue import roles as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.link.codes import Taken, check_code, make_label
from keguan.language.model.model import Role, RowScope
from keguan.language.model.operations import OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.blocks.role import RoleLine
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.link.packs import Declared, Pack
    from keguan.language.markdown.document import Written
    from keguan.language.model.role import Separation

EVERY_CLASS = {"全部": "*", "all": "*", "*": "*"}
_OPERATIONS = {name: code for code, (zh, en) in OPERATIONS.items() for name in (code, zh, en, en.lower())}
_WIDTH = {RowScope.NONE: 0, RowScope.OWN: 1, RowScope.UNIT: 2, RowScope.ALL: 3}


def link_roles(packs: Sequence[Pack], classes: frozenset[str], findings: Findings) -> dict[str, Role]:
    """Roles by code; ``classes`` are the information classes to which anything belongs. A role of the same code and
    name in several packs is one role: what each of them lets it see and do adds up.
    """
    result: dict[str, Role] = {}
    written: dict[str, list[RoleLine]] = {}
    last: dict[str, str] = {}  # by role, the pack that spoke of it last: within one pack it is said once
    taken = Taken()
    for pack in packs:
        for declared in pack.declared:
            if not isinstance(declared.declaration, RoleDeclaration):
                continue
            for line in declared.declaration.lines:
                known = result.get(line.code.text)
                joins = known is not None and known.label.zh == line.label.text and last[known.code] != pack.id
                role = _role(line, declared, None if joins else taken, classes, findings)
                if role is None:
                    continue
                result[role.code] = role if not joins or known is None else _joined(known, role, line, findings)
                written.setdefault(role.code, []).append(line)
                last[role.code] = pack.id
    return _excluding(result, written, findings)


def _joined(first: Role, more: Role, line: RoleLine, findings: Findings) -> Role:
    """One role out of what two packs say of it. They may add to what it sees and does; whose records it reaches they
    must agree on, and which of the three administrators it is, where both say.
    """
    separation = first.separation or more.separation
    for column, column_en, written, agrees in (
        ("可见范围", "scope", line.scope, first.scope is more.scope),
        ("原文范围", "reveal", line.reveal, first.reveal is more.reveal),
        ("三员", "separation", line.separation, more.separation in (None, separation)),
    ):
        if not agrees:
            said = {"label": line.label.text, "column": column, "column_en": column_en, "other": first.span}
            findings.add(entries.JOINED_OTHERWISE, written.span, **said)
    return replace(
        first,
        classes=first.classes | more.classes,
        operations=first.operations | more.operations,
        separation=separation,
    )


def _excluding(roles: dict[str, Role], written: dict[str, list[RoleLine]], findings: Findings) -> dict[str, Role]:
    """The roles with those that each excludes: what one of two says holds for both."""
    codes = {name: code for code, role in roles.items() for name in (code, role.label.zh, role.label.en)}
    excludes: dict[str, set[str]] = {code: set() for code in roles}
    for code, line in ((code, line) for code, lines in written.items() for line in lines):
        for each in line.excludes:
            other = codes.get(each.text)
            if other is None:
                suggestion = suggest(each.text, [role.label.zh for role in roles.values() if role.code != code])
                findings.add(entries.EXCLUDED_UNKNOWN, each.span, label=line.label.text, value=each.text, **suggestion)
            elif other == code:
                findings.add(entries.EXCLUDES_ITSELF, each.span, label=line.label.text)
            else:
                excludes[code].add(other)
                excludes[other].add(code)
    return {code: replace(role, excludes=frozenset(excludes[code])) for code, role in roles.items()}


def _role(
    line: RoleLine, declared: Declared, taken: Taken | None, known: frozenset[str], findings: Findings
) -> Role | None:
    """One row; ``taken`` is None where another pack has claimed the role's name already."""
    if not check_code(line.code, findings) or not (taken is None or taken.claim(line.code, line.label, findings)):
        return None
    classes = frozenset(EVERY_CLASS.get(each.text, each.text) for each in line.classes)
    for each in line.classes:
        if each.text not in EVERY_CLASS and each.text not in known:
            suggestion = suggest(each.text, sorted(known))
            findings.add(entries.CLASS_UNKNOWN, each.span, value=each.text, **suggestion)
    scope, reveal = _scope(line.scope, findings), _scope(line.reveal, findings)
    if _WIDTH[reveal] > _WIDTH[scope]:
        findings.add(entries.REVEAL_WIDER, line.reveal.span, label=line.label.text)
    return Role(
        code=line.code.text,
        label=make_label(line.label.text, line.english, line.code.text),
        scope=scope,
        reveal=reveal,
        classes=classes,
        operations=_operations(line.operations, findings),
        clause=declared.clause,
        span=line.label.span,
        separation=_separation(line.separation, findings),
    )


def _separation(written: Written, findings: Findings) -> Separation | None:
    if written.text in ("", "-"):
        return None
    separation = SEPARATIONS.get(written.text, SEPARATIONS.get(written.text.lower()))
    if separation is None:
        findings.add(entries.SEPARATION_UNKNOWN, written.span, value=written.text)
    return separation


def _scope(written: Written, findings: Findings) -> RowScope:
    scope = SCOPES.get(written.text, SCOPES.get(written.text.lower()))
    if scope is None:
        findings.add(entries.SCOPE_UNKNOWN, written.span, value=written.text)
        return RowScope.NONE
    return scope


def _operations(written: Sequence[Written], findings: Findings) -> frozenset[str]:
    codes = set()
    for each in written:
        code = _OPERATIONS.get(each.text)
        if code is None:
            suggestion = suggest(each.text, [zh for zh, _ in OPERATIONS.values()])
            findings.add(entries.OPERATION_UNKNOWN, each.span, value=each.text, **suggestion)
        else:
            codes.add(code)
    return frozenset(codes)
