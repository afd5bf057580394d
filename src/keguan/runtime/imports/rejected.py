"""Rejected rows as somebody may see them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import orjson

from keguan.language.model.access import Permission, Right
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.present import present_typed
from keguan.runtime.access.rights import allowed
from keguan.runtime.imports import uploads
from keguan.runtime.imports.actions.batch import place
from keguan.runtime.imports.mapping.mapping import Mapping
from keguan.runtime.imports.mapping.targets import targets
from keguan.runtime.imports.rows.line import Problem
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.imports.mapping.targets import Target
    from keguan.runtime.imports.models import Import, Rejection

PAGE = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """A rejected row: Excel's row number, its reasons, and its cells in the order of the file."""

    number: int
    problems: tuple[Problem, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RejectedRows:
    """Rows in the order of the file; ``clear`` tells whether sensitive cells are in clear."""

    rows: tuple[Shown, ...]
    clear: bool


def rejected_rows(
    viewer: Viewer, stored: Import, *, trial: bool, after: int = 0, size: int | None = None
) -> RejectedRows:
    """Rejected rows beyond row ``after`` of the file, as this viewer may see them. Two queries."""
    found = stored.rejections.filter(trial=trial, row__gt=after).order_by("row")
    with policies.pinned():
        sight = _Sight(viewer, stored)
        rows = tuple(sight.show(rejection) for rejection in (found if size is None else found[:size]))
    return RejectedRows(rows, sight.clear)


class _Sight:
    """What one viewer may see of one import's rows."""

    def __init__(self, viewer: Viewer, stored: Import) -> None:
        self._viewer = viewer
        self._stored = stored
        model = policies.current().model
        self._model_type = model.record_types[stored.record_type]
        self._targets = {target.code: target for target in targets(model, self._model_type)}
        self._columns = Mapping.from_json(stored.mapping).columns
        self._own = viewer.staff_id is not None and viewer.staff_id == stored.by_id
        importing = replace(viewer, grants=tuple(each for each in viewer.grants if "import" in each.operations))
        used = [self._targets[code] for code in self._columns if code in self._targets]
        self.clear = self._own and all(
            allowed(importing, self._owner(target), Right.REVEAL, Exit.IMPORT_ERRORS, model).get(target.field.code)
            is Permission.YES
            for target in used
            if target.field is not None and target.field.sensitive
        )

    def show(self, rejection: Rejection) -> Shown:
        payload = uploads.unseal(place(self._stored.pk, rejection.row), bytes(rejection.payload))
        cells = orjson.loads(payload)
        return Shown(
            rejection.row,
            tuple(self._problem(Problem.from_json(each)) for each in rejection.reasons),
            tuple(self._cell(column, text) for column, text in enumerate(cells)),
        )

    def _cell(self, column: int, text: str) -> str:
        if self.clear or not text:
            return text
        code = self._columns[column] if column < len(self._columns) else None
        target = self._targets.get(code) if code is not None else None
        if target is None:
            # Nobody knows what stands in a column that was not imported: only the uploader gets it back.
            return text if self._own else ""
        return self._typed(target, text)

    def _typed(self, target: Target, text: str) -> str:
        if target.field is None:
            return text
        return present_typed(self._viewer, self._owner(target), target.field.code, text).text

    def _owner(self, target: Target) -> str:
        """The type of record that a column's field belongs to."""
        return self._model_type.code if target.reference is None else str(target.reference.target)

    def _problem(self, problem: Problem) -> Problem:
        """The value is masked already where it is sensitive; others need the right to see its class."""
        target = self._targets.get(problem.code)
        if self._own or not problem.value:
            return problem
        if target is None:  # the policy in force no longer has it, and its class is unknown
            return replace(problem, value="")
        if target.field is None or target.field.sensitive:
            return problem
        return replace(problem, value=self._typed(target, problem.value))
