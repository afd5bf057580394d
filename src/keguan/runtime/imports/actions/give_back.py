"""Give the rejected rows back as a workbook: reasons first, then the row as it was typed."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.imports.models import Import
from keguan.runtime.imports.rejected import Shown, rejected_rows
from keguan.runtime.imports.standing import visible
from keguan.runtime.imports.template import SAFE
from keguan.runtime.ledger.actions import Record, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class GivenBack:
    """The file to download, its name, how many rows are in it, and whether sensitive cells are in clear."""

    file_name: str
    data: bytes
    rows: int
    clear: bool


@dataclass(frozen=True, kw_only=True)
class GiveBack(ViewerAction[GivenBack]):
    """Make the error file of an import, or with ``trial`` of its dry run. Taking it is an entry in the ledger.

    Only the person who uploaded the file gets back what they typed, and only while they may see such information;
    for everybody else sensitive cells are masked.
    """

    name: ClassVar[str] = "imports.give_back"
    import_id: int
    trial: bool = False

    def run(self) -> GivenBack:
        """As every action; many rows take seconds to open, and are opened before the transaction takes the lock."""
        self.check()
        self._made  # noqa: B018 - kept for later
        return super().run()

    def check(self) -> None:
        """Refuse somebody else's import, and one without rejected rows."""
        stored = visible(self.viewer, self.import_id)
        if not stored.rejections.filter(trial=self.trial).exists():
            raise Refused("imports.nothing_back", _("没有退回的行。"))

    def do(self) -> GivenBack:
        """The workbook, which is made by then."""
        return self._made

    @cached_property
    def _made(self) -> GivenBack:
        stored = Import.objects.get(pk=self.import_id)
        rows = rejected_rows(self.viewer, stored, trial=self.trial)
        stream = io.BytesIO()
        import xlsxwriter  # only who writes a workbook waits for it

        with xlsxwriter.Workbook(stream, {"in_memory": True, **SAFE}) as book:
            page = book.add_worksheet(_("退回的行"))
            bold, wrapped, text = (
                book.add_format(each) for each in ({"bold": True}, {"text_wrap": True}, {"num_format": "@"})
            )
            page.freeze_panes(1, 0)
            page.set_column(0, 0, 60, wrapped)
            page.write_row(0, 0, [_("退回原因"), _("原行号"), *stored.headings], bold)
            for number, row in enumerate(rows.rows, 1):
                page.write_string(number, 0, _reasons(row))
                page.write_number(number, 1, row.number)
                for column, cell in enumerate(row.cells, 2):
                    if cell:
                        page.write_string(number, column, cell, text)
        name = f"{PurePath(stored.file_name).stem}-{_('退回的行')}.xlsx"
        return GivenBack(name, stream.getvalue(), len(rows.rows), rows.clear)

    def log(self, result: GivenBack) -> Iterable[Record]:
        """How many rows, and whether sensitive cells were in clear."""
        data = {"rows": result.rows, "clear": result.clear, "trial": self.trial}
        yield Record(self.name, "import", self.import_id, data=data)


def _reasons(row: Shown) -> str:
    return "\n".join(
        _("%(column)s：%(sentence)s") % {"column": problem.column, "sentence": problem.sentence}
        if problem.column
        else problem.sentence
        for problem in row.problems
    )
