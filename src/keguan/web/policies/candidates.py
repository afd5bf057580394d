"""What the clauses that are only told could become, clause by clause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.policies import queries as policies
from keguan.web.policies.kinds import KIND_LABELS

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from keguan.language.model.model import ClauseRef, Policy


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of block that a clause could hold, by its name, and the words of the clause that say so."""

    label: Promise
    words: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause without a control, and the kinds that its words point to; none where they point to nothing."""

    clause: ClauseRef
    kinds: tuple[Kind, ...]


def candidates(policy: Policy) -> tuple[Candidate, ...]:
    """Every clause of the policy that has no control, in reading order."""
    found: dict[str, list[Kind]] = {
        clause.ref.anchor: [] for clause in policy.clauses if policies.clause_status(clause) == "narrative"
    }
    for each in policies.suggestions(policy):
        found[each.clause.anchor].append(Kind(KIND_LABELS[each.kind], " ".join(each.words.split())))
    refs = {clause.ref.anchor: clause.ref for clause in policy.clauses}
    return tuple(Candidate(refs[anchor], tuple(kinds)) for anchor, kinds in found.items())
