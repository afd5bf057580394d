"""Finding the sheet and the row of headings, and refusing sheets from which rows cannot be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.imports.mapping.mapping import Mapping, guess
from keguan.runtime.imports.workbook import limits
from keguan.runtime.imports.workbook.cells import FormulaError, text_of
from keguan.runtime.imports.workbook.sheet import area
from keguan.runtime.imports.workbook.unreadable import Unreadable
from keguan.runtime.policies.spoken import spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.model.model import RecordType
    from keguan.runtime.imports.mapping.targets import Target
    from keguan.runtime.imports.workbook.sheet import Sheet, Workbook


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet with its headings found: ``heading_row`` as Excel numbers it, and the guessed mapping."""

    sheet: Sheet
    headings: tuple[str, ...]
    mapping: Mapping

    @property
    def heading_row(self) -> int:
        """Excel's number of the row of headings."""
        return self.mapping.heading_row


def choose_sheet(workbook: Workbook, record_type: RecordType, wanted: str | None = None) -> str:
    """The sheet that was asked for, else the one named like the record type, else the only or first one.

    Raises ``Unreadable`` when there is no such sheet.
    """
    names = workbook.sheet_names
    if wanted is not None:
        if wanted not in names:
            raise Unreadable(
                "no_such_sheet",
                _("文件里没有名为“%(wanted)s”的工作表。它有这些工作表：%(names)s。请从中选择一个。")
                % {"wanted": wanted, "names": _("、").join(names)},
            )
        return wanted
    labels = (record_type.label.zh, record_type.label.en, record_type.code)
    return next((name for name in names if name.strip() in labels), names[0])


def lay_out(sheet: Sheet, record_type: RecordType, targets: Sequence[Target]) -> Layout:
    """The sheet with its row of headings: among the first rows, the one with most known headings.

    Raises ``Unreadable`` when no row fits, when there are no rows below it, or when cells below are merged.
    """
    best, best_found = 0, 0
    best_columns: tuple[str | None, ...] = ()
    for number, row in enumerate(sheet.rows[: limits.HEADING_ROWS]):
        columns = guess([text_of(cell) for cell in row], targets)
        found = sum(code is not None for code in columns)
        if found > best_found:
            best, best_columns, best_found = number, columns, found
    if not best_found:
        raise _wrong_sheet(sheet, record_type, targets)
    _check_merged(sheet, best)
    headings = tuple(text_of(cell) for cell in sheet.rows[best])
    broken = next((place for place, cell in enumerate(sheet.rows[best]) if isinstance(cell, FormulaError)), None)
    if broken is not None:
        raise Unreadable(
            "heading_formula",
            _("第 %(row)s 行第 %(column)s 列的列名是一个出错的公式。请把它改成文字后重新上传。")
            % {"row": best + 1, "column": broken + 1},
        )
    if not any(any(text_of(cell) for cell in row) for row in sheet.rows[best + 1 :]):
        raise Unreadable(
            "no_rows", _("“%(sheet)s”只有列名，没有数据。请填好后重新上传。") % {"sheet": sheet.name or "CSV"}
        )
    return Layout(sheet, headings, Mapping(sheet.name, best + 1, best_columns))


def _check_merged(sheet: Sheet, heading: int) -> None:
    """Merged cells above the headings are a title; from the headings down they hide which row a value belongs to."""
    merged = [each for each in sheet.merged if each[1][0] >= heading]
    if merged:
        raise Unreadable(
            "merged_cells",
            _(
                "“%(sheet)s”里有 %(count)s 处合并单元格（%(areas)s），分不清每一行的值。"
                "请选中它们，取消合并，并在每一行填上值后重新上传。"
            )
            % {
                "sheet": sheet.name,
                "count": len(merged),
                "areas": _("、").join(area(each) for each in merged[:3]),
            },
        )


def _wrong_sheet(sheet: Sheet, record_type: RecordType, targets: Sequence[Target]) -> Unreadable:
    first = next((row for row in sheet.rows if any(text_of(cell) for cell in row)), ())
    seen = _("、").join(text for cell in first[:6] if (text := text_of(cell))) or _("（空）")
    return Unreadable(
        "wrong_sheet",
        _(
            "“%(sheet)s”不像是“%(type)s”的表：前 %(rows)s 行里没有一列认得出来（看到的是：%(seen)s）。"
            "应有“%(expected)s”这样的列名。请选对工作表，或下载模板对照。"
        )
        % {
            "sheet": sheet.name or "CSV",
            "type": record_type.label.text(spoken()),
            "rows": limits.HEADING_ROWS,
            "seen": seen[:80],
            "expected": _("”“").join(target.label.text(spoken()) for target in targets[:3]),
        },
    )
