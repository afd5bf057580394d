"""Take a file in: read it, find its sheet and headings, guess the mapping, keep it encrypted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from keguan.runtime import clock
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.imports import uploads
from keguan.runtime.imports.mapping.layout import choose_sheet, lay_out
from keguan.runtime.imports.mapping.targets import targets
from keguan.runtime.imports.models import Import
from keguan.runtime.imports.standing import require_importer
from keguan.runtime.imports.workbook.opening import open_workbook
from keguan.runtime.ledger.actions import Record
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.writing import declared_type

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.imports.mapping.layout import Layout
    from keguan.runtime.imports.workbook.sheet import Workbook


_STRAY = timedelta(days=1)
"""An unknown file this old belongs to no upload that is under way."""


@dataclass(frozen=True, kw_only=True)
class Upload(ViewerAction[int]):
    """Upload a file for one record type and return the import's id. Nothing is imported yet.

    Without ``sheet`` the one named like the record type is taken, else the first.
    """

    name: ClassVar[str] = "imports.upload"
    record_type: str
    file_name: str
    data: bytes = field(repr=False)
    sheet: str | None = None

    def run(self) -> int:
        """As every action; a large file takes seconds to read, and is read before the transaction takes the lock."""
        require_importer(self.viewer)
        self._layout  # noqa: B018 - kept for the check
        return super().run()

    def check(self) -> None:
        """Refuse who may not import, files that cannot be read, and sheets of something else."""
        require_importer(self.viewer)
        self._layout  # noqa: B018 - reading it is the check

    def do(self) -> int:
        """Keep the file, encrypted, and what is known of it. Files that died before they were known go."""
        layout = self._layout
        known = set(Import.objects.exclude(file="").values_list("file", flat=True))
        uploads.sweep(known, clock.now() - _STRAY)
        return Import.objects.create(
            record_type=self.record_type,
            file_name=PurePath(self.file_name.replace("\\", "/")).name[-255:] or _("未命名"),
            file=uploads.store(self.data),
            size=len(self.data),
            digest=hashlib.sha256(self.data).hexdigest(),
            sheets=list(self._workbook.sheet_names),
            mapping=layout.mapping.to_json(),
            headings=list(layout.headings),
            rows=len(layout.sheet.rows) - layout.heading_row,
            by_id=self.viewer.staff_id,
            by_unit_id=self.viewer.unit_id,
            by_name=self.viewer.name,
            language=self.viewer.language,
            created_at=clock.now(),
        ).pk

    def log(self, result: int) -> Iterable[Record]:
        """Which file by name and digest, for which record type."""
        stored = Import.objects.get(pk=result)
        data = {"file": stored.file_name, "sha256": stored.digest, "type": self.record_type, "rows": stored.rows}
        yield Record(self.name, "import", result, data=data)

    @cached_property
    def _workbook(self) -> Workbook:
        return open_workbook(self.data)

    @cached_property
    def _layout(self) -> Layout:
        model = policies.current().model
        declared = declared_type(model, self.record_type)
        sheet = self._workbook.read(choose_sheet(self._workbook, declared, self.sheet))
        return lay_out(sheet, declared, targets(model, declared))
