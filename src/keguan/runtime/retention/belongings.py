"""What the nouns to the left keep of records, and how it goes when the records are destroyed.

That a step was done, a duty met or a question asked, by whom and when, stays: it is about the work. What was filled in,
said, measured or answered about the record goes, whether it lay in clear or sealed.
"""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q

from keguan.language.model.naming import history_table
from keguan.runtime import clock
from keguan.runtime.duties.models import Duty, DutyState, Watched
from keguan.runtime.intake.models import Submission
from keguan.runtime.ledger import subject_keys
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.notifications.models import Notification
from keguan.runtime.policies.models import Publication
from keguan.runtime.policies.queries import at
from keguan.runtime.processes.models import Case, Document, Met, Move, Pause, Share, Value
from keguan.runtime.records.models import BulkRow, Merge, MergeMoved, Suspect
from keguan.runtime.records.taken_along import register
from keguan.runtime.retention.models import Batch
from keguan.runtime.surveys.models import Invitation, Reply

if TYPE_CHECKING:
    from collections.abc import Collection

    from keguan.language.model.model import Model

_PART = 500


def register_all() -> None:
    """Speak for the nouns that know nothing of retention; called once at start-up."""
    register("histories", histories)
    register("merges", merges)
    register("cases", cases)
    register("duties", duties)
    register("surveys", surveys)
    register("ledger", ledger)


def histories(model: Model, record_type: str, ids: Collection[int]) -> int:
    """Every earlier outcome, with the values from which it came; also of decisions that the policy no longer has."""
    del model
    quote, gone = connection.ops.quote_name, 0
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for decision in _decided(record_type):
            table = history_table(decision)
            if table in tables:
                for part in _parts(ids):
                    marks = ", ".join(["%s"] * len(part))
                    cursor.execute(f"DELETE FROM {quote(table)} WHERE record_id IN ({marks})", part)
                    gone += cursor.rowcount
    return gone


def merges(model: Model, record_type: str, ids: Collection[int]) -> int:
    """Records that were merged into these, as they were kept to be taken apart again; what looked like duplicates of
    them; why a bulk change left them out.
    """
    del model
    gone = 0
    for part in _parts(ids):
        merged = Merge.objects.filter(Q(kept_id__in=part) | Q(gone_id__in=part), record_type=record_type)
        MergeMoved.objects.filter(merge__in=merged).delete()
        gone += merged.delete()[0]
        gone += Suspect.objects.filter(Q(low_id__in=part) | Q(high_id__in=part), record_type=record_type).delete()[0]
        BulkRow.objects.filter(edit__record_type=record_type, record_id__in=part).update(reasons=[])
    return gone


def cases(model: Model, record_type: str, ids: Collection[int]) -> int:
    """What was filled in, written and said in cases over these records. The case that approved a disposal keeps what
    was said in it: it is the evidence for it.
    """
    del model
    about = Case.objects.filter(record_type=record_type, record_id__in=set(ids))
    approving = Batch.objects.filter(case_id__isnull=False).values("case_id")
    found = list(about.exclude(id__in=approving).values_list("id", flat=True))
    gone = 0
    for part in _parts(found):
        mine = Q(case_id__in=part)
        gone += Value.objects.filter(mine).delete()[0]
        gone += Document.objects.filter(mine).update(title="", text="", sealed=None)
        gone += Move.objects.filter(mine).update(opinion="", data={})
        Share.objects.filter(mine).update(opinion="", signature="")
        Pause.objects.filter(mine).update(reason="")
        Submission.objects.filter(mine).delete()
        Notification.objects.filter(mine).update(facts={})
    Met.objects.filter(process__in=_processes(record_type), record_id__in=set(ids)).delete()
    return gone


def duties(model: Model, record_type: str, ids: Collection[int]) -> int:
    """What was filled in and said in duties about these records; those still open are owed no more."""
    del model
    about = Duty.objects.filter(record_type=record_type, record_id__in=set(ids))
    about.filter(state=DutyState.OPEN).update(state=DutyState.CANCELLED, next_at=None, done_at=clock.now())
    gone = about.update(filled=None, note="")
    watches = Q()
    for name in _watches(record_type):
        watches |= Q(watch__startswith=name)
    if watches:
        gone += Watched.objects.filter(watches, record_id__in=set(ids)).delete()[0]
    return gone


def surveys(model: Model, record_type: str, ids: Collection[int]) -> int:
    """What customers wrote, and the marks by which their addresses are known again. Scores stay, of nobody."""
    del model
    about = Q(record_type=record_type, record_id__in=set(ids)) | Q(customer_type=record_type, customer_id__in=set(ids))
    found = list(Invitation.objects.filter(about).values_list("id", flat=True))
    gone = 0
    for part in _parts(found):
        gone += Reply.objects.filter(invitation_id__in=part).update(plain="null", sealed=None)
        Invitation.objects.filter(id__in=part).update(phone_mark=None, email_mark=None, digest=None)
    return gone


def ledger(model: Model, record_type: str, ids: Collection[int]) -> int:
    """Old and new values in the ledger: their keys are destroyed, the entries and their proof stay."""
    del model
    return subject_keys.forget((record_type, str(each)) for each in ids)


def _decided(record_type: str) -> frozenset[str]:
    """The decisions about a type in any publication that there was."""
    return frozenset(
        decision.code
        for model in _models()
        for decision in model.decisions.values()
        if decision.record_type == record_type
    )


def _processes(record_type: str) -> frozenset[str]:
    return frozenset(
        process.code
        for model in _models()
        for process in model.blocks.processes.values()
        if process.record_type == record_type
    )


def _watches(record_type: str) -> frozenset[str]:
    """What the names of watches on records of a type begin with."""
    return frozenset(
        f"{kind}:{block.code}:"
        for model in _models()
        for kind, blocks in (("duty", model.blocks.duties), ("consequence", model.blocks.consequences))
        for block in blocks.values()
        if block.record_type == record_type
    )


def _models() -> tuple[Model, ...]:
    """The policy of every publication there was, as far as this program can still read it: what an old one named is
    destroyed too.
    """
    return _read(tuple(Publication.objects.order_by("id").values_list("id", flat=True)))


@lru_cache(maxsize=1)
def _read(publications: tuple[int, ...]) -> tuple[Model, ...]:
    found: dict[str, Model] = {}
    for each in publications:
        with suppress(Refused):
            policy = at(each)
            found.setdefault(policy.digest, policy.model)
    return tuple(found.values())


def _parts(ids: Collection[int]) -> list[list[int]]:
    listed = sorted(ids)
    return [listed[first : first + _PART] for first in range(0, len(listed), _PART)]
