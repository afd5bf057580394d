"""What a customer does with a link: opens it, and answers once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from keguan.language.model.survey import Way
from keguan.runtime import clock
from keguan.runtime.access.viewer import OUTSIDER, Viewer
from keguan.runtime.ledger.actions import Action, Actor, Record, Refused
from keguan.runtime.records.validation import Typed
from keguan.runtime.surveys import links
from keguan.runtime.surveys.answering import Given, answered, carry, expired, read, take_down
from keguan.runtime.surveys.events import SurveyAnswered
from keguan.runtime.surveys.forms import form_of, written
from keguan.runtime.surveys.models import Invitation, InvitationState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.ledger.events import Event

CUSTOMER = Actor(None, OUTSIDER, "portal")
"""Whoever holds a link. Who that is, nobody has checked."""

ONLINE = frozenset({Way.LINK, Way.QR, Way.SMS, Way.EMAIL})


def invitation_of(secret: str, *, lock: bool = False) -> Invitation:
    """The invitation of a link that can still be answered. One query.

    Raises ``Refused``: ``surveys.unknown`` for a link that was never made, ``surveys.answered``, ``surveys.expired``.
    """
    rows = Invitation.objects.select_for_update() if lock else Invitation.objects.all()
    found = rows.filter(digest=links.digest(secret)).first()
    if found is None:
        raise Refused("surveys.unknown", _("这个链接不对，请核对是否复制完整。"))
    if found.state == InvitationState.ANSWERED:
        raise answered()
    late = found.expires_at is not None and found.expires_at <= clock.now()
    if late or found.state != InvitationState.SENT:
        raise expired()
    return found


@dataclass(frozen=True, kw_only=True)
class OpenLink(Action[bool]):
    """Note that a link was opened, the first time. Raises ``Refused`` as ``invitation_of``."""

    name: ClassVar[str] = "surveys.open"
    actor: Actor = CUSTOMER
    secret: str

    def do(self) -> bool:
        """Only the first time counts. Gives whether it was that."""
        found = invitation_of(self.secret)
        return bool(Invitation.objects.filter(pk=found.pk, opened_at=None).update(opened_at=clock.now()))

    def log(self, result: bool) -> Iterable[Record]:
        """Which."""
        if result:
            found = invitation_of(self.secret)
            _model, form, _survey = form_of(found)
            yield Record(self.name, "survey", found.pk, written(form.clause), {"survey": found.survey})


@dataclass(frozen=True, kw_only=True)
class AnswerByLink(Action[int]):
    """Answer with a link, once. Gives the invitation's id. ``way`` says where the link stood, as far as it tells."""

    name: ClassVar[str] = "surveys.answer"
    actor: Actor = CUSTOMER
    secret: str
    values: Mapping[str, Typed]
    way: str = Way.LINK
    _given: list[tuple[Invitation, Given]] = field(default_factory=list, init=False, repr=False, compare=False)
    _noted: dict[str, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def check(self) -> None:
        """Refuse a link that is unknown, used or too old, and answers that are none."""
        found = invitation_of(self.secret, lock=True)
        self._given.append((found, read(found, self.values)))

    def do(self) -> int:
        """Keep the answers, and carry them into the record where the form says so."""
        invitation, given = self._given[-1]
        way = self.way if self.way in ONLINE else Way.LINK
        self._noted["answered"] = list(take_down(invitation, given, str(way)))
        refused = carry(_nobody(), invitation, given)
        if refused:
            self._noted["not_carried"] = refused
        self._noted["way"] = str(way)
        return invitation.pk

    def log(self, result: int) -> Iterable[Record]:
        """Which questions were answered; not what."""
        invitation, given = self._given[-1]
        data = {"survey": invitation.survey, "case": invitation.case_id, **self._noted}
        yield Record(self.name, "survey", result, written(given.form.clause), data)

    def announce(self, result: int) -> Iterable[Event]:
        """That there is an answer."""
        yield announced(self._given[-1][0])


def announced(invitation: Invitation) -> SurveyAnswered:
    """What is announced of an answer."""
    return SurveyAnswered(
        invitation.pk,
        invitation.survey,
        invitation.record_type,
        invitation.record_id,
        invitation.case_id,
        invitation.handler_id,
    )


def _nobody() -> Viewer:
    """A customer as one who looks: sees nothing of the house."""
    return Viewer(None, CUSTOMER.name, "zh", "portal", (), ())
