"""Print a record: what may leave on paper, with who printed it and when, and the ledger keeps that it was."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.language.model.access import Permission, Right
from keguan.language.model.naming import LARGEST_ID
from keguan.runtime import clock
from keguan.runtime.access import permits_door
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.access.columns import columns
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.formatting import moment
from keguan.runtime.access.leaving_sight import LeavingSight
from keguan.runtime.access.rights import allowed, reaches
from keguan.runtime.access.viewer import place_of
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.permits.standing import spend
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.lists import require_visible
from keguan.runtime.records.shown_rows import Names, rows_by_id

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from keguan.language.model.model import Model
    from keguan.runtime.access.shown import Shown


@dataclass(frozen=True, slots=True)
class PrintedRecord:
    """A record on paper: label and value of each field that may be on it; ``words`` is the mark on every page."""

    record_type: str
    type_label: str
    title: str
    lines: tuple[tuple[str, Shown], ...]
    words: str
    clause: str


@dataclass(frozen=True, kw_only=True)
class PrintRecord(ViewerAction[PrintedRecord]):
    """Print one record, at ``address``. What needs an approval is on the sheet where a permit of the viewer stands for
    it, which is then used once.
    """

    name: ClassVar[str] = "records.print"
    record_type: str
    id: int
    address: str = ""
    _spent: list[Record] = field(default_factory=list, init=False, repr=False, compare=False)

    def check(self) -> None:
        """Refuse a record out of sight, and one of which nothing may be printed."""
        require_visible(self.viewer, self._model, self.record_type)
        if self._row is None or not reaches(self.viewer, self.record_type, place_of(self._row), self._model):
            raise Refused("records.not_found", _("没有这份档案，或者它不在您的可见范围内。"))
        if not self._permissions:
            raise Refused("records.not_printable", _("按制度，您不能打印这类档案。"))
        if not self._approved and not any(each is not Permission.APPROVAL for each in self._permissions.values()):
            raise Refused("records.needs_permit", _("打印这类档案要先经审批。请申请打印。"))

    def do(self) -> PrintedRecord:
        """What is on the sheet."""
        row = self._row or {}
        if self._approved:
            self._spent.extend(spend(self.viewer, Right.PRINT, self.record_type, ("",), self.id))
        codes = list(self._permissions)
        sight = LeavingSight(
            self.viewer, self.record_type, Exit.PRINT, Right.PRINT, codes, self._model, approved=self._approved
        )
        names = Names(self._model)
        names.learn([(sight.columns, [row])])
        shown = sight.show(row, names.related)
        declared, language = self._model.record_types[self.record_type], self.viewer.language
        title = shown.get(declared.title)
        return PrintedRecord(
            record_type=self.record_type,
            type_label=declared.label.text(language),
            title=title.text if title is not None and title.state == "plain" else f"#{self.id}",
            lines=tuple(
                (column.label.text(language), shown[column.code])
                for column in sight.columns
                if shown[column.code].state not in ("hidden", "empty")
            ),
            words=f"{self.viewer.name} {self.viewer.unit_name} {moment(clock.now(), language)}",
            clause=f"{declared.clause.pack}#{declared.clause.anchor}",
        )

    def log(self, result: PrintedRecord) -> Iterable[Record]:
        """Person, time, place and which record."""
        place = {"address": self.address, "unit": self.viewer.unit_name}
        yield Record(self.name, self.record_type, self.id, result.clause, {"fields": list(self._permissions), **place})
        yield from self._spent

    @cached_property
    def _approved(self) -> bool:
        """Whether something waits for an approval, and a permit gives it."""
        waiting = any(each is Permission.APPROVAL for each in self._permissions.values())
        return waiting and permits_door.stands(self.viewer, Right.PRINT, self.record_type, "", self.id)

    @cached_property
    def _permissions(self) -> dict[str, Permission]:
        return dict(allowed(self.viewer, self.record_type, Right.PRINT, Exit.PRINT, self._model))

    @cached_property
    def _row(self) -> dict[str, Any] | None:
        if not 0 < self.id <= LARGEST_ID:
            return None
        codes = list(columns(self._model, self.record_type))
        return next(iter(rows_by_id(self._model, self.record_type, (self.id,), codes)), None)

    @cached_property
    def _model(self) -> Model:
        return policies.current().model
