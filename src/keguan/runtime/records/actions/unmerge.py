"""Take a merge back."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import orjson
from django.utils.translation import gettext_lazy

from keguan.runtime import clock
from keguan.runtime.access import crypto
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import sequence
from keguan.runtime.records.editing import Edit, edit, stored_rows, write
from keguan.runtime.records.events import RecordsChanged
from keguan.runtime.records.files.counting import counted
from keguan.runtime.records.merging.kept_rows import place, put_back, texts, values
from keguan.runtime.records.merging.repointing import point_back
from keguan.runtime.records.merging.sight import require_both
from keguan.runtime.records.models import Merge
from keguan.runtime.records.objections import objections
from keguan.runtime.records.writing import clause_of, declared_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.language.model.model import Model, RecordType
    from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, slots=True)
class Unmerged:
    """What could not be brought back: ``fields`` of the surviving record that were changed since, and ``rows`` by table
    that were pointed elsewhere since.
    """

    record_id: int
    fields: tuple[str, ...]
    rows: Mapping[str, int]

    @property
    def complete(self) -> bool:
        """Whether everything is as it was."""
        return not self.fields and not self.rows


@dataclass(frozen=True, kw_only=True)
class UndoMerge(ViewerAction[Unmerged]):
    """Bring the merged record back under its id, with everything that pointed to it, as far as nobody has changed it
    since; the surviving record gets its own values again where it still has those it took over.
    """

    name: ClassVar[str] = "records.undo_merge"
    merge_id: int
    _done: list[tuple[Edit, dict[str, tuple[int, ...]]]] = field(default_factory=list, init=False, repr=False)

    def check(self) -> None:
        """Refuse a merge that is undone, one whose surviving record is merged itself, and one out of reach."""
        merge = self._merge
        if merge is None or merge.undone_at is not None:
            raise Refused("merge.over", gettext_lazy("没有这次合并，或者它已经撤销。"))
        sequence.take(merge.record_type, 0)
        if self._kept is None and Merge.objects.filter(
            record_type=merge.record_type, gone_id=merge.kept_id, undone_at__isnull=True
        ):
            raise Refused("merge.chain", gettext_lazy("保留的档案后来又并入了另一份。请先撤销那一次合并。"))
        require_both(self.viewer, self._model, merge.record_type, (self._kept,))
        held = objections(merge.record_type, (merge.kept_id,))
        if held:
            raise Refused("merge.held", next(iter(held.values())))

    def do(self) -> Unmerged:
        """Put it back, point back, give back, and note what stays."""
        merge, declared = self._there, self._declared
        put_back(self._model, merge.record_type, merge.gone_id, bytes(merge.gone))
        changed, rows = point_back(self._model, merge)
        rows_now = stored_rows(self._model, merge.record_type, (merge.kept_id, merge.gone_id))
        kept = rows_now[merge.kept_id]
        back = edit(self._model, declared, rows_now[merge.gone_id], counted(declared, merge.gone_id))
        if back.columns:
            write(back)
        taken: dict[str, list[str | None]] = orjson.loads(
            crypto.open_sealed(place(merge.record_type), merge.kept_id, bytes(merge.taken))
        )
        now = texts(declared, kept)
        own = {code: had for code, (had, got) in taken.items() if code in now and now[code] == got}
        given = values(declared, own)
        files = counted(declared, merge.kept_id)
        found = edit(self._model, declared, kept, {**{code: given[code] for code in own}, **files})
        if found.columns:
            write(found)
        fields = tuple(code for code in taken if code not in own)
        merge.undone_at, merge.undone_by_id, merge.undone_by_name = (
            clock.now(), self.viewer.staff_id, self.viewer.name,
        )  # fmt: skip
        merge.left = [*fields, *(f"{name}: {number}" for name, number in rows.items())]
        merge.save(update_fields=["undone_at", "undone_by_id", "undone_by_name", "left"])
        self._done.append((found, changed))
        return Unmerged(merge.gone_id, fields, rows)

    def log(self, result: Unmerged) -> Iterable[Record]:
        """What came back and what did not, under both ids."""
        ((found, changed),) = self._done
        merge, clause = self._there, clause_of(self._declared)
        data = {
            "merge": merge.pk,
            "gone": merge.gone_id,
            "changes": found.changes,
            "moved": {code: len(ids) for code, ids in changed.items()},
            "left": merge.left,
        }
        yield Record(self.name, merge.record_type, merge.kept_id, clause, data)
        yield Record(self.name, merge.record_type, result.record_id, clause, {"kept": merge.kept_id})

    def announce(self, result: Unmerged) -> Iterable[Event]:
        """Both records, and what refers to the one that is back."""
        ((found, changed),) = self._done
        for code, ids in changed.items():
            yield RecordsChanged(code, ids)
        yield RecordsChanged(self._there.record_type, (self._there.kept_id, result.record_id), found.left)

    @cached_property
    def _merge(self) -> Merge | None:
        return Merge.objects.select_for_update().filter(pk=self.merge_id).first()

    @property
    def _there(self) -> Merge:
        assert self._merge is not None  # noqa: S101 - checked
        return self._merge

    @cached_property
    def _model(self) -> Model:
        return policies.current().model

    @cached_property
    def _declared(self) -> RecordType:
        return declared_type(self._model, self._there.record_type)

    @cached_property
    def _kept(self) -> dict[str, Any] | None:
        there = self._there
        return stored_rows(self._model, there.record_type, [there.kept_id]).get(there.kept_id)
