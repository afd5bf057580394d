"""Records whose terms are over come together: what goes by itself goes, and the rest waits in batches for appraisal."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from django.db import transaction

from keguan.language.model.granting import GrantedRight
from keguan.language.model.retention import WHOLE, Disposal, Kept, approval_of, laid_terms
from keguan.runtime import clock
from keguan.runtime.ledger.actions import SYSTEM, Action, Actor, Record
from keguan.runtime.notifications.actions import Notice, tell
from keguan.runtime.org import queries as org
from keguan.runtime.policies.queries import current
from keguan.runtime.records import sequence
from keguan.runtime.retention.archiving import archive, set_aside
from keguan.runtime.retention.holding import held_ids
from keguan.runtime.retention.keeping import whole_of
from keguan.runtime.retention.models import (
    Aside,
    AsideReason,
    Batch,
    BatchState,
    Disposed,
    Item,
    Standing,
)
from keguan.runtime.retention.referring import left, parents_of
from keguan.runtime.retention.words import DISPOSALS, clause_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.db.models import QuerySet

    from keguan.language.model.model import Model
    from keguan.language.model.retention import LaidTerm
    from keguan.runtime.ledger.events import Event

MOST = 2_000
"""Things in one batch: as many as somebody can look through. The next batch follows when this one is under way."""

_AT_ONCE = 500
"""Records that are archived or set aside in one transaction."""


@dataclass(frozen=True, slots=True)
class Pile:
    """What one block disposes of in one way."""

    record_type: str
    retention: str
    disposal: Disposal
    terms: tuple[LaidTerm, ...]

    @property
    def two_persons(self) -> bool:
        """Whether it takes two: one row that says so is enough."""
        return any(each.term.two_persons for each in self.terms)

    @property
    def keys(self) -> list[str]:
        """Its terms by key."""
        return [each.key for each in self.terms]


def piles(model: Model, record_type: str) -> Iterator[Pile]:
    """The piles of a record type, in the order of its blocks."""
    found: dict[tuple[str, Disposal, bool], list[LaidTerm]] = {}
    for laid in laid_terms(model, record_type):
        if laid.term.length is not None:
            key = (laid.retention.code, laid.term.disposal, laid.term.needs_approval)
            found.setdefault(key, []).append(laid)
    for (retention, disposal, _approved), terms in sorted(found.items(), key=lambda each: each[0]):
        yield Pile(record_type, retention, disposal, tuple(terms))


def due(pile: Pile) -> QuerySet[Standing]:
    """What is due of a pile today and waits in no batch; holds by persons are not looked at."""
    return Standing.objects.filter(
        record_type=pile.record_type,
        term__in=pile.keys,
        due_on__isnull=False,
        due_on__lte=clock.today(),
        hold="",
        disposed=Disposed.NOTHING,
        batch_id__isnull=True,
    ).order_by("due_on", "record_id")


def dispose_by_itself(model: Model, record_type: str) -> int:
    """Archive, or only store, what is due for it and needs nobody's approval; gives how many. Some at a time, each time
    in a transaction of its own: it may be killed at any line and be called again.
    """
    count = 0
    for pile in piles(model, record_type):
        if pile.terms[0].term.needs_approval:
            continue
        untouched = held_ids(model, record_type) | _asked_to_be_erased(record_type)
        while rows := list(due(pile).exclude(record_id__in=untouched)[:_AT_ONCE]):
            DisposeByItself(actor=SYSTEM, model=model, pile=pile, rows=rows).run()
            count += len(rows)
    return count


def gather(model: Model, record_type: str) -> int:
    """Bring what is due and needs approval into batches that wait for appraisal; gives how many things came in. May be
    killed at any line and be called again.
    """
    count = 0
    for pile in piles(model, record_type):
        if pile.terms[0].term.needs_approval:
            count += Gather(actor=SYSTEM, model=model, pile=pile).run()
    return count + GatherErased(actor=SYSTEM, model=model, record_type=record_type).run()


@dataclass(frozen=True, kw_only=True)
class DisposeByItself(Action[int]):
    """Archive records whose term is over, or only store them, as the policy says and nobody has to decide."""

    name: ClassVar[str] = "retention.dispose_by_itself"
    actor: Actor = SYSTEM
    model: Model
    pile: Pile
    rows: list[Standing]
    _left: dict[str, set[int]] = field(default_factory=dict, init=False, repr=False)

    def do(self) -> int:
        """A class of a record has no archive and no store of its own: its fields stay as they are."""
        whole = {each.record_id: each for each in self.rows if each.information_class == WHOLE}
        parts = [each.pk for each in self.rows if each.information_class != WHOLE]
        Standing.objects.filter(pk__in=parts).update(disposed=self.pile.disposal)
        if self.pile.disposal is Disposal.ARCHIVE:
            archive(self.pile.record_type, whole.keys())
        elif whole:
            terms: Mapping[int, Kept | None] = {
                each: Kept(WHOLE, row.due_on, row.term, "") for each, row in whole.items()
            }
            self._left.update(parents_of(self.model, self.pile.record_type, terms))
            set_aside(self.model, self.pile.record_type, terms, AsideReason.TERM)
        return len(self.rows)

    def log(self, result: int) -> Iterable[Record]:
        """How many of what, and which."""
        yield Record(
            self.name,
            "retention",
            self.pile.retention,
            clause_of(self.pile.terms[0]),
            {
                "record_type": self.pile.record_type,
                "disposal": self.pile.disposal.value,
                "count": result,
                "ids": sorted({each.record_id for each in self.rows}),
            },
        )

    def announce(self, result: int) -> Iterable[Event]:
        """Records out of sight count nowhere any more."""
        del result
        if self._left:
            yield left(self.pile.record_type, self._left)


@dataclass(frozen=True, kw_only=True)
class Gather(Action[int]):
    """Bring what is due of a pile into the batch that waits for appraisal, up to as many as one can look through."""

    name: ClassVar[str] = "retention.gather"
    actor: Actor = SYSTEM
    model: Model
    pile: Pile

    def run(self) -> int:
        """Nothing is written, nor a transaction begun, when nothing is due."""
        return super().run() if due(self.pile).exists() else 0

    def do(self) -> int:
        """Open the batch where none waits; it grows until somebody submits it."""
        batch = _waiting(self.pile.record_type, self.pile.retention, self.pile.disposal, erasure=False)
        room = MOST - (batch.items.count() if batch else 0)
        untouched = held_ids(self.model, self.pile.record_type) | _asked_to_be_erased(self.pile.record_type)
        rows = list(due(self.pile).exclude(record_id__in=untouched)[: max(room, 0)])
        if not rows:
            return 0
        if batch is None:
            batch = open_batch(self.model, self.pile, erasure=False)
        put_in(batch, rows)
        return len(rows)

    def log(self, result: int) -> Iterable[Record]:
        """How many came in."""
        if result:
            data = {"record_type": self.pile.record_type, "disposal": self.pile.disposal.value, "count": result}
            yield Record(self.name, "retention", self.pile.retention, clause_of(self.pile.terms[0]), data)


@dataclass(frozen=True, kw_only=True)
class GatherErased(Action[int]):
    """Bring records that somebody asked to be erased, and that nothing keeps any more, into a batch."""

    name: ClassVar[str] = "retention.gather_erased"
    actor: Actor = SYSTEM
    model: Model
    record_type: str

    def run(self) -> int:
        """Nothing is written, nor a transaction begun, when there are none."""
        return super().run() if self._asides().exists() else 0

    def do(self) -> int:
        """They wait for the same approval as any other destruction."""
        untouched = held_ids(self.model, self.record_type)
        batch = _waiting(self.record_type, "", Disposal.DESTROY, erasure=True)
        taken = Item.objects.filter(
            batch__record_type=self.record_type,
            batch__state__in=(BatchState.GATHERED, BatchState.SUBMITTED, BatchState.APPROVED, BatchState.WITNESSED),
            information_class=WHOLE,
            state="in",
        ).values("record_id")
        room = MOST - (batch.items.count() if batch else 0)
        found = list(self._asides().exclude(record_id__in=untouched).exclude(record_id__in=taken)[: max(room, 0)])
        if not found:
            return 0
        if batch is None:
            batch = open_batch(self.model, Pile(self.record_type, "", Disposal.DESTROY, ()), erasure=True)
        Item.objects.bulk_create(
            Item(batch=batch, record_id=each.record_id, information_class=WHOLE, due_on=each.until, term=each.term)
            for each in found
        )
        ids = [each.record_id for each in found]
        Standing.objects.filter(record_type=self.record_type, record_id__in=ids, information_class=WHOLE).update(
            batch_id=batch.pk
        )
        return len(found)

    def log(self, result: int) -> Iterable[Record]:
        """How many came in."""
        if result:
            yield Record(self.name, "retention", self.record_type, data={"count": result})

    def _asides(self) -> QuerySet[Aside]:
        return Aside.objects.filter(
            record_type=self.record_type, reason=AsideReason.ERASURE, until__isnull=False, until__lte=clock.today()
        ).order_by("id")


def open_batch(model: Model, pile: Pile, *, erasure: bool) -> Batch:
    """A new batch that waits for appraisal; those who appraise are told. Inside a transaction."""
    (serial,) = sequence.take("@disposal")
    today = clock.today()
    batch = Batch.objects.create(
        number=f"XH{today.year}-{serial:04d}",
        record_type=pile.record_type,
        retention=pile.retention,
        disposal=pile.disposal.value,
        two_persons=pile.two_persons or erasure,
        erasure=erasure,
        gathered_on=today,
    )
    label = model.record_types[pile.record_type].label.zh
    subject = f"{batch.number} {label} {DISPOSALS[pile.disposal.value]}"
    tell(
        Notice(staff_id=each, kind="retention.gathered", key=f"disposal:{batch.pk}:gathered:{each}", subject=subject)
        for each in sorted(who_may("dispose"))
    )
    return batch


def put_in(batch: Batch, rows: Iterable[Standing]) -> None:
    """Things that are due come into the batch. Inside a transaction."""
    listed = list(rows)
    Item.objects.bulk_create(
        Item(
            batch=batch,
            record_id=each.record_id,
            information_class=each.information_class,
            due_on=each.due_on,
            term=each.term,
        )
        for each in listed
    )
    Standing.objects.filter(pk__in=[each.pk for each in listed]).update(batch_id=batch.pk)


def release(batch: Batch, items: Iterable[Item] | None = None) -> None:
    """What is in the batch (or these of it) is in none any more, and comes in again when it is still due."""
    found = Standing.objects.filter(batch_id=batch.pk)
    if items is not None:
        listed = list(items)
        found = found.filter(record_id__in=[each.record_id for each in listed])
    found.update(batch_id=None)


def who_may(operation: str) -> frozenset[int]:
    """Everybody who has an operation today. One query."""
    roles = [code for code, role in current().model.roles.items() if operation in role.operations]
    return org.holders_of(roles)


def note_days(record_type: str) -> None:
    """Keep in step until when records that were asked to be erased are only stored: the day may move with the facts.
    What no term keeps any more goes from today.
    """
    asked = Aside.objects.filter(record_type=record_type, reason=AsideReason.ERASURE)
    kept: dict[int, list[Kept]] = defaultdict(list)
    for row in Standing.objects.filter(record_type=record_type, record_id__in=asked.values("record_id")):
        kept[row.record_id].append(Kept(row.information_class, row.due_on, row.term, row.hold))
    with transaction.atomic():
        for each in asked:
            found = whole_of(kept.get(each.record_id, ()))
            until = (each.until or clock.today()) if found is None else found.due_on
            if until != each.until:
                Aside.objects.filter(pk=each.pk).update(until=until)


def approvable(model: Model, batch: Batch) -> str:
    """The code of the process that approves a batch; empty when the policy has none."""
    found = None
    if batch.retention and batch.retention in model.blocks.retentions:
        found = approval_of(model, model.blocks.retentions[batch.retention])
    else:
        found = next(
            (
                each
                for each in model.blocks.processes.values()
                if each.grants_right(GrantedRight.DESTROY, batch.record_type)
            ),
            None,
        )
    return "" if found is None else found.code


def _waiting(record_type: str, retention: str, disposal: Disposal, *, erasure: bool) -> Batch | None:
    found = Batch.objects.filter(
        record_type=record_type,
        retention=retention,
        disposal=disposal.value,
        erasure=erasure,
        state=BatchState.GATHERED,
    )
    return found.order_by("id").first()


def _asked_to_be_erased(record_type: str) -> frozenset[int]:
    """They go by their own way, whatever the policy does with others at the end of the term."""
    asked = Aside.objects.filter(record_type=record_type, reason=AsideReason.ERASURE)
    return frozenset(asked.values_list("record_id", flat=True))
