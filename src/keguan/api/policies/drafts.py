"""Drafts over HTTP: begin, save, and take the steps of the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from keguan.api.authentication import viewer
from keguan.api.errors import PROBLEMS
from keguan.api.policies.schemas import DraftBegun, DraftRow, DraftSaved, DraftStanding, MoveCard, StepIn
from keguan.runtime.access.rights import may
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.policies.actions import SaveDraft, StartDraft, Taking
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer

router = Router()


def _reader(request: HttpRequest, scope: Scope) -> Viewer:
    """Whoever drafts, reviews or signs. Raises ``Refused``."""
    caller = viewer(request, scope)
    if not any(may(caller, operation) for operation in policies.OPERATIONS):
        raise Refused("policies.not_allowed", _("您的岗位不起草、审核或签发制度，看不到草案。"))
    return caller


def _row(card: policies.DraftCard, caller: Viewer) -> DraftRow:
    operations = [each for each in policies.OPERATIONS if may(caller, each)]
    return DraftRow(
        id=card.id,
        pack=card.pack,
        title=card.title,
        base=card.base,
        state=card.state,
        revision=card.revision,
        author=card.author_name,
        changed_at=card.changed_at,
        changed_by=card.changed_by,
        version=card.version,
        effective=card.effective,
        overtaken=card.overtaken,
        steps=[
            each.value
            for each in policies.steps(card, caller.staff_id, operations)
            if each is not policies.Step.REBASE or card.overtaken
        ],
    )


def _draft(pack: str, number: int) -> policies.DraftText:
    try:
        found = policies.draft(number)
    except KeyError:
        raise Http404 from None
    if found.card.pack != pack:
        raise Http404
    return found


@router.get("/{pack}/drafts", response={200: list[DraftRow], **PROBLEMS}, summary="The drafts under way")
def list_drafts(request: HttpRequest, pack: str) -> list[DraftRow]:
    """The open drafts of a policy, with the steps that the caller can take."""
    caller = _reader(request, Scope.POLICIES_READ)
    return [_row(card, caller) for card in policies.drafts(pack)]


@router.post("/{pack}/drafts", response={200: DraftRow, **PROBLEMS}, summary="Begin a draft")
def begin_draft(request: HttpRequest, pack: str, begun: DraftBegun) -> DraftRow:
    """A draft from the last published text, or from the files given, which a new policy must bring."""
    caller = viewer(request, Scope.POLICIES_PUBLISH)
    number = StartDraft(actor=caller.actor, pack=pack, files=begun.files, title=begun.title).run()
    return _row(policies.draft(number).card, caller)


@router.get("/{pack}/drafts/{number}", response={200: DraftStanding, **PROBLEMS}, summary="One draft")
def read_draft(request: HttpRequest, pack: str, number: int) -> DraftStanding:
    """A draft with its text and the steps that it took."""
    caller = _reader(request, Scope.POLICIES_READ)
    found = _draft(pack, number)
    moves = [
        MoveCard(step=each.step, revision=each.revision, by=each.by_name, at=each.at, opinion=each.opinion)
        for each in found.moves
    ]
    return DraftStanding(**_row(found.card, caller).dict(), files=dict(found.files), moves=moves)


@router.put("/{pack}/drafts/{number}", response={200: DraftRow, **PROBLEMS}, summary="Save a draft")
def save_draft(request: HttpRequest, pack: str, number: int, saved: DraftSaved) -> DraftRow:
    """Keep the text; refused when the draft is no longer at the revision that it was written from."""
    caller = _reader(request, Scope.POLICIES_PUBLISH)
    _draft(pack, number)
    SaveDraft(actor=caller.actor, draft_id=number, revision=saved.revision, files=saved.files).run()
    return _row(policies.draft(number).card, caller)


@router.post("/{pack}/drafts/{number}/steps", response={200: DraftRow, **PROBLEMS}, summary="Take a step")
def take_step(request: HttpRequest, pack: str, number: int, step: StepIn) -> DraftRow:
    """Submit, approve, return, sign and the like; who wrote does not review, and who reviewed does not sign."""
    caller = _reader(request, Scope.POLICIES_PUBLISH)
    _draft(pack, number)
    taking = Taking(actor=caller.actor, draft_id=number, revision=step.revision, opinion=step.opinion)
    taking.action(policies.Step(step.step)).run()
    return _row(policies.draft(number).card, caller)
