"""What makes records be computed by itself: a record that changed, and a publication that takes force."""

from __future__ import annotations

from keguan.runtime.decisions.actions import Recompute
from keguan.runtime.decisions.affected import affected
from keguan.runtime.decisions.computing import compute
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.ledger.events import subscribe
from keguan.runtime.policies.events import Published
from keguan.runtime.policies.queries import current, forget
from keguan.runtime.records.events import RecordsChanged


def subscribe_all() -> None:
    """Subscribe; called once at start-up."""
    subscribe(RecordsChanged, records_changed)
    subscribe(Published, published)


def records_changed(event: RecordsChanged) -> None:
    """Compute the changed records and all that read them, in the order of the policy, in the change's transaction.

    By the policy in force now, not by the one looked up when the request began: what another process has published
    meanwhile has decided everything else already, and nothing would decide these records again before the next day.
    """
    forget()
    policy = current()
    changed = {parent: set(ids) for parent, ids in event.parents.items()}
    changed.setdefault(event.record_type, set()).update(event.ids)
    waiting = affected(policy.model, changed)
    for record_type in policy.model.computation_order:
        if record_type in waiting:
            compute(policy, record_type, waiting[record_type])


def published(event: Published) -> None:
    """Compute everything by a publication that is in force at once; one that waits for its day is met on that day."""
    if current().publication_id in event.publication_ids:
        Recompute(actor=SYSTEM).run()
