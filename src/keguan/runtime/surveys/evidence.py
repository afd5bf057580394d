"""What shows that a survey is alive: how many were asked, and how many have answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.policies.queries import Evidence, register_evidence
from keguan.runtime.surveys.models import Invitation, InvitationState

if TYPE_CHECKING:
    from keguan.language.model.model import Control, Model

CAP = 1_000
"""Counts stop here, so that they cost the same on any table."""


def register() -> None:
    """Speak for forms that are surveys."""
    register_evidence("form", _form)


def _form(model: Model, control: Control) -> tuple[Evidence, ...]:
    form = model.blocks.forms.get(control.code)
    if form is None or form.survey is None:
        return ()
    sent = Invitation.objects.filter(survey=control.code, sent_at__isnull=False)
    answered = sent.filter(state=InvitationState.ANSWERED)
    return tuple(
        Evidence(sentence % {"count": f"{CAP:,}+" if count > CAP else f"{count:,}"}, min(count, CAP), count > CAP)
        for sentence, count in (
            (_("发出 %(count)s 份"), sent.order_by().values("id")[: CAP + 1].count()),
            (_("已答 %(count)s 份"), answered.order_by().values("id")[: CAP + 1].count()),
        )
    )
