"""Evidence that policies give by themselves: how many records a record type has, and how many people hold the roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.org.queries import appointments_of_all
from keguan.runtime.policies.evidence import Evidence, register_evidence
from keguan.runtime.policies.stored import CAP, capped_count

if TYPE_CHECKING:
    from keguan.language.model.model import Control, Model
    from keguan.language.source import Span


def register() -> None:
    """Speak for records and roles."""
    register_evidence("record", _records)
    register_evidence("role", _roles)


def _records(model: Model, control: Control) -> tuple[Evidence, ...]:
    if control.code not in model.record_types:
        return ()
    count = capped_count(control.code)
    if count > CAP:
        return (Evidence(_("在册 %(count)s 条以上") % {"count": f"{CAP:,}"}, CAP, capped=True),)
    return (Evidence(_("在册 %(count)s 条") % {"count": f"{count:,}"}, count),)


def _roles(model: Model, control: Control) -> tuple[Evidence, ...]:
    codes = {role.code for role in model.roles.values() if _within(role.span, control.span)}
    held = appointments_of_all()
    count = sum(any(card.role in codes for card in cards) for cards in held.values())
    return (Evidence(_("%(roles)s 个岗位，%(count)s 人在岗") % {"roles": len(codes), "count": count}, count),)


def _within(inner: Span, outer: Span) -> bool:
    return inner.file == outer.file and outer.line <= inner.line <= outer.end_line
