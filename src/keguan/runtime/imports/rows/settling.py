"""What becomes of a batch of rows: new records, changes, and rows to give back. Nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from keguan.runtime import clock
from keguan.runtime.imports.mapping.targets import targets
from keguan.runtime.imports.rows.duplicates import Duplicates, Purpose
from keguan.runtime.imports.rows.line import Problem
from keguan.runtime.imports.rows.owners import Owners
from keguan.runtime.imports.rows.reading import RowReader
from keguan.runtime.imports.rows.references import References
from keguan.runtime.policies.spoken import spoken
from keguan.runtime.records.objections import objections
from keguan.runtime.records.parents import with_parents
from keguan.runtime.records.required import required

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.imports.mapping.mapping import Mapping
    from keguan.runtime.imports.rows.line import Line
    from keguan.runtime.imports.rows.lookup import Stored
    from keguan.runtime.imports.workbook.cells import Cell


@dataclass(slots=True)
class Settled:
    """The rows of a batch, each in exactly one place; blank rows are in none."""

    create: list[Line] = field(default_factory=list)
    change: list[tuple[Line, Stored]] = field(default_factory=list)
    reject: list[Line] = field(default_factory=list)


class Settler:
    """Settles the batches of one import under one publication of the policy."""

    def __init__(
        self,
        model: Model,
        record_type: str,
        viewer: Viewer,
        mapping: Mapping,
        headings: Sequence[str],
        purpose: Purpose,
    ) -> None:
        declared = model.record_types[record_type]
        self._model = model
        self._type = record_type
        self._today = clock.today()
        self._reader = RowReader(targets(model, declared), mapping, headings, self._today)
        self._required = required(model, record_type)
        self._owners = Owners(viewer)
        self._references = References(model, declared, viewer)
        self._duplicates = Duplicates(model, declared, viewer, purpose)

    def settle(self, rows: Sequence[tuple[int, Sequence[Cell]]]) -> Settled:
        """Settle rows given with their Excel numbers. A fixed number of queries, however many rows."""
        reader, headings = self._reader, self._reader.heading_of
        lines = [reader.read(number, cells) for number, cells in rows if not reader.blank(cells)]
        self._references.settle(lines, headings)
        self._owners.settle(lines, headings)
        good = [line for line in lines if line.good]
        read = with_parents(self._model, self._required.reads, [line.values for line in good])
        for line, values in zip(good, read, strict=True):
            self._complete(line, values)
        changes = self._duplicates.settle(lines, headings)
        held = objections(self._type, {stored.id for stored in changes.values()}) if changes else {}
        settled = Settled()
        for line in lines:
            if line.number in changes and changes[line.number].id in held:
                line.problems.append(Problem("", "", "", held[changes[line.number].id]))
            if not line.good:
                settled.reject.append(line)
            elif line.number in changes:
                settled.change.append((line, changes[line.number]))
            else:
                settled.create.append(line)
        return settled

    def _complete(self, line: Line, values: dict[str, Any]) -> None:
        """Fields that this row makes required, such as the credit code of a firm."""
        for missing in self._required.missing(values, self._today):
            heading = self._reader.heading_of.get(missing.code, missing.label.text(spoken()))
            line.problems.append(Problem(missing.code, heading, "", _("按制度，这一行必须填写此项，请补上。")))
