"""Take what became of each record of a bulk edit away as a workbook."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.ledger.actions import Record
from keguan.runtime.records.bulk.asking import OWNER
from keguan.runtime.records.bulk.results import bulk_results, own
from keguan.runtime.records.models import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keguan.runtime.records.bulk.results import BulkResult

OUTCOMES = {
    Outcome.CHANGED: gettext_lazy("已修改"),
    Outcome.UNCHANGED: gettext_lazy("本来就是这样"),
    Outcome.REFUSED: gettext_lazy("不能改"),
}
"""What became of a record, in words."""

HANDED = OUTCOMES | {Outcome.CHANGED: gettext_lazy("已移交"), Outcome.REFUSED: gettext_lazy("不能移交")}
"""The same of a hand-over."""

_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Results:
    """The file to download, its name, and how many rows are in it."""

    file_name: str
    data: bytes
    rows: int


@dataclass(frozen=True, kw_only=True)
class GiveResults(ViewerAction[Results]):
    """Make the workbook of a bulk edit's results; taking it is an entry in the ledger. Titles are as this viewer sees
    them, and nothing else of the records is in it.
    """

    name: ClassVar[str] = "records.bulk_results"
    edit_id: int

    def check(self) -> None:
        """Refuse somebody else's."""
        own(self.viewer, self.edit_id)

    def do(self) -> Results:
        """The workbook."""
        return self._made

    def log(self, result: Results) -> Iterable[Record]:
        """How many rows."""
        yield Record(self.name, "bulk_edit", self.edit_id, data={"rows": result.rows})

    @cached_property
    def _made(self) -> Results:
        stream, count = io.BytesIO(), 0
        import xlsxwriter  # only who writes a workbook waits for it

        safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with xlsxwriter.Workbook(stream, {"in_memory": True, **safe}) as book:
            hands_over = own(self.viewer, self.edit_id).fields == [OWNER]
            title, outcomes = (_("移交结果"), HANDED) if hands_over else (_("批量修改结果"), OUTCOMES)
            page = book.add_worksheet(title)
            page.freeze_panes(1, 0)
            page.set_column(1, 1, 24)
            page.set_column(3, 3, 60)
            headings = [_("编号"), _("档案"), _("结果"), _("原因")]
            page.write_row(0, 0, headings, book.add_format({"bold": True}))
            for count, each in enumerate(self._rows(), 1):
                page.write_string(count, 0, "" if each.id is None else str(each.id))
                page.write_string(count, 1, each.title.text)
                page.write_string(count, 2, str(outcomes[Outcome(each.outcome)]))
                page.write_string(count, 3, "\n".join(_told(*reason) for reason in each.reasons))
        return Results(f"{title}-{self.edit_id}.xlsx", stream.getvalue(), count)

    def _rows(self) -> Iterator[BulkResult]:
        after = 0
        stored = own(self.viewer, self.edit_id)
        while True:
            ids = list(
                stored.rows.exclude(outcome=Outcome.WAITING)
                .filter(record_id__gt=after)
                .order_by("record_id")
                .values_list("record_id", flat=True)[:_PAGE]
            )
            if not ids:
                return
            yield from bulk_results(self.viewer, self.edit_id, after=after, size=_PAGE)
            after = ids[-1]


def _told(label: str, sentence: str) -> str:
    return _("%(column)s：%(sentence)s") % {"column": label, "sentence": sentence} if label else sentence
