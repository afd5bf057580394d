"""Take a small table of figures away: a dashboard, statistics of cases. One file at once, and the ledger keeps that."""

from __future__ import annotations

import hashlib
import io
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.access.formatting import moment
from keguan.runtime.access.rights import may
from keguan.runtime.exports.forms import Cover, Form, delimited, spreadsheet
from keguan.runtime.ledger.actions import Record, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.exports.forms import Writer

MOST_ROWS = 20_000
_WRITERS: dict[Form, Writer] = {Form.XLSX: spreadsheet.write, Form.CSV: delimited.write}
_TOKEN_BITS = 62


@dataclass(frozen=True, slots=True)
class Table:
    """What a page shows as figures. The cells are what the viewer was shown, in the viewer's language."""

    code: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class TableFile:
    """The file. ``digest`` is its SHA-256, ``mark`` stands in it, and both stand in the ledger."""

    data: bytes
    digest: str
    mark: str


@dataclass(frozen=True, kw_only=True)
class ExportTable(ViewerAction[TableFile]):
    """Make a file of a table that the viewer sees, for ``address``.

    Raises ``Refused``: ``exports.not_permitted`` without the right to export, ``exports.form`` for another kind of
    file, ``exports.too_long`` for very many rows.
    """

    name: ClassVar[str] = "exports.table"
    table: Table
    form: str
    address: str = ""

    def check(self) -> None:
        """Refuse who may not export, and what cannot be one file."""
        if self.viewer.staff_id is None or not may(self.viewer, "export"):
            raise Refused("exports.not_permitted", _("按制度，您的岗位不能导出数据。确有需要时，请联系本部门负责人。"))
        if self.form not in _WRITERS:
            raise Refused("exports.form", _("请选择 Excel 或 CSV。"))
        if len(self.table.rows) > MOST_ROWS:
            sentence = _("统计表最多导出 %(most)s 行。请缩小范围。")
            raise Refused("exports.too_long", sentence % {"most": f"{MOST_ROWS:,}"})

    def do(self) -> TableFile:
        """Write the file."""
        token = secrets.randbits(_TOKEN_BITS) | 1
        words = f"{self.viewer.name} {self.viewer.unit_name} {moment(clock.now(), self.viewer.language)}"
        cover = Cover(self.table.title, words, token, self.table.headings, len(self.table.rows))
        sink = io.BytesIO()
        _WRITERS[Form(self.form)](sink, cover, [list(self.table.rows)])
        data = sink.getvalue()
        return TableFile(data, hashlib.sha256(data).hexdigest(), f"{token:016x}")

    def log(self, result: TableFile) -> Iterable[Record]:
        """Person, time, place, which table, and by what the file is known again; no figure."""
        data = {
            "table": self.table.code,
            "form": self.form,
            "rows": len(self.table.rows),
            "mark": result.mark,
            "digest": result.digest,
            "address": self.address,
            "unit": self.viewer.unit_name,
        }
        yield Record(self.name, "table", self.table.code, data=data)
