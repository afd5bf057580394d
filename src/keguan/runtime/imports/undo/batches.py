"""One batch of taking an import back: in one transaction its records, what stays and why, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.imports.models import Before, Kept, Undoing
from keguan.runtime.imports.undo.judging import Why, stay
from keguan.runtime.imports.undo.noting import noted
from keguan.runtime.ledger.actions import Record
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import sequence
from keguan.runtime.records.editing import Edit, edit, stored_rows, write
from keguan.runtime.records.events import RecordsChanged
from keguan.runtime.records.merging.kept_rows import take_out, texts, values
from keguan.runtime.records.objections import objections
from keguan.runtime.records.parents_of import referred
from keguan.runtime.records.removing import forget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import Model, RecordType
    from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class _Batch(ViewerAction[None]):
    undoing_id: int
    record_type: str
    _left: dict[str, set[int]] = field(default_factory=dict, init=False, repr=False)
    _ids: list[int] = field(default_factory=list, init=False, repr=False)

    def check(self) -> None:
        """Nobody else is at this import; other writers of the type wait."""
        Undoing.objects.select_for_update().get(pk=self.undoing_id)
        sequence.take(self.record_type, 0)

    def log(self, result: None) -> Iterable[Record]:
        """Which records; no values."""
        del result
        undoing = Undoing.objects.get(pk=self.undoing_id)
        yield Record(self.name, self.record_type, data={"import": undoing.of_id, "ids": self._ids})

    def _leave(self, record_type: str, ids: Iterable[int]) -> None:
        self._left.setdefault(record_type, set()).update(ids)

    def _keep(self, record_id: int, why: Why, fields: Sequence[str] = ()) -> int:
        row = Kept(undoing_id=self.undoing_id, record_id=record_id, why=why, fields=list(fields))
        Kept.objects.bulk_create([row], ignore_conflicts=True)
        return 1

    @cached_property
    def _model(self) -> Model:
        return policies.current().model

    @cached_property
    def _declared(self) -> RecordType:
        return self._model.record_types[self.record_type]


@dataclass(frozen=True, kw_only=True)
class RemoveBatch(_Batch):
    """Remove what the import created, with what was decided about it and what merely waits for it."""

    name: ClassVar[str] = "imports.undo_created"
    ids: Sequence[int]

    def do(self) -> None:
        """Judge and remove."""
        rows = stored_rows(self._model, self.record_type, self.ids)
        staying = stay(self.viewer, self._model, self.record_type, rows)
        going = [record_id for record_id in rows if record_id not in staying]
        for record_id in going:
            take_out(self._model, self.record_type, rows[record_id])
            for code, ids in referred(self._declared, rows[record_id]).items():
                self._leave(code, ids)
        forget(self._model, self.record_type, going)
        for record_id, why in staying.items():
            self._keep(record_id, why)
        undoing = Undoing.objects.get(pk=self.undoing_id)
        undoing.removed += len(going)
        undoing.kept += len(staying)
        undoing.position = min(self.ids)
        undoing.save(update_fields=["removed", "kept", "position"])
        self._ids.extend(going)

    def announce(self, result: None) -> Iterable[Event]:
        """What the removed records referred to."""
        del result
        gone = set(self._ids)
        left = {code: ids - gone if code == self.record_type else ids for code, ids in self._left.items()}
        upper = {code: tuple(sorted(ids)) for code, ids in left.items() if ids}
        if upper or gone:
            yield RecordsChanged(self.record_type, (), upper, gone=bool(gone))


@dataclass(frozen=True, kw_only=True)
class RestoreBatch(_Batch):
    """Give records that the import changed their values back, field by field where nobody has changed them since."""

    name: ClassVar[str] = "imports.undo_changed"
    befores: Sequence[int]
    _done: list[Edit] = field(default_factory=list, init=False, repr=False)

    def do(self) -> None:
        """The latest first, so that of several changes of one record the earliest has the last word."""
        undoing = Undoing.objects.get(pk=self.undoing_id)
        changes = list(Before.objects.filter(pk__in=self.befores).order_by("-id"))
        held = objections(self.record_type, {each.record_id for each in changes})
        for each in changes:
            row = stored_rows(self._model, self.record_type, [each.record_id]).get(each.record_id)
            if row is None:
                undoing.kept += self._keep(each.record_id, Why.MERGED)
            elif each.record_id in held:
                undoing.kept += self._keep(each.record_id, Why.HELD)
            else:
                left = self._restore(each, row)
                undoing.restored += 1
                if left:
                    undoing.kept += self._keep(each.record_id, Why.FIELDS, left)
        undoing.position = min(self.befores)
        undoing.save(update_fields=["restored", "kept", "position"])

    def announce(self, result: None) -> Iterable[Event]:
        """The changed records, and those they no longer refer to."""
        del result
        if self._done:
            for found in self._done:
                for code, ids in found.left.items():
                    self._leave(code, ids)
            left = {code: tuple(sorted(ids)) for code, ids in self._left.items()}
            yield RecordsChanged(self.record_type, tuple(dict.fromkeys(self._ids)), left)

    def _restore(self, before: Before, row: dict[str, Any]) -> list[str]:
        """Codes that stay as they are."""
        now = texts(self._declared, row)
        change = noted(self.record_type, before)
        own = {code: was for code, (was, became) in change.items() if code in now and now[code] == became}
        given = values(self._declared, own)
        found = edit(self._model, self._declared, row, {code: given[code] for code in own})
        if found.columns and write(found):
            self._done.append(found)
            self._ids.append(before.record_id)
        return sorted(change.keys() - own.keys())
