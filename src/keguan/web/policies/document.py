"""A policy in force as its page shows it: chapters, articles, blocks, and the evidence beside each article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from keguan.runtime.access.rights import visible
from keguan.runtime.policies import queries as policies
from keguan.web.policies.prose import BlockText, block, prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.utils.safestring import SafeString

    from keguan.language.model.model import Clause, ClauseRef, Control, Part, Policy
    from keguan.runtime.access.viewer import Viewer

STATUS_LABELS: dict[str, Promise] = {
    "enforced": _("系统强制"),
    "monitored": _("系统监测"),
    "attested": _("人工确认"),
    "declared": _("已写明，尚未执行"),
    "narrative": _("仅叙述"),
}
KIND_LABELS: dict[str, Promise] = {
    "record": _("档案"),
    "fact": _("口径"),
    "parameter": _("参数"),
    "role": _("角色"),
    "decision": _("判定"),
    "scorecard": _("评分"),
    "quota": _("名额"),
    "process": _("流程"),
    "duty": _("职责"),
    "checklist": _("检查"),
    "access": _("权限"),
    "retention": _("保存"),
    "metric": _("指标"),
    "consequence": _("奖惩"),
    "allocation": _("分配"),
    "roster": _("排班"),
    "form": _("表单"),
    "document": _("文件"),
}

BAR = 1000
"""The coverage bar's length in its own units."""


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
    """One line of the coverage: how many clauses are carried out in this way, which, and by how many controls."""

    status: Status
    controls: int
    clauses: tuple[ClauseRef, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Prose, or a block with its name and table."""

    prose: SafeString | None
    kind: Promise | str
    label: str
    code: str
    text: BlockText | None


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
        Share(status(code), coverage.controls[code], tuple(found.get(code, ())))
        for code in policies.STATUSES
        if code in found or coverage.controls[code]
    )


def articles(policy: Policy, files: Mapping[str, str], viewer: Viewer, *, proved: bool = True) -> tuple[Article, ...]:
    """The clauses in reading order; ``proved`` with what shows their controls at work, for a policy in force."""
    made, chapter = [], ""
    for clause in policy.clauses:
        new = clause.chapter if clause.chapter != chapter else ""
        chapter = clause.chapter
        made.append(_article(clause, new, files, viewer, proved=proved))
    return tuple(made)


def _article(clause: Clause, chapter: str, files: Mapping[str, str], viewer: Viewer, *, proved: bool) -> Article:
    controls = [part.control for part in clause.parts if part.control is not None]
    found = {control.status for control in controls} or {"narrative"}
    return Article(
        ref=clause.ref,
        chapter=chapter,
        pieces=tuple(_piece(part, files, viewer.language) for part in clause.parts),
        statuses=tuple(status(code) for code in policies.STATUSES if code in found),
        evidence=tuple(proof for control in controls for proof in _proofs(control, viewer)) if proved else (),
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


def _piece(part: Part, files: Mapping[str, str], language: str) -> Piece:
    control = part.control
    if control is None:
        return Piece(prose(part.prose), "", "", "", None)
    lines = _lines(files, control.span.file, control.span.line, control.span.end_line)
    text = block(lines, control.code, reading=control.kind == "decision")
    return Piece(None, KIND_LABELS.get(control.kind, control.kind), control.label.text(language), control.code, text)


def _lines(files: Mapping[str, str], name: str, first: int, last: int) -> Sequence[str]:
    """The block's lines in its file, whose name in a span may be prefixed by its pack's folder."""
    text = files.get(name) or files.get(name.rpartition("/")[2], "")
    return text.split("\n")[first - 1 : last]
