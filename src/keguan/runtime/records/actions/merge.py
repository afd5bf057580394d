"""Merge a record into another of its type."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import orjson
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime import clock
from keguan.runtime.access import crypto
from keguan.runtime.access.actions import SHORTEST_REASON, ViewerAction
from keguan.runtime.access.viewer import place_of
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import sequence
from keguan.runtime.records.editing import Edit, by_code, edit, stored_rows, write
from keguan.runtime.records.events import RecordsChanged
from keguan.runtime.records.files.counting import counted
from keguan.runtime.records.merging.choosing import differing, usual_choice
from keguan.runtime.records.merging.kept_rows import packed, place, take_out, texts, values
from keguan.runtime.records.merging.repointing import repoint
from keguan.runtime.records.merging.sight import require_both
from keguan.runtime.records.models import Merge
from keguan.runtime.records.objections import objections
from keguan.runtime.records.parents_of import referred
from keguan.runtime.records.required import required
from keguan.runtime.records.writing import clause_of, declared_type, refuse, unwritable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import Model, RecordType
    from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class MergeRecords(ViewerAction[int]):
    """Make two records one: ``kept_id`` survives, ``gone_id`` leads to it from now on. Gives the merge's id.

    ``take`` are the codes of the fields whose values come from the record that goes; None: those that the other lacks,
    and of two values that of the record changed last. Everything that points to the one that goes points to the other:
    references of other records, cases, duties, surveys, consequences, and its files, also where together they are more
    than a field holds. The decisions made about it stay under its id.
    """

    name: ClassVar[str] = "records.merge"
    record_type: str
    kept_id: int
    gone_id: int
    reason: str
    take: Collection[str] | None = None
    _merged: list[tuple[Merge, Edit, dict[str, tuple[int, ...]]]] = field(default_factory=list, init=False, repr=False)

    def check(self) -> None:
        """Refuse one and the same, what is out of sight, what is held, and a result that may not be."""
        if len(self.reason.strip()) < SHORTEST_REASON:
            message = _("请写明合并的依据，至少%(count)s个字。") % {"count": SHORTEST_REASON}
            raise Refused("merge.reason", message, {"reason": message})
        if self.kept_id == self.gone_id:
            raise Refused("merge.same", gettext_lazy("请选择两份不同的档案合并。"))
        sequence.take(self._declared.code, 0)  # holds other writers of the type back, before any row is locked
        both = (self._rows.get(self.kept_id), self._rows.get(self.gone_id))
        require_both(self.viewer, self._model, self.record_type, both)
        held = objections(self.record_type, (self.kept_id, self.gone_id))
        if held:
            raise Refused("merge.held", next(iter(held.values())))
        differ = differing(self._model, self.record_type, self._kept, self._gone)
        refuse({code: _("这一项不能选择。") for code in self._taken if code not in differ})
        refuse(unwritable(self.viewer, self._model, self.record_type, self._taken, place_of(self._kept), self.kept_id))
        conditions = required(self._model, self.record_type)
        before = by_code(self._model, self.record_type, self._kept)
        known = {each.code for each in conditions.missing(before)}
        after = conditions.missing({**before, **self._values})
        refuse({each.code: _("必须填写。") for each in after if each.code not in known})

    def do(self) -> int:
        """Take the one record out, point everything at the other, and give that its values."""
        mine = texts(self._declared, self._kept)
        theirs = texts(self._declared, self._gone)
        taken = {code: [mine[code], theirs[code]] for code in sorted(self._taken)}
        where = place(self.record_type)
        merge = Merge.objects.create(
            record_type=self.record_type,
            kept_id=self.kept_id,
            gone_id=self.gone_id,
            gone=packed(self._model, self.record_type, self._gone),
            taken=crypto.seal(where, self.kept_id, orjson.dumps(taken).decode()),
            reason=self.reason.strip()[:500],
            by_id=self.viewer.staff_id,
            by_name=self.viewer.name,
            at=clock.now(),
        )
        take_out(self._model, self.record_type, self._gone)
        changed = repoint(self._model, merge, place_of(self._kept))
        kept = stored_rows(self._model, self.record_type, [self.kept_id])[self.kept_id]
        files = counted(self._declared, self.kept_id)
        found = edit(self._model, self._declared, kept, {**self._values, **files})
        if found.columns and not write(found):
            raise Refused("records.stale", gettext_lazy("没有合并：保留的档案刚被他人改过。请重新核对。"))
        self._merged.append((merge, found, changed))
        return merge.pk

    def log(self, result: int) -> Iterable[Record]:
        """What was taken over and what was pointed elsewhere; and, under the id that went, where it leads."""
        ((_merge, found, changed),) = self._merged
        data = {
            "merge": result,
            "gone": self.gone_id,
            "reason": self.reason.strip(),
            "taken": sorted(self._taken),
            "changes": found.changes,
            "moved": {code: len(ids) for code, ids in changed.items()},
        }
        clause = clause_of(self._declared)
        yield Record(self.name, self.record_type, self.kept_id, clause, data)
        yield Record("records.merged_into", self.record_type, self.gone_id, clause, {"kept": self.kept_id})

    def announce(self, result: int) -> Iterable[Event]:
        """The surviving record, what referred to the other, and what the other referred to."""
        del result
        ((_merge, found, changed),) = self._merged
        left = dict(found.left)
        for code, ids in referred(self._declared, self._gone).items():
            there = tuple(each for each in ids if (code, each) != (self.record_type, self.gone_id))
            left[code] = (*left.get(code, ()), *there)
        for code, ids in changed.items():
            still = tuple(each for each in ids if (code, each) != (self.record_type, self.gone_id))
            if still:
                yield RecordsChanged(code, still)
        yield RecordsChanged(self.record_type, (self.kept_id,), left, gone=True)

    @cached_property
    def _model(self) -> Model:
        return policies.current().model

    @cached_property
    def _declared(self) -> RecordType:
        return declared_type(self._model, self.record_type)

    @cached_property
    def _rows(self) -> dict[int, dict[str, Any]]:
        return stored_rows(self._model, self.record_type, (self.kept_id, self.gone_id))

    @property
    def _kept(self) -> dict[str, Any]:
        return self._rows[self.kept_id]

    @property
    def _gone(self) -> dict[str, Any]:
        return self._rows[self.gone_id]

    @cached_property
    def _taken(self) -> frozenset[str]:
        if self.take is None:
            return usual_choice(self._model, self.record_type, self._kept, self._gone)
        return frozenset(self.take)

    @cached_property
    def _values(self) -> dict[str, Any]:
        given = values(self._declared, texts(self._declared, self._gone))
        return {code: given[code] for code in self._taken}
