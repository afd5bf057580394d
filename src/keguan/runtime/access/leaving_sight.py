"""What leaves the house on paper or in a file: what may be seen, as far as the right to take it out goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.access import Permission
from keguan.runtime.access.granted import GENEROUS
from keguan.runtime.access.present import Sight
from keguan.runtime.access.viewer import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.language.model.access import Right
    from keguan.language.model.model import Model, RecordType
    from keguan.runtime.access.exits import Exit
    from keguan.runtime.access.present import Row
    from keguan.runtime.access.viewer import Viewer


class LeavingSight(Sight):
    """A sight bound by a second right (导出, 打印) on each record: nothing leaves more openly than it is seen, and what
    needs an approval leaves only where it is ``approved``. A sensitive value leaves masked, approved or not.
    """

    def __init__(
        self,
        viewer: Viewer,
        record_type: RecordType | str,
        through: Exit,
        right: Right,
        codes: Iterable[str] | None = None,
        model: Model | None = None,
        *,
        approved: bool = False,
    ) -> None:
        """Raises ``KeyError`` for an unknown record type or code."""
        super().__init__(viewer, record_type, through, codes, model)
        self._right = right
        self._approved = approved
        self._leaving: dict[tuple[object, ...], Mapping[str, Permission]] = {}

    def permissions_on(self, row: Row) -> Mapping[str, Permission]:
        """How each may leave of this very record, by code; what may not is left out."""
        at = (row["owner_id"], row["unit_id"], *(row.get(each) for each in self._conditions))
        found = self._leaving.get(at)
        if found is None:
            found = self._leaving[at] = self._worked_out(row)
        return found

    def _worked_out(self, row: Row) -> Mapping[str, Permission]:
        seen = super().permissions_on(row)
        met = frozenset(each for each in self._conditions if row.get(each))
        place = Place(row["owner_id"], row["unit_id"], met)
        covering = [each for each in self._granted if each.covers(place)]
        leaving = {}
        for column in self.columns:
            if column.code not in seen:
                continue
            given = max(
                (each.gives(self._right, column) for each in covering), key=GENEROUS.index, default=Permission.NO
            )
            if given is Permission.APPROVAL:
                given = Permission.YES if self._approved else Permission.NO
            if given is not Permission.NO:
                leaving[column.code] = min(given, seen[column.code], key=GENEROUS.index)
        return leaving
