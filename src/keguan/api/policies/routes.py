"""Policies over HTTP: read, check, try, publish."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Router

from keguan.api.authentication import viewer
from keguan.api.errors import PROBLEMS
from keguan.api.policies.schemas import (
    ClauseCard,
    ControlCard,
    Draft,
    Finding,
    FlowCard,
    MovementCard,
    PolicyCard,
    PolicyDocument,
    PublishedCard,
    PublishIn,
    TrialCard,
)
from keguan.language.source import PackSource
from keguan.runtime.access.rights import may
from keguan.runtime.clock import now
from keguan.runtime.decisions import queries as decisions
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.policies.actions import Publish
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.diagnostics.diagnostic import Diagnostic
    from keguan.language.model.model import Clause

router = Router()


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def _findings(found: Iterable[Diagnostic]) -> list[Finding]:
    return [
        Finding(
            id=each.id,
            severity=each.severity,
            file=each.span.file,
            line=each.span.line,
            column=each.span.column,
            message=each.message(_language()),
            hint=each.hint(_language()),
        )
        for each in found
    ]


def _card(document: policies.Document) -> PolicyCard:
    policy = document.policy
    return PolicyCard(
        id=policy.id,
        title=policy.title,
        version=policy.version,
        effective=document.effective,
        clauses=document.coverage.clauses,
        coverage=dict(document.coverage.by_status),
    )


def _clause(clause: Clause) -> ClauseCard:
    controls = [part.control for part in clause.parts if part.control is not None]
    return ClauseCard(
        number=clause.ref.number,
        title=clause.ref.title,
        anchor=clause.ref.anchor,
        chapter=clause.chapter,
        status=policies.clause_status(clause),
        prose="\n\n".join(part.prose for part in clause.parts if part.control is None),
        controls=[
            ControlCard(kind=each.kind, code=each.code, label=each.label.text(_language()), status=each.status)
            for each in controls
        ],
    )


def _document(pack: str) -> policies.Document:
    try:
        return policies.document(pack)
    except KeyError:
        raise Http404 from None


@router.get("/", response={200: list[PolicyCard], **PROBLEMS}, summary="The policies in force")
def list_policies(request: HttpRequest) -> list[PolicyCard]:
    """Every policy in force with its coverage."""
    viewer(request, Scope.POLICIES_READ)
    return [_card(document) for document in policies.documents()]


@router.get("/{pack}", response={200: PolicyDocument, **PROBLEMS}, summary="One policy, clause by clause")
def read_policy(request: HttpRequest, pack: str) -> PolicyDocument:
    """A policy in force: its clauses with what carries each out, and its source."""
    viewer(request, Scope.POLICIES_READ)
    document = _document(pack)
    return PolicyDocument(
        **_card(document).dict(),
        text=[_clause(clause) for clause in document.policy.clauses],
        files=dict(document.files),
    )


@router.post("/{pack}/check", response={200: list[Finding], **PROBLEMS}, summary="Check a draft")
def check_draft(request: HttpRequest, pack: str, draft: Draft) -> list[Finding]:
    """The diagnostics of a draft among the published packs; nothing is kept."""
    viewer(request, Scope.POLICIES_READ)
    return _findings(policies.checked_draft(pack, draft.files).diagnostics)


@router.post("/{pack}/trial", response={200: TrialCard, **PROBLEMS}, summary="Try a draft on the live records")
def try_draft(request: HttpRequest, pack: str, draft: Draft) -> TrialCard:
    """How many records would move from which outcome to which, both versions computed from the same rows; nothing is
    written. A draft with errors is not computed.
    """
    caller = viewer(request, Scope.POLICIES_READ)
    if not any(may(caller, operation) for operation in policies.OPERATIONS):
        raise Refused("policies.not_allowed", _("只有起草、审核或签发制度的人才能试算。"))
    checked = policies.checked_draft(pack, draft.files)
    findings = _findings(checked.diagnostics)
    if checked.model is None:
        return TrialCard(findings=findings, movements=[], still=[])
    tried = decisions.simulate(caller, decisions.Question(new=checked.model, each=0))
    movements = [
        MovementCard(
            decision=each.code,
            total=each.total,
            moved=each.moved,
            flows=[
                FlowCard(before=flow.before, after=flow.after, direction=flow.direction, count=flow.count)
                for flow in each.flows
            ],
        )
        for each in tried.decisions
    ]
    return TrialCard(findings=findings, movements=movements, still=[each.code for each in tried.still])


@router.post("/{pack}/publish", response={200: PublishedCard, **PROBLEMS}, summary="Publish a new version")
def publish(request: HttpRequest, pack: str, draft: PublishIn) -> PublishedCard:
    """Publish a text as a new version; its tables are made and every record is decided again, in one transaction.

    Only where the company lets one person publish (``KEGUAN_PUBLISHING=direct``); elsewhere by drafts and their steps.
    """
    caller = viewer(request, Scope.POLICIES_PUBLISH)
    source = PackSource(pack, MappingProxyType(dict(draft.files)))
    published = Publish(actor=caller.actor, packs=(source,), effective=draft.effective, based_on=draft.based_on).run()
    return PublishedCard(
        publication_ids=list(published.publication_ids),
        effective=published.effective,
        versions=dict(published.versions),
        at=now(),
    )
