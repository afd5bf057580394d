"""Whoever gets records, or is asked to take them, is told how many and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.ledger.events import subscribe
from keguan.runtime.notifications.telling import Notice, tell
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.events import HandedOver, OfferedHandOver

if TYPE_CHECKING:
    from collections.abc import Mapping

DONE, OFFERED = "records.handed_over", "records.offered"


def subscribe_all() -> None:
    """Subscribe; called once at start-up."""
    subscribe(HandedOver, handed_over)
    subscribe(OfferedHandOver, offered)


def handed_over(event: HandedOver) -> None:
    """The records are theirs now."""
    if event.counts:
        tell([_notice(event, DONE)])


def offered(event: OfferedHandOver) -> None:
    """They are asked to take them."""
    tell([_notice(event.handed, OFFERED)])


def _notice(event: HandedOver, kind: str) -> Notice:
    facts: Mapping[str, str | int] = {"by": event.by_name, "count": sum(event.counts.values())}
    key = f"transfer:{event.transfer_id}:{kind}"
    return Notice(staff_id=event.to_id, kind=kind, key=key, subject=_subject(event), facts=facts)


def _subject(event: HandedOver) -> str:
    """The label of the type that most of them are of, in the words of the policy."""
    code = max(event.counts, key=lambda each: event.counts[each])
    declared = policies.current().model.record_types.get(code)
    return _("档案") if declared is None else declared.label.zh
