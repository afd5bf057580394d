"""Roles by the names that authors write, and the staff fields in which only their holders may stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import names as entries
from keguan.language.diagnostics.findings import suggest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.diagnostics.findings import Findings
    from keguan.language.link.records import Draft
    from keguan.language.markdown.document import Written
    from keguan.language.model.model import RecordType, Role


def role_named(name: Written, roles: Mapping[str, Role], findings: Findings) -> str | None:
    """The code of the role that ``name`` (label or code) means; None after a diagnostic."""
    for role in roles.values():
        if name.text in (role.code, role.label.zh):
            return role.code
    suggestion = suggest(name.text, [role.label.zh for role in roles.values()])
    findings.add(entries.ROLE_UNKNOWN, name.span, name=name.text, **suggestion)
    return None


def link_posts(
    records: Mapping[str, RecordType], drafts: Mapping[str, Draft], roles: Mapping[str, Role], findings: Findings
) -> dict[str, RecordType]:
    """The record types, their fields of type 人员(角色) now naming the roles by code."""
    linked = dict(records)
    for code, draft in drafts.items():
        written = {each.code.text: each.type.roles for each, _ in draft.fields if each.type.roles}
        if written and code in linked:
            named = {
                field: tuple(role for each in those if (role := role_named(each, roles, findings)) is not None)
                for field, those in written.items()
            }
            fields = tuple(replace(each, roles=named.get(each.code, ())) for each in linked[code].fields)
            linked[code] = replace(linked[code], fields=fields)
    return linked
