"""A policy in force as its page shows it: chapters, articles, blocks, and the evidence beside each article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from keguan.runtime.access.rights import visible
from keguan.runtime.policies import queries as policies
from keguan.web.policies.blocks import Piece, piece
from keguan.web.policies.candidates import Candidate, candidates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.model.model import Clause, ClauseRef, Control, Model, Policy
    from keguan.runtime.access.viewer import Viewer

STATUS_LABELS: dict[str, Promise] = {
    "enforced": _("系统强制"),
    "monitored": _("系统监测"),
    "attested": _("人工确认"),
    "declared": _("已写明，尚未执行"),
    "narrative": _("仅叙述"),
}

BAR = 1000
"""The coverage bar's length in its own units."""

DRAFT_PREFIX = "preview-"
"""Stands before the ids of a draft's clauses and rows: the page of a draft may hold its own."""


@dataclass(frozen=True, slots=True)
class Status:
    """How a clause or control is carried out, with the word for it."""

    code: str
    label: Promise


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the coverage bar."""

    status: Status
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Share:
    """One line of the coverage: how many clauses are carried out in this way, which, and by how many controls; of those
    that are only told, what they could become.
    """

    status: Status
    controls: int
    clauses: tuple[ClauseRef, ...]
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows a control at work; ``url`` is the list behind the figure, empty where the viewer has none."""

    label: str
    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class Article:
    """A clause as shown. ``chapter`` only where a new one begins."""

    ref: ClauseRef
    chapter: str
    pieces: tuple[Piece, ...]
    statuses: tuple[Status, ...]
    evidence: tuple[Proof, ...]


def status(code: str) -> Status:
    """A status with its label."""
    return Status(code, STATUS_LABELS[code])


def segments(coverage: policies.Coverage) -> tuple[Segment, ...]:
    """The coverage bar from strongest to weakest; empty statuses are left out."""
    made, x = [], 0.0
    for code in policies.STATUSES:
        count = coverage.by_status[code]
        width = BAR * count / (coverage.clauses or 1)
        if count:
            made.append(Segment(status(code), count, round(x, 1), round(width, 1)))
        x += width
    return tuple(made)


def shares(policy: Policy, coverage: policies.Coverage) -> tuple[Share, ...]:
    """The coverage from strongest to weakest, clause by clause; what there is none of is left out."""
    found: dict[str, list[ClauseRef]] = {}
    for clause in policy.clauses:
        found.setdefault(policies.clause_status(clause), []).append(clause.ref)
    return tuple(
        Share(
            status(code),
            coverage.controls[code],
            tuple(found.get(code, ())),
            candidates(policy) if code == "narrative" else (),
        )
        for code in policies.STATUSES
        if code in found or coverage.controls[code]
    )


def articles(policy: Policy, model: Model, viewer: Viewer, *, draft: bool = False) -> tuple[Article, ...]:
    """The clauses in reading order, with what shows their controls at work unless it is a draft."""
    made, chapter = [], ""
    for clause in policy.clauses:
        new = clause.chapter if clause.chapter != chapter else ""
        chapter = clause.chapter
        made.append(_article(clause, new, model, viewer, draft=draft))
    return tuple(made)


def _article(clause: Clause, chapter: str, model: Model, viewer: Viewer, *, draft: bool) -> Article:
    controls = [part.control for part in clause.parts if part.control is not None]
    found = {control.status for control in controls} or {"narrative"}
    prefix = DRAFT_PREFIX if draft else ""
    return Article(
        ref=clause.ref,
        chapter=chapter,
        pieces=tuple(piece(part, model, viewer.language, prefix) for part in clause.parts),
        statuses=tuple(status(code) for code in policies.STATUSES if code in found),
        evidence=() if draft else tuple(proof for control in controls for proof in _proofs(control, viewer)),
    )


def _proofs(control: Control, viewer: Viewer) -> Iterator[Proof]:
    model = policies.current().model
    if control.kind == "record":
        code = control.code
    else:
        code = model.decisions[control.code].record_type if control.code in model.decisions else ""
    seen = code in model.record_types and visible(viewer, code, model)
    url = reverse("records:list", args=[code]) if seen else ""
    return (Proof(control.label.text(viewer.language), each.sentence, url) for each in policies.evidence(control))
