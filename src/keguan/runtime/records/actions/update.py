"""Change one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.language.model.access import Right
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.access.formatting import moment
from keguan.runtime.access.permits_door import spent
from keguan.runtime.access.rights import reaches
from keguan.runtime.access.viewer import Place, place_of
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import sequence
from keguan.runtime.records.duplicates import find_duplicates, shown_duplicates
from keguan.runtime.records.editing import Edit, by_code, edit, stored_rows, untouched, write
from keguan.runtime.records.events import RecordsChanged, Verified
from keguan.runtime.records.objections import require_unheld
from keguan.runtime.records.placing import references, unreachable
from keguan.runtime.records.required import required
from keguan.runtime.records.validation import Read, Typed, read
from keguan.runtime.records.writing import clause_of, declared_type, refuse, require_edit, unwritable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import Model, RecordType
    from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class Update(ViewerAction[int]):
    """Change the given fields of a record. ``version`` is the one that the person saw. Gives the new version.

    A masked value that comes back as it was shown leaves its field as it is.
    """

    name: ClassVar[str] = "records.update"
    record_type: str
    id: int
    version: int
    values: Mapping[str, Typed]
    _done: list[Edit] = field(default_factory=list, init=False, repr=False)
    _spent: list[Record] = field(default_factory=list, init=False, repr=False)

    def check(self) -> None:
        """Refuse a record out of sight or changed meanwhile, and every value that is wrong or may not be written."""
        declared = self._declared
        if not self.values.keys().isdisjoint(declared.duplicates):
            sequence.take(self.record_type, 0)  # holds other writers back, before any row is locked, as Create does
        if self._row is None or not reaches(self.viewer, self.record_type, self._place, self._model):
            raise Refused("records.not_found", gettext_lazy("没有这份档案，或者它不在您的可见范围内。"))
        require_edit(self.viewer, self._model, self.record_type, self._typed, self._place, self.id)
        require_unheld(self.record_type, (self.id,))
        if self._row["version"] != self.version:
            self._refuse_stale()
        errors = dict(self._read.errors)
        found = references(self._model, self.record_type, [self._read.values])
        errors.update(unreachable(self.viewer, self._model, declared, self._read.values, found))
        errors.update(unwritable(self.viewer, self._model, self.record_type, self._typed, self._place, self.id))
        errors = {**self._newly_missing(), **errors}
        refuse(errors)
        self._refuse_duplicates()

    def do(self) -> int:
        """Write what differs. Nothing is written, and the version stays, when nothing does."""
        if self._row is None:
            return self.version
        found = edit(self._model, self._declared, self._row, self._read.values)
        if not found.columns:
            return self.version
        about = (self.record_type, list(found.changes), Right.CHANGE, self._place, self.id, self._model)
        self._spent.extend(spent(self.viewer, *about))
        if not self._write(found):
            self._refuse_stale()
        self._done.append(found)
        return self.version + 1

    def log(self, result: int) -> Iterable[Record]:
        """The changed fields, with old and new value where they are neither sensitive nor long."""
        for found in self._done:
            yield Record(
                action=self.name,
                subject_type=self.record_type,
                subject_id=self.id,
                clause=clause_of(self._declared),
                data={"changes": found.changes, "version": result},
            )
        yield from self._spent

    def announce(self, result: int) -> Iterable[Event]:
        """That it was verified, the changed record, and those it no longer refers to."""
        del result
        for found in self._done:
            if self._declared.verified in found.changes and self._read.values[self._declared.verified] is not None:
                yield Verified(self.record_type, self.id, self.viewer.staff_id)
            yield RecordsChanged(self.record_type, (self.id,), found.left)

    def _write(self, found: Edit) -> bool:
        return write(found)

    def _newly_missing(self) -> dict[str, str]:
        """Fields that this change makes required, or empties; what was missing before may stay so."""
        if self._row is None:
            return {}
        conditions = required(self._model, self.record_type)
        before = by_code(self._model, self.record_type, self._row)
        known = {each.code for each in conditions.missing(before)}
        after = conditions.missing({**before, **self._read.values})
        return {each.code: _("必须填写。") for each in after if each.code not in known}

    def _refuse_duplicates(self) -> None:
        found = find_duplicates(self._model, self.record_type, self._read.values, but=self.id)
        told = shown_duplicates(self.viewer, self._model, self.record_type, found)
        if told:
            message = gettext_lazy("没有保存：已有相同的档案。")
            raise Refused("records.duplicate", message, {each.field: each.sentence for each in told})

    def _refuse_stale(self) -> None:
        """Tell who was quicker, from the ledger."""
        filters = ledger.EntryFilters(subject_type=self.record_type, subject_id=str(self.id), action="records.update")
        last = ledger.entries_page(filters=filters, size=1).entries
        if last:
            message = _("没有保存：%(name)s已在%(time)s改过这份档案。请打开最新内容，再改一次。") % {
                "name": last[0].actor_name,
                "time": moment(last[0].at, self.viewer.language),
            }
        else:
            message = _("没有保存：这份档案已被他人改过。请打开最新内容，再改一次。")
        raise Refused("records.stale", message)

    @cached_property
    def _model(self) -> Model:
        return policies.current().model

    @cached_property
    def _declared(self) -> RecordType:
        return declared_type(self._model, self.record_type)

    @cached_property
    def _row(self) -> dict[str, Any] | None:
        return stored_rows(self._model, self.record_type, [self.id]).get(self.id)

    @cached_property
    def _place(self) -> Place:
        return Place(None, None) if self._row is None else place_of(self._row)

    @cached_property
    def _typed(self) -> dict[str, Typed]:
        same = untouched(self._declared, self._row or {}, self.values)
        return {code: value for code, value in self.values.items() if code not in same}

    @cached_property
    def _read(self) -> Read:
        return read(self._declared, self._typed, complete=False)
