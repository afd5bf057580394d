"""Rights that need an approval which no process can give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import granting as entries
from keguan.language.model.access import Permission, Right
from keguan.language.model.granting import GrantedRight

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject

_RIGHTS = {
    Right.CHANGE: (GrantedRight.CHANGE, "修改", "change"),
    Right.EXPORT: (GrantedRight.EXPORT, "导出", "export"),
    Right.PRINT: (GrantedRight.PRINT, "打印", "print"),
    Right.REVEAL: (GrantedRight.REVEAL, "原文", "reveal"),
}


def approved_nowhere(subject: Subject) -> None:
    """Report every row of an access block that says 审批 of a right which no process grants for that record type."""
    processes = subject.model.blocks.processes.values()
    for rule in subject.model.blocks.access_rules.values():
        label = subject.model.record_types[rule.record_type].label.zh
        for grant in rule.grants:
            for right, permission in grant.rights.items():
                granted = _RIGHTS.get(right)
                if permission is not Permission.APPROVAL or granted is None:
                    continue
                if not any(process.grants_right(granted[0], rule.record_type) for process in processes):
                    values = {"right": granted[1], "granted": granted[1], "right_en": granted[2]}
                    subject.findings.add(
                        entries.APPROVED_NOWHERE, grant.span, row=grant.number, record_type=label, **values
                    )
