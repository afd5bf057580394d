"""Change one record because the policy says so: what a form carries into it (存入)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.access.sealed_values import Value
from keguan.runtime.ledger.actions import SYSTEM, Record, Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import sequence
from keguan.runtime.records.duplicates import find_duplicates, shown_duplicates
from keguan.runtime.records.editing import Edit, by_code, edit, stored_rows, write
from keguan.runtime.records.events import RecordsChanged
from keguan.runtime.records.objections import require_unheld
from keguan.runtime.records.required import required
from keguan.runtime.records.writing import declared_type, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import ClauseRef, Model, RecordType
    from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class UpdateByPolicy(ViewerAction[bool]):
    """Write values, in storage form, into fields of a record in the system's name. Gives whether anything changed.

    ``viewer`` is the person whose doing brings it about: they need no right to change the record, since the policy
    writes and not they, and are told of a duplicate no more than they may know. ``cause`` goes into the ledger with
    their id. Fields that the policy in force no longer has are left out.
    """

    name: ClassVar[str] = "records.update_by_policy"
    record_type: str
    id: int
    values: Mapping[str, Value | None]
    clause: ClauseRef
    cause: Mapping[str, object]
    _done: list[Edit] = field(default_factory=list, init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "actor", SYSTEM)

    def check(self) -> None:
        """Refuse a record that is gone, one that would lack what it must have, and a duplicate."""
        if not self._written.keys().isdisjoint(self._declared.duplicates):
            sequence.take(self.record_type, 0)  # holds other writers back, before any row is locked, as Update does
        if self._row is None:
            raise Refused("records.not_found", gettext_lazy("没有这份档案，或者它不在您的可见范围内。"))
        require_unheld(self.record_type, (self.id,))
        conditions = required(self._model, self.record_type)
        before = by_code(self._model, self.record_type, self._row)
        known = {each.code for each in conditions.missing(before)}
        after = conditions.missing({**before, **self._written})
        refuse({each.code: _("必须填写。") for each in after if each.code not in known})
        found = find_duplicates(self._model, self.record_type, self._written, but=self.id)
        told = shown_duplicates(self.viewer, self._model, self.record_type, found)
        if told:
            message = gettext_lazy("没有保存：已有相同的档案。")
            raise Refused("records.duplicate", message, {each.field: each.sentence for each in told})

    def do(self) -> bool:
        """Write what differs."""
        if self._row is None:
            return False
        found = edit(self._model, self._declared, self._row, self._written)
        if not found.columns:
            return False
        if not write(found):
            message = gettext_lazy("没有保存：这份档案已被他人改过。请打开最新内容，再改一次。")
            raise Refused("records.stale", message)
        self._done.append(found)
        return True

    def log(self, result: bool) -> Iterable[Record]:
        """The changed fields as every change of a record is logged, by which clause, and who brought it about."""
        del result
        for found in self._done:
            yield Record(
                action=self.name,
                subject_type=self.record_type,
                subject_id=self.id,
                clause=f"{self.clause.pack}#{self.clause.anchor}",
                data={
                    "changes": found.changes,
                    "version": found.version + 1,
                    "by": self.viewer.staff_id,
                    "by_name": self.viewer.name,
                    **self.cause,
                },
            )

    def announce(self, result: bool) -> Iterable[Event]:
        """The changed record, and those it no longer refers to."""
        del result
        for found in self._done:
            yield RecordsChanged(self.record_type, (self.id,), found.left)

    @cached_property
    def _model(self) -> Model:
        return policies.current().model

    @cached_property
    def _declared(self) -> RecordType:
        return declared_type(self._model, self.record_type)

    @cached_property
    def _written(self) -> dict[str, Value | None]:
        known = {each.code for each in self._declared.fields}
        return {code: value for code, value in self.values.items() if code in known}

    @cached_property
    def _row(self) -> dict[str, Any] | None:
        return stored_rows(self._model, self.record_type, [self.id]).get(self.id)
