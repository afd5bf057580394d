"""Correct the mapping, or choose another sheet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.imports import uploads
from keguan.runtime.imports.mapping.layout import choose_sheet, lay_out
from keguan.runtime.imports.mapping.mapping import Mapping, check
from keguan.runtime.imports.mapping.targets import targets
from keguan.runtime.imports.models import Import, State
from keguan.runtime.imports.standing import owned, require_writable
from keguan.runtime.imports.workbook.opening import open_workbook
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.imports.mapping.layout import Layout

_OPEN = (State.READY, State.CHECKED)


@dataclass(frozen=True, kw_only=True)
class Remap(ViewerAction[None]):
    """Say what each column means, or with ``sheet`` read another sheet, whose mapping is guessed again."""

    name: ClassVar[str] = "imports.map"
    import_id: int
    columns: tuple[str | None, ...] | None = None
    sheet: str | None = None

    def run(self) -> None:
        """As every action; another sheet is read before the transaction takes the lock."""
        if self.sheet is not None and owned(self.viewer, self.import_id).state in _OPEN:
            self._layout  # noqa: B018 - kept for later
        super().run()

    def check(self) -> None:
        """Refuse an import that has started, and mappings that cannot work."""
        stored = owned(self.viewer, self.import_id, lock=True)
        if stored.state not in _OPEN:
            raise Refused("imports.started", _("导入已经开始，不能再改对应关系。"))
        if self.columns is not None:
            model = policies.current().model
            every = targets(model, model.record_types[stored.record_type])
            old = Mapping.from_json(stored.mapping)
            check(Mapping(old.sheet, old.heading_row, self.columns), every)
            require_writable(self.viewer, stored.record_type, self.columns, every)

    def do(self) -> None:
        """Store it; an earlier dry run no longer counts."""
        stored = Import.objects.get(pk=self.import_id)
        if self.sheet is not None:
            layout = self._layout
            stored.mapping, stored.headings = layout.mapping.to_json(), list(layout.headings)
            stored.rows = len(layout.sheet.rows) - layout.heading_row
        if self.columns is not None:
            stored.mapping = {**stored.mapping, "columns": list(self.columns)}
        stored.state, stored.trial = State.READY, None
        stored.save(update_fields=["mapping", "headings", "rows", "state", "trial"])
        stored.rejections.filter(trial=True).delete()

    def log(self, result: None) -> Iterable[Record]:
        """The mapping."""
        del result
        stored = Import.objects.get(pk=self.import_id)
        yield Record(self.name, "import", self.import_id, data={"mapping": stored.mapping})

    @cached_property
    def _layout(self) -> Layout:
        stored = Import.objects.get(pk=self.import_id)
        model = policies.current().model
        declared = model.record_types[stored.record_type]
        workbook = open_workbook(uploads.load(stored.file))
        sheet = workbook.read(choose_sheet(workbook, declared, self.sheet))
        return lay_out(sheet, declared, targets(model, declared))
