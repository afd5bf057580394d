"""What people are told about their permits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.notifications.actions import Notice
from keguan.runtime.permits.models import PermitState
from keguan.runtime.permits.words import right_label
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from keguan.runtime.permits.models import Permit


def decided(permit: Permit) -> list[Notice]:
    """To whoever asked: it is granted, until when; or it is not. Of what was asked for only its kind."""
    if permit.state == PermitState.WITHDRAWN:
        return []
    granted = permit.state == PermitState.GRANTED
    until = permit.expires_at.isoformat() if granted and permit.expires_at is not None else ""
    kind = "permits.refused" if not granted else "permits.granted_until" if until else "permits.granted"
    return [
        Notice(
            staff_id=permit.staff_id,
            kind=kind,
            key=f"permit:{permit.pk}:{permit.state}",
            subject=type_label(permit.record_type),
            facts={"right": right_label(permit.right), **({"until": until} if until else {})},
            case_id=permit.case_id,
            clause=permit.clause,
        )
    ]


def type_label(record_type: str, language: str = "zh") -> str:
    """What a record type is called; its code where the policy no longer has it."""
    known = policies.current().model.record_types.get(record_type)
    return record_type if known is None else known.label.text(language)
