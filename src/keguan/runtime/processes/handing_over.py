"""Steps that wait for the owner of their record follow it to the new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.actors import PartyKind
from keguan.runtime.ledger.actions import SYSTEM, Record, append
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.models import CaseState, Share, ShareKind
from keguan.runtime.processes.standing import PENDING
from keguan.runtime.records.owners.history import former_owners
from keguan.runtime.records.owners.moving import moved_ids

if TYPE_CHECKING:
    from keguan.runtime.records.events import HandedOver


def handed_over(event: HandedOver) -> None:
    """A share that the policy gave to the former owner as the owner goes to the new one, unless they are barred."""
    followed = []
    for record_type in event.counts:
        shares = Share.objects.filter(
            kind=ShareKind.HANDLE,
            state__in=PENDING,
            for_id=None,
            staff_id__in=former_owners(event.transfer_id),
            case__state=CaseState.OPEN,
            case__record_type=record_type,
            case__record_id__in=moved_ids(event.transfer_id, record_type),
        )
        followed += [
            share.pk
            for share in shares.select_related("case", "task")
            if event.to_id not in share.barred and _waits_for_owner(share)
        ]
    if followed:
        Share.objects.filter(pk__in=followed).update(staff_id=event.to_id)
        append(SYSTEM, [Record("cases.follow_owner", "transfer", event.transfer_id, data={"shares": followed})])


def _waits_for_owner(share: Share) -> bool:
    process = policies.at(share.case.publication_id).model.blocks.processes[share.case.process]
    actors = process.step(share.task.step).actors
    return actors is not None and any(party.kind is PartyKind.OWNER for party in actors.parties)
