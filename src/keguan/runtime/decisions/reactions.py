"""What makes records be computed by itself: a record that changed, and a publication that takes force."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from keguan.runtime.decisions.actions import Recompute
from keguan.runtime.decisions.affected import affected
from keguan.runtime.decisions.computing import compute
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.ledger.events import announce, subscribe
from keguan.runtime.policies.events import Published
from keguan.runtime.policies.queries import current, forget
from keguan.runtime.records.events import RecordsChanged

if TYPE_CHECKING:
    from keguan.language.model.model import Model


def subscribe_all() -> None:
    """Subscribe; called once at start-up."""
    subscribe(RecordsChanged, records_changed)
    subscribe(Published, published)


def records_changed(event: RecordsChanged) -> None:
    """Compute the changed records and all that read them, in the order of the policy, in the change's transaction.

    Records that fall or rise because a quota cuts their group again are announced as changed in their turn.

    By the policy in force now, not by the one looked up when the request began: what another process has published
    meanwhile has decided everything else already, and nothing would decide these records again before the next day.
    """
    forget()
    policy = current()
    changed = {parent: set(ids) for parent, ids in event.parents.items()}
    changed.setdefault(event.record_type, set()).update(event.ids)
    moved: dict[str, frozenset[int]] = {}
    waiting: defaultdict[str, set[int]] = defaultdict(set, affected(policy.model, changed))
    for record_type in policy.model.computation_order:
        gone = event.gone and record_type == event.record_type and quotas_cut(policy.model, record_type)
        if record_type not in waiting and not gone:
            continue
        done = compute(policy, record_type, waiting[record_type], gone=gone)
        if done.others:  # what reads them comes later in this order
            moved[record_type] = done.others
            for reader, ids in affected(policy.model, {record_type: done.others}).items():
                waiting[reader] |= ids
    for record_type, others in moved.items():
        announce(RecordsChanged(record_type, tuple(sorted(others))))


def quotas_cut(model: Model, record_type: str) -> bool:
    """Whether a quota cuts an outcome of this record type."""
    return any(quota.record_type == record_type for quota in model.blocks.quotas.values())


def published(event: Published) -> None:
    """Compute everything by a publication that is in force at once; one that waits for its day is met on that day."""
    if current().publication_id in event.publication_ids:
        Recompute(actor=SYSTEM).run()
