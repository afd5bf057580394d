"""Clauses that oblige someone to something and hold no control: nothing watches whether it is done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import coverage as entries

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject
    from keguan.language.model.model import Clause

_OBLIGES = re.compile(r"应当|必须|不得|严禁|禁止|\b(?:must|shall|may not)\b")


_MOST_NAMED = 5


def narrative(subject: Subject) -> None:
    """Report such clauses, once for each policy."""
    for policy in subject.model.policies.values():
        found = [clause for clause in policy.clauses if _obliges(clause)]
        if found:
            names = [clause.ref.number for clause in found[:_MOST_NAMED]]
            more, more_en = ("等", " …") if len(found) > _MOST_NAMED else ("", "")
            subject.findings.add(
                entries.NO_CONTROL,
                found[0].span,
                count=len(found),
                clauses=f"{'、'.join(names)}{more}",
                clauses_en=f"{', '.join(names)}{more_en}",
            )


def _obliges(clause: Clause) -> bool:
    if any(part.control is not None for part in clause.parts):
        return False
    return any(_OBLIGES.search(part.prose) for part in clause.parts)
