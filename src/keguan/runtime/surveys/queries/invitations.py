"""Invitations as staff see them: of a case, and one in full with its link and what was answered."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.model.survey import Way
from keguan.runtime.access.form_sight import Filled
from keguan.runtime.access.formatting import moment
from keguan.runtime.access.rights import may, reaches, sees
from keguan.runtime.access.sealed_values import from_text
from keguan.runtime.access.survey_sight import shown_answer
from keguan.runtime.notifications import queries as notifications
from keguan.runtime.policies import queries as policies
from keguan.runtime.surveys import links
from keguan.runtime.surveys.composing import ABOUT
from keguan.runtime.surveys.forms import form_of, written
from keguan.runtime.surveys.models import Invitation, InvitationState, Reply
from keguan.runtime.surveys.queries.papers import questions
from keguan.runtime.surveys.sight import CHANGES, calls_back, place_of, scope, seen
from keguan.runtime.surveys.words import STATES, UNWRITTEN, WAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from keguan.language.model.form import FormField
    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.surveys.queries.papers import Question

MOST = 20
"""Of one case so many are shown, newest first."""


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation in a list. Moments are words, "" for what has not happened."""

    id: int
    label: str
    state: str
    state_label: str
    ways: tuple[str, ...]
    handler: str
    send_at: str
    sent: str
    expires: str
    opened: str
    answered: str
    attempts: int
    case_id: int | None
    record_type: str
    record_id: int


@dataclass(frozen=True, slots=True)
class ShownReply:
    """The answer to a question, as far as the viewer may see it."""

    label: str
    shown: Shown
    measured: bool


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation in full. ``link`` and ``path`` are "" where there is none to hand on; ``may`` are the codes of what
    the viewer can do: ``send_now``, ``hand_on``, ``call``.

    ``record_seen``: the viewer may know of the record. ``held_since`` is when the customer was asked last, of one who
    is left alone. ``unwritten`` says why no message went out, ``written`` what became of those that did, as the states
    of deliveries.
    """

    row: InvitationRow
    clause: str
    about: str
    path: str
    link: str
    qr: bool
    may: frozenset[str]
    replies: tuple[ShownReply, ...]
    questions: tuple[Question, ...]
    answered_by: str
    held_since: str
    unwritten: str
    written: tuple[str, ...]
    record_seen: bool


def invitations_of_case(viewer: Viewer, case_id: int) -> tuple[InvitationRow, ...]:
    """The newest invitations after a case, as far as the viewer may know of them. At most two queries."""
    found = Invitation.objects.filter(scope(viewer), case_id=case_id).order_by("-id")[:MOST]
    return rows(viewer, list(found))


def invitation_view(viewer: Viewer, invitation_id: int) -> InvitationView:
    """One invitation. At most six queries. Raises ``Refused`` (``surveys.not_found``)."""
    found = seen(viewer, invitation_id)
    model, form, _survey = form_of(found)
    place = place_of(found)
    moves = set()
    if found.state == InvitationState.WAITING and may(viewer, CHANGES, place):
        moves.add("send_now")
    if found.state == InvitationState.SENT and calls_back(viewer, found):
        moves.add("call")
    path = ""
    if found.state == InvitationState.SENT and may(viewer, CHANGES, place) and viewer.staff_id != found.handler_id:
        path = links.path_of(found)
    if path:
        moves.add("hand_on")
    replies = Reply.objects.filter(invitation=found).order_by("id")
    held = found.held_by
    return InvitationView(
        row=rows(viewer, [found])[0],
        clause=written(form.clause),
        about=found.clause,
        path=path,
        link=links.address_of(found) if path else "",
        qr=bool(path) and Way.QR in found.ways,
        may=frozenset(moves),
        replies=tuple(_reply(viewer, found, form.fields, each) for each in replies),
        questions=questions(form, viewer.language) if "call" in moves else (),
        answered_by=found.answered_by_name,
        held_since=_when(viewer, held.sent_at if held is not None else None),
        unwritten=str(UNWRITTEN.get(found.unwritten, "")),
        written=tuple(each.state for each in notifications.written_to_customer(ABOUT, found.pk)),
        record_seen=reaches(viewer, found.record_type, place, model) if _known(found) else False,
    )


def rows(viewer: Viewer, found: Sequence[Invitation]) -> tuple[InvitationRow, ...]:
    """These invitations as rows. One query for each publication among them that is not pinned."""
    labels = {}
    for each in found:
        known = (each.publication_id, each.survey)
        if known not in labels:
            labels[known] = form_of(each)[1].label.text(viewer.language)
    return tuple(_row(viewer, each, labels[each.publication_id, each.survey]) for each in found)


def reply_shown(viewer: Viewer, invitation: Invitation, field: FormField, reply: Reply) -> Shown:
    """An answer as the viewer may see it."""
    plain: Value | None = None if reply.plain is None else json.loads(reply.plain)
    if isinstance(plain, str):
        plain = from_text(field.type, plain)
    filled = Filled(plain, None if reply.sealed is None else bytes(reply.sealed))
    return shown_answer(viewer, invitation.survey, field, invitation.pk, place_of(invitation), filled)


def _reply(viewer: Viewer, invitation: Invitation, fields: Iterable[FormField], reply: Reply) -> ShownReply:
    field = next(each for each in fields if each.code == reply.field)
    return ShownReply(
        field.label.text(viewer.language), reply_shown(viewer, invitation, field, reply), field.scale is not None
    )


def _row(viewer: Viewer, each: Invitation, label: str) -> InvitationRow:
    handler = each.handler_name if sees(viewer, (each.information_class,), place_of(each)) else ""
    return InvitationRow(
        id=each.pk,
        label=label,
        state=each.state,
        state_label=str(STATES[each.state]),
        ways=tuple(str(WAYS[way]) for way in each.ways if way in WAYS),
        handler=handler,
        send_at=_when(viewer, each.send_at),
        sent=_when(viewer, each.sent_at),
        expires=_when(viewer, each.expires_at),
        opened=_when(viewer, each.opened_at),
        answered=_when(viewer, each.answered_at),
        attempts=each.attempts,
        case_id=each.case_id,
        record_type=each.record_type,
        record_id=each.record_id,
    )


def _when(viewer: Viewer, at: datetime | None) -> str:
    return "" if at is None else moment(at, viewer.language)


def _known(found: Invitation) -> bool:
    """Whether the policy in force still keeps such records."""
    return found.record_type in policies.current().model.record_types
