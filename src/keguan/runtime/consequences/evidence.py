"""What shows that consequences are alive: what waits for a decision, and what is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.consequences.models import Proposal, ProposalState
from keguan.runtime.policies.queries import Evidence, register_evidence

if TYPE_CHECKING:
    from keguan.language.model.model import Control, Model

CAP = 1_000
"""Counts stop here, so that they cost the same on any table."""


def register() -> None:
    """Speak for consequences."""
    register_evidence("consequence", _consequence)


def _consequence(model: Model, control: Control) -> tuple[Evidence, ...]:
    if control.code not in model.blocks.consequences:
        return ()
    return (
        _counted(_("待批 %(count)s 项"), control.code, ProposalState.PROPOSED),
        _counted(_("已生效 %(count)s 项"), control.code, ProposalState.APPROVED),
    )


def _counted(sentence: str, code: str, state: ProposalState) -> Evidence:
    count = Proposal.objects.filter(consequence=code, state=state).order_by().values("id")[: CAP + 1].count()
    shown = f"{CAP:,}+" if count > CAP else f"{count:,}"
    return Evidence(sentence % {"count": shown}, min(count, CAP), capped=count > CAP)
