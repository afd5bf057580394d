"""What staff do when they call a customer back: fill the survey in, or note that nobody answered the call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, TypeVar

from django.db.models import F
from django.utils.translation import gettext as _

from keguan.language.model.survey import Way
from keguan.runtime import clock
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.records.validation import Typed
from keguan.runtime.surveys.actions.by_link import announced
from keguan.runtime.surveys.answering import Given, answered, carry, expired, read, take_down
from keguan.runtime.surveys.forms import form_of, written
from keguan.runtime.surveys.models import Invitation, InvitationState
from keguan.runtime.surveys.sight import calls_back, seen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.ledger.events import Event

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class CallAction(ViewerAction[T]):
    """Something about an invitation that its caller does."""

    invitation_id: int
    _found: list[Invitation] = field(default_factory=list, init=False, repr=False, compare=False)

    def check(self) -> None:
        """Refuse an invitation out of sight, whoever is judged by it or does not call back, and one that is over."""
        found = seen(self.viewer, self.invitation_id)
        if self.viewer.staff_id is not None and self.viewer.staff_id == found.handler_id:
            raise Refused("surveys.own", _("这件事由您经办，回访要由别人来做。"))
        if not calls_back(self.viewer, found):
            raise Refused("surveys.no_caller", _("这份调查不由您回访。"))
        if found.state == InvitationState.ANSWERED:
            raise answered()
        if found.state != InvitationState.SENT:
            raise expired()
        self._found.append(found)


@dataclass(frozen=True, kw_only=True)
class AnswerByCallBack(CallAction[None]):
    """Fill in what the customer says on the telephone."""

    name: ClassVar[str] = "surveys.call_back"
    values: Mapping[str, Typed]
    _given: list[Given] = field(default_factory=list, init=False, repr=False, compare=False)
    _noted: dict[str, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def check(self) -> None:
        """As every call; and answers that are none."""
        super().check()
        self._given.append(read(self._found[-1], self.values))

    def do(self) -> None:
        """Keep the answers under the caller's name, and carry them into the record where the form says so."""
        invitation, given = self._found[-1], self._given[-1]
        by = self.viewer
        self._noted["answered"] = list(take_down(invitation, given, str(Way.CALL), by.staff_id, by.name))
        refused = carry(by, invitation, given)
        if refused:
            self._noted["not_carried"] = refused

    def log(self, result: None) -> Iterable[Record]:
        """Who called, and which questions were answered; not what."""
        del result
        invitation, given = self._found[-1], self._given[-1]
        data = {"survey": invitation.survey, "case": invitation.case_id, **self._noted}
        yield Record(self.name, "survey", invitation.pk, written(given.form.clause), data)

    def announce(self, result: None) -> Iterable[Event]:
        """That there is an answer."""
        del result
        yield announced(self._found[-1])


@dataclass(frozen=True, kw_only=True)
class NoteUnreached(CallAction[None]):
    """Note a call that reached nobody."""

    name: ClassVar[str] = "surveys.unreached"

    def do(self) -> None:
        """One attempt more."""
        mine = Invitation.objects.filter(pk=self.invitation_id)
        mine.update(attempts=F("attempts") + 1, attempted_at=clock.now())

    def log(self, result: None) -> Iterable[Record]:
        """Which attempt it was."""
        del result
        invitation = self._found[-1]
        _model, form, _survey = form_of(invitation)
        data = {"survey": invitation.survey, "attempt": invitation.attempts + 1}
        yield Record(self.name, "survey", invitation.pk, written(form.clause), data)
