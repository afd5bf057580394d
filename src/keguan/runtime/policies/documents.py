"""The published documents as staff read them: clause by clause, with what carries each clause out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.policies.evidence import Evidence, evidence_of
from keguan.runtime.policies.in_force import current
from keguan.runtime.policies.models import PolicyVersion

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from keguan.language.model.model import Clause, Control, Policy

STATUSES = ("enforced", "monitored", "attested", "declared", "narrative")
"""From strongest to weakest: a clause counts by the strongest of its controls; ``declared`` is written and checked but
not run yet, ``narrative`` has none.
"""


@dataclass(frozen=True, slots=True)
class Version:
    """One published version of a document. ``waiting`` until its day comes; ``in_force`` at most one per pack."""

    pack: str
    version: str
    title: str
    effective: date
    published_at: datetime
    published_by: str
    in_force: bool
    waiting: bool
    to_confirm: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many clauses are carried out in which way, by status, and how many controls there are of each.

    Every status is a key; no control is ``narrative``.
    """

    clauses: int
    by_status: Mapping[str, int]
    controls: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Document:
    """A policy in force, its coverage and all its versions, newest first."""

    policy: Policy
    publication_id: int
    coverage: Coverage
    versions: tuple[Version, ...]
    files: Mapping[str, str]

    @property
    def effective(self) -> date:
        """The day from which the version in force is in force; publishing may have set another than the text names."""
        return next((version.effective for version in self.versions if version.in_force), self.policy.effective)


def documents() -> tuple[Document, ...]:
    """Every policy in force, a pack after those it builds on. Two queries."""
    now = current()
    published = versions_of()
    texts = {source.id: source.files for source in now.sources}
    return tuple(
        Document(
            policy,
            now.publication_id,
            coverage_of(policy),
            tuple(version for version in published if version.pack == policy.id),
            texts[policy.id],
        )
        for policy in now.model.policies.values()
    )


def document(pack: str) -> Document:
    """One policy in force. Raises ``KeyError`` when no such pack is."""
    for found in documents():
        if found.policy.id == pack:
            return found
    raise KeyError(pack)


def versions_of(pack: str | None = None) -> tuple[Version, ...]:
    """Published versions of one pack or of all, newest first."""
    now = current()
    in_force = {policy.id: policy.version for policy in now.model.policies.values()}
    rows = PolicyVersion.objects.defer("files").order_by("-id")
    if pack is not None:
        rows = rows.filter(pack=pack)
    newest_first = list(rows)
    passed: set[str] = set()
    found = []
    for row in newest_first:
        here = in_force.get(row.pack) == row.version
        if here:
            passed.add(row.pack)
        waiting = not here and row.pack not in passed and not any(_supersedes(other, row) for other in newest_first)
        about = (row.pack, row.version, row.title, row.effective, row.published_at, row.published_by)
        found.append(Version(*about, here, waiting, row.to_confirm))
    return tuple(found)


def published_packs() -> frozenset[str]:
    """The packs of which any version was ever published."""
    return frozenset(PolicyVersion.objects.values_list("pack", flat=True).distinct())


def coverage(pack: str) -> Coverage:
    """How a policy in force is carried out. Raises ``KeyError`` when no such pack is."""
    return coverage_of(current().model.policies[pack])


def clause_status(clause: Clause) -> str:
    """The strongest status among a clause's controls; ``narrative`` when it has none."""
    found = {part.control.status for part in clause.parts if part.control is not None}
    return next((status for status in STATUSES if status in found), "narrative")


def evidence(control: Control) -> tuple[Evidence, ...]:
    """The figures that show a control of the policy in force at work."""
    return evidence_of(current().model, control)


def _supersedes(other: PolicyVersion, row: PolicyVersion) -> bool:
    """Whether ``other``, published later, takes the place of ``row`` no later than its day."""
    return other.pack == row.pack and other.pk > row.pk and other.effective <= row.effective


def coverage_of(policy: Policy) -> Coverage:
    """How a policy, in force or not, is carried out."""
    counted = Counter(clause_status(clause) for clause in policy.clauses)
    controls = Counter(
        part.control.status for clause in policy.clauses for part in clause.parts if part.control is not None
    )
    return Coverage(
        len(policy.clauses),
        {status: counted[status] for status in STATUSES},
        {status: controls[status] for status in STATUSES},
    )
