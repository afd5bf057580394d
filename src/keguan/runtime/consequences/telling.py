"""What people are told about consequences: the measure and the clause, never how much, nor anything of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.consequences.words import measure_label
from keguan.runtime.notifications.actions import Notice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.consequences.models import Proposal


def proposed(proposal: Proposal, people: Iterable[int]) -> list[Notice]:
    """Something is to be decided."""
    return [_notice(proposal, each, "consequences.proposed", "proposed") for each in sorted(people)]


def undecided(proposal: Proposal, people: Iterable[int]) -> list[Notice]:
    """It should have been decided by now."""
    return [_notice(proposal, each, "consequences.late", "late") for each in sorted(people)]


def in_force(proposal: Proposal) -> list[Notice]:
    """It is in force: told to the person on whom it falls."""
    return _to_the_person(proposal, "consequences.in_force", "in_force")


def rejected(proposal: Proposal) -> list[Notice]:
    """An objection was heard, or it will not come: told to whoever had objected."""
    return _to_the_person(proposal, "consequences.rejected", "rejected") if proposal.round > 1 else []


def _to_the_person(proposal: Proposal, kind: str, what: str) -> list[Notice]:
    return [] if proposal.staff_id is None else [_notice(proposal, proposal.staff_id, kind, what)]


def _notice(proposal: Proposal, staff_id: int, kind: str, what: str) -> Notice:
    return Notice(
        staff_id=staff_id,
        kind=kind,
        key=f"consequence:{proposal.pk}:{proposal.round}:{what}:{staff_id}",
        subject=_subject(proposal),
        facts={},
        duty_id=proposal.duty_id,
        clause=proposal.clause,
    )


def _subject(proposal: Proposal) -> str:
    """The measure, and where it is written."""
    measure = str(measure_label(proposal.measure))
    if not proposal.reference:
        return measure
    return _("%(measure)s（%(reference)s）") % {"measure": measure, "reference": proposal.reference}
