"""Create one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.attachments.keeping import adopt
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import sequence
from keguan.runtime.records.draft import Draft, NewRecord
from keguan.runtime.records.duplicates import find_duplicates, shown_duplicates
from keguan.runtime.records.events import RecordsChanged
from keguan.runtime.records.files.inspecting import inspected_by_field, release
from keguan.runtime.records.inserting import insert
from keguan.runtime.records.placing import place_of, references, unreachable
from keguan.runtime.records.required import required
from keguan.runtime.records.validation import Read, Typed, read
from keguan.runtime.records.writing import clause_of, declared_type, refuse, require, unwritable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.files import FileKind
    from keguan.language.model.model import Model, RecordType
    from keguan.runtime.access.viewer import Place
    from keguan.runtime.attachments.models import Attachment
    from keguan.runtime.attachments.received import Received
    from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class Create(ViewerAction[int]):
    """File a new record from what a person typed, by field code.

    Owner and unit are those of the record it belongs to, else the viewer's, unless given. ``files`` are received ones,
    by the code of the field under which they go: filed with the record or not at all. Gives the new record's id.
    """

    name: ClassVar[str] = "records.create"
    record_type: str
    values: Mapping[str, Typed]
    files: Mapping[str, Sequence[Received]] = field(default_factory=dict)
    owner_id: int | None = None
    unit_id: int | None = None
    _periods: dict[str, tuple[int, ...]] = field(default_factory=dict, init=False, repr=False)
    _kinds: dict[str, list[tuple[Received, FileKind]]] = field(default_factory=dict, init=False, repr=False)
    _attached: list[Attachment] = field(default_factory=list, init=False, repr=False)

    def run(self) -> int:
        """Look at the files first, outside the transaction; none is kept when the record is not filed."""
        try:
            if self.files:
                self._kinds.update(inspected_by_field(self._declared, self.files))
            return super().run()
        except BaseException:
            for each in self.files.values():
                release(each)
            raise

    def check(self) -> None:
        """Refuse what may not be written, every wrong or missing value at once, and duplicates."""
        declared = self._declared
        given = self._read
        refuse(unreachable(self.viewer, self._model, declared, given.values, self._references))
        errors = dict(given.errors)
        require(self.viewer, ("create",), self._place)
        typed = [code for code, value in self.values.items() if value not in (None, "")]
        errors.update(unwritable(self.viewer, self._model, self.record_type, typed, self._place))
        errors.update(unwritable(self.viewer, self._model, self.record_type, self.files, self._place, files=True))
        known = {code: value for code, value in given.values.items() if code not in errors}
        for missing in required(self._model, self.record_type).missing(known):
            errors.setdefault(missing.code, _("必须填写。"))
        refuse(errors)
        sequence.take(self.record_type, 0)  # holds other writers back until both have looked for duplicates
        self._refuse_duplicates()

    def do(self) -> int:
        """Insert it, with its search tokens and periods."""
        (record_id,) = sequence.take(self.record_type)
        draft = Draft(record_id, self._place.owner_id, self._place.unit_id, values=dict(self._read.values))
        draft.values.update({code: len(files) for code, files in self._kinds.items()})
        self._periods.update(insert(self._model, self.record_type, [draft]))
        for code, files in self._kinds.items():
            self._attached.extend(adopt(self.viewer, self.record_type, record_id, code, files))
        return record_id

    def log(self, result: int) -> Iterable[Record]:
        """That it was created, and which fields were filled in; no values."""
        files = [[each.id, each.field, each.kind, each.size, each.checksum] for each in self._attached]
        filled = sorted(code for code, value in self._read.values.items() if value is not None)
        yield Record(
            action=self.name,
            subject_type=self.record_type,
            subject_id=result,
            clause=clause_of(self._declared),
            data={
                "fields": filled,
                "owner": self._place.owner_id,
                "unit": self._place.unit_id,
                **({"files": files} if files else {}),
            },
        )

    def announce(self, result: int) -> Iterable[Event]:
        """The new record, and the periods made for it."""
        yield RecordsChanged(self.record_type, (result,), self._periods, created=True)

    def _refuse_duplicates(self) -> None:
        found = find_duplicates(self._model, self.record_type, self._read.values)
        told = shown_duplicates(self.viewer, self._model, self.record_type, found)
        if told:
            message = gettext_lazy("没有新建：已有相同的档案。")
            raise Refused("records.duplicate", message, {each.field: each.sentence for each in told})

    @cached_property
    def _model(self) -> Model:
        return policies.current().model

    @cached_property
    def _declared(self) -> RecordType:
        return declared_type(self._model, self.record_type)

    @cached_property
    def _read(self) -> Read:
        return read(self._declared, self.values)

    @cached_property
    def _references(self) -> dict[tuple[str, int], Place]:
        return references(self._model, self.record_type, [self._read.values])

    @cached_property
    def _place(self) -> Place:
        new = NewRecord(self._read.values, self.owner_id, self.unit_id)
        return place_of(self.viewer, self._declared, new, self._references)
