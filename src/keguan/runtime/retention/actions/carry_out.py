"""Carrying a witnessed batch out, some of it in each transaction, and destroying again what a restored backup holds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from keguan.language.model.retention import WHOLE
from keguan.runtime import clock
from keguan.runtime.ledger.actions import SYSTEM, Action, Actor, Record
from keguan.runtime.policies.queries import current
from keguan.runtime.retention import identity
from keguan.runtime.retention.aside import stored
from keguan.runtime.retention.destroying import Done, carry_out, destroy_rows
from keguan.runtime.retention.emptying import empty
from keguan.runtime.retention.gathering import release
from keguan.runtime.retention.models import Batch, BatchState, Destroyed, ItemState
from keguan.runtime.retention.referring import left

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keguan.runtime.ledger.events import Event
    from keguan.runtime.retention.list_file import Line

AT_ONCE = 500
"""Things carried out in one transaction."""


@dataclass(frozen=True, kw_only=True)
class CarryOut(Action[Done]):
    """Carry out the next things of a witnessed batch. Where none is left the batch is ended, and ``Done`` is empty."""

    name: ClassVar[str] = "retention.carry_out"
    actor: Actor = SYSTEM
    batch_id: int
    _batch: list[Batch] = field(default_factory=list, init=False, repr=False)

    def do(self) -> Done:
        """Look at each at the last moment; what may not go is spared, and comes in again when it is due again."""
        batch = Batch.objects.select_for_update().get(pk=self.batch_id)
        self._batch.append(batch)
        if batch.state != BatchState.WITNESSED:
            return Done()
        items = list(batch.items.filter(state=ItemState.IN).order_by("id")[:AT_ONCE])
        if not items:
            batch.state, batch.ended_at = BatchState.DONE, clock.now()
            batch.save(update_fields=["state", "ended_at"])
            release(batch)
            return Done()
        found = carry_out(current().model, batch, items)
        batch.done += found.done
        batch.spared += found.spared
        batch.save(update_fields=["done", "spared"])
        return found

    def log(self, result: Done) -> Iterable[Record]:
        """How much, which lines of the list with a hash over them, and what went along."""
        batch = self._batch[0]
        data: dict[str, object] = {"number": batch.number, "disposal": batch.disposal}
        if not result.done and not result.spared:
            yield Record(
                "retention.end", "disposal", batch.pk, data={**data, "done": batch.done, "spared": batch.spared}
            )
            return
        data |= {"done": result.done, "spared": result.spared, "taken": dict(result.taken)}
        if result.lines:
            data |= {"first": result.lines[0].reference, "last": result.lines[-1].reference, "lines": _hash(result)}
        yield Record(self.name, "disposal", batch.pk, data=data)

    def announce(self, result: Done) -> Iterable[Event]:
        """What had been referred to is computed anew."""
        if result.parents or result.changed:
            yield left(self._batch[0].record_type, result.parents, result.changed)


@dataclass(frozen=True, kw_only=True)
class DestroyAgain(Action[Done]):
    """Destroy again what the list of destruction names, where a restored backup brought it back.

    A record is known by its digest: another one that has the same id by now stays.
    """

    name: ClassVar[str] = "retention.reapply"
    actor: Actor = SYSTEM
    record_type: str
    lines: Sequence[Line]
    _strangers: list[int] = field(default_factory=list, init=False, repr=False)

    def do(self) -> Done:
        """Destroy the records and empty the fields, and complete the list in the database."""
        model, found = current().model, Done()
        rows = {row["id"]: row for row in stored(model, self.record_type, {_id(each) for each in self.lines})}
        known = set(
            Destroyed.objects.filter(reference__in=[each.values["reference"] for each in self.lines]).values_list(
                "reference", flat=True
            )
        )
        for each in self.lines:
            row = rows.get(_id(each))
            if row is not None and not self._is(each, identity.identity_of(model, self.record_type, row)):
                self._strangers.append(_id(each))
                row = None
            if row is not None and each.values["information_class"] == WHOLE:
                destroy_rows(model, self.record_type, {_id(each)}, found)
                found.done += 1
            elif row is not None:
                emptied = empty(model, self.record_type, each.values["information_class"], {_id(each)}, found.parents)
                found.changed |= {_id(each)}
                found.done += bool(emptied)
            if each.values["reference"] not in known:
                Destroyed.objects.create(**_fields(each))
        return found

    def log(self, result: Done) -> Iterable[Record]:
        """How many were there again; those whose id somebody else has by now."""
        if result.done or self._strangers:
            data = {"record_type": self.record_type, "count": result.done, "strangers": sorted(self._strangers)}
            yield Record(self.name, "disposal", None, data=data)

    def announce(self, result: Done) -> Iterable[Event]:
        """As after the destruction itself."""
        if result.parents or result.changed:
            yield left(self.record_type, result.parents, result.changed)

    def _is(self, line: Line, values: dict[str, str]) -> bool:
        codes = str(line.values["identity"]).split(",")
        model = current().model
        if tuple(codes) != tuple(values):
            return False
        mark = identity.digest(model, self.record_type, values, int(line.values["key_id"]))
        return mark == str(line.values["digest"])


def _id(line: Line) -> int:
    return int(line.values["record_id"])


def _fields(line: Line) -> dict[str, object]:
    values = dict(line.values)
    values["due_on"] = date.fromisoformat(values["due_on"]) if values["due_on"] else None
    values["destroyed_at"] = datetime.fromisoformat(values["destroyed_at"])
    return values


def _hash(result: Done) -> str:
    """SHA-256 over the lines, so that the ledger knows the list as it was written."""
    content = "\n".join(f"{each.reference} {each.record_type} {each.record_id} {each.digest}" for each in result.lines)
    return hashlib.sha256(content.encode()).hexdigest()
