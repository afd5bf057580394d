"""Making invitations: once for what gave rise to them, to go out when the policy says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.db import IntegrityError, transaction

from keguan.runtime import clock
from keguan.runtime.calendars import queries as calendars
from keguan.runtime.duties.judging import true_ids
from keguan.runtime.ledger.actions import SYSTEM, Action, Actor, Record
from keguan.runtime.org import queries as org
from keguan.runtime.processes.places import place_of_record
from keguan.runtime.surveys.forms import written
from keguan.runtime.surveys.models import Invitation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.form import Form
    from keguan.language.model.survey import Survey
    from keguan.runtime.policies.queries import Current


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something after which a customer is asked. ``source`` names it once for ever; ``clause`` is that of what is
    judged, ``handler_id`` who did it.
    """

    source: str
    record_id: int
    clause: str
    case_id: int | None = None
    duty_id: int | None = None
    handler_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Invite(Action[int | None]):
    """Ask a customer, when its moment comes. Gives the invitation's id; None where they are asked already, the survey
    is not meant for this record, or the record is gone.
    """

    name: ClassVar[str] = "surveys.invite"
    actor: Actor = SYSTEM
    policy: Current
    form: Form
    survey: Survey
    occasion: Occasion

    def do(self) -> int | None:
        """Write it down; it goes out by the clock."""
        form, about = self.form, self.occasion
        key = f"{form.code}:{about.source}"
        if Invitation.objects.filter(key=key).exists() or not self._meant():
            return None
        place = place_of_record(self.policy.model, form.record_type, about.record_id)
        if place is None:
            return None
        now = clock.now()
        send_at = now if self.survey.delay is None else calendars.after(self.survey.delay, now)
        handler = about.handler_id
        try:
            with transaction.atomic():
                made = Invitation.objects.create(
                    key=key,
                    survey=form.code,
                    publication_id=self.policy.publication_id,
                    clause=about.clause,
                    information_class=form.fields[0].information_class,
                    record_type=form.record_type,
                    record_id=about.record_id,
                    owner_id=place.owner_id,
                    unit_id=place.unit_id,
                    case_id=about.case_id,
                    duty_id=about.duty_id,
                    handler_id=handler,
                    handler_name="" if handler is None else org.names((handler,)).get(handler, ""),
                    ways=[str(way) for way in self.survey.ways],
                    happened_at=now,
                    send_at=send_at,
                    next_at=send_at,
                )
        except IntegrityError:  # another transaction was quicker
            return None
        return made.pk

    def log(self, result: int | None) -> Iterable[Record]:
        """Which survey, after what."""
        if result is not None:
            about = self.occasion
            data = {"survey": self.form.code, "after": about.source, "about": about.clause, "handler": about.handler_id}
            yield Record(self.name, "survey", result, written(self.form.clause), data)

    def _meant(self) -> bool:
        condition = self.survey.applies
        if condition is None:
            return True
        return bool(true_ids(self.policy.model, self.form.record_type, condition, (self.occasion.record_id,)))
