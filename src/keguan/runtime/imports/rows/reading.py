"""Reading the cells of a row under a mapping, with a sentence for each cell that cannot be taken."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.language.model.model import FieldKind
from keguan.runtime.access.masks import mask
from keguan.runtime.imports.mapping.targets import OWNER
from keguan.runtime.imports.rows.line import Line, Problem
from keguan.runtime.imports.workbook.cells import FormulaError, text_of
from keguan.runtime.records.validation import Invalid, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.model.model import Field
    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.imports.mapping.mapping import Mapping
    from keguan.runtime.imports.mapping.targets import Target
    from keguan.runtime.imports.workbook.cells import Cell
    from keguan.runtime.records.validation import Typed

_REPEATED = frozenset({FieldKind.CHOICE, FieldKind.BOOLEAN, FieldKind.DATE, FieldKind.PERCENT, FieldKind.STAFF})
_REMEMBERED = 20_000
_SHOWN = 40
"""Characters of a cell that a reason repeats."""


class RowReader:
    """Reads the rows of one import. Made once; of the rows it remembers only values that many of them share."""

    def __init__(self, targets: Sequence[Target], mapping: Mapping, headings: Sequence[str], today: date) -> None:
        by_code = {target.code: target for target in targets}
        self._columns = [
            (place, by_code[code]) for place, code in enumerate(mapping.columns) if code is not None and code in by_code
        ]
        self._headings = headings
        self._today = today
        self._known: dict[tuple[str, Cell], Value] = {}
        self.heading_of = {target.code: self._heading(place) for place, target in self._columns}
        """The heading of the column of each target, for problems found later."""

    def blank(self, cells: Sequence[Cell]) -> bool:
        """Whether nothing stands in any mapped column: such rows are passed over in silence."""
        return not any(place < len(cells) and _filled(cells[place]) for place, _target in self._columns)

    def read(self, number: int, cells: Sequence[Cell]) -> Line:
        """The row with everything parsed that can be, and a problem for everything else."""
        line = Line(number, cells)
        width = len(cells)
        for place, target in self._columns:
            cell = cells[place] if place < width else None
            if cell is None or cell == "":
                if target.field is not None and target.reference is None:
                    self._absent(line, place, target)
                continue
            if target.code == OWNER:
                line.owner = text_of(cell)
                continue
            assert target.field is not None  # noqa: S101 - only the owner has none
            try:
                value = self._value(target.field, cell)
            except Invalid as invalid:
                line.problems.append(self._problem(place, target, shown(target.field, text_of(cell)), invalid.sentence))
                continue
            if target.reference is not None:
                if value is not None:
                    line.keys.setdefault(target.reference.code, {})[target.field.code] = value
                continue
            if value is None:
                self._absent(line, place, target)
            else:
                line.values[target.field.code] = value
        return line

    def _absent(self, line: Line, place: int, target: Target) -> None:
        if target.required:
            line.problems.append(self._problem(place, target, "", _("必填，请补上。")))

    def _value(self, field: Field, cell: Cell) -> Value | None:
        if field.kind not in _REPEATED or field.sensitive or cell.__class__ not in (str, date):
            return self._parsed(field, cell)
        # The same few choices and days stand in row after row.
        key = (field.code, cell)
        value = self._known.get(key)
        if value is None and (value := self._parsed(field, cell)) is not None and len(self._known) < _REMEMBERED:
            self._known[key] = value
        return value

    def _parsed(self, field: Field, cell: Cell) -> Value | None:
        if isinstance(cell, FormulaError):
            raise Invalid(_formula_sentence(cell))
        if field.sensitive and isinstance(cell, str) and "*" in cell:
            raise Invalid(_("这里是遮盖后的值，不能导入。请填写原文。"))
        typed: Typed = text_of(cell) if isinstance(cell, time | timedelta) else cell
        return parse(field, typed, self._today)

    def _problem(self, place: int, target: Target, value: str, sentence: str) -> Problem:
        return Problem(target.code, self._heading(place), value, sentence)

    def _heading(self, place: int) -> str:
        heading = self._headings[place] if place < len(self._headings) else ""
        return heading or _("第 %(column)s 列") % {"column": place + 1}


def shown(field: Field, text: str) -> str:
    """A cell as a reason may repeat it: cut short, and masked when the field is sensitive."""
    if field.sensitive:
        return mask(field.kind, text) if text else ""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _formula_sentence(error: FormulaError) -> str:
    if not error.code:
        return _("公式没有保存计算结果。请在 Excel 中打开并保存一次，或把公式粘贴为数值。")
    return _("公式出错（%(code)s）。请修正公式，或把它粘贴为数值。") % {"code": error.code}


def _filled(cell: Cell) -> bool:
    return cell is not None and cell != "" and not (isinstance(cell, str) and not cell.strip())
