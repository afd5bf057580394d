"""What a draft changes, clause by clause, as the comparison shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import Promise

    from keguan.language.model.model import ClauseRef
    from keguan.runtime.policies import queries as policies


REACHES: dict[str, Promise] = {
    "outcome": _("影响判定"),
    "practice": _("影响做法"),
    "structure": _("影响结构"),
    "text": _("只改文字"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One difference: what happened, how far it reaches, where, and the text before and after."""

    what: str
    reach: str
    reach_label: Promise
    place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangedClause:
    """A clause with everything that changes in it."""

    clause: ClauseRef
    lines: tuple[Line, ...]


def by_clause(found: Iterable[policies.Difference], pack: str, language: str) -> tuple[ChangedClause, ...]:
    """The differences within a pack by clause, in their order."""
    clauses: dict[str, tuple[ClauseRef, list[Line]]] = {}
    for each in found:
        if each.clause.pack == pack:
            line = Line(
                each.what,
                each.reach,
                REACHES[each.reach],
                each.place(language).removeprefix(each.clause.number or pack).strip(),
                each.before,
                each.after,
            )
            clauses.setdefault(each.clause.anchor, (each.clause, []))[1].append(line)
    return tuple(ChangedClause(clause, tuple(lines)) for clause, lines in clauses.values())
