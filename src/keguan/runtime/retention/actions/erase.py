"""A person asks for erasure (PIPL Art. 47): all about them is only stored at once, and destroyed when it may be."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy

from keguan.runtime import clock
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.access.rights import may, reaches
from keguan.runtime.access.viewer import place_of
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.policies.queries import current
from keguan.runtime.processes.models import Case, CaseState
from keguan.runtime.records.classes import attribute, rows_of
from keguan.runtime.records.layout import record_columns
from keguan.runtime.retention.actions.appraise import written_reason
from keguan.runtime.retention.archiving import set_aside
from keguan.runtime.retention.holding import below, held
from keguan.runtime.retention.keeping import kept_now, whole_of
from keguan.runtime.retention.models import AsideReason
from keguan.runtime.retention.referring import left, parents_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Place
    from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, slots=True)
class Erased:
    """What became of one record: ``until`` is the day up to which a term keeps it, None while nobody can say; a day
    that has come means that it goes into the next batch of destruction.
    """

    record_type: str
    record_id: int
    until: date | None


@dataclass(frozen=True, kw_only=True)
class EraseSubject(ViewerAction[tuple[Erased, ...]]):
    """Erase a record and all that refers to it, because the person whom it is about asked for it.

    All of it is out of sight and use at once. What no term keeps any more comes into a batch of destruction, with
    approval and witnesses; the rest stays stored, protected and untouched until its term is over, and follows then.
    """

    name: ClassVar[str] = "retention.erase"
    record_type: str
    id: int
    reason: str

    def check(self) -> None:
        """Refuse whoever may not, a record out of sight, held records, and an open case about any of them."""
        if not may(self.viewer, "dispose"):
            raise Refused("retention.not_permitted", gettext_lazy("您的岗位不办理档案的保存与销毁。"))
        written_reason(self.reason)
        model = self._model
        place = self._place if self.record_type in model.record_types else None
        if place is None or not reaches(self.viewer, self.record_type, place, model):
            raise Refused("records.not_found", gettext_lazy("没有这份档案，或者它不在您的可见范围内。"))
        for record_type, ids in self._all.items():
            if held(model, record_type, ids):
                raise Refused(
                    "retention.held", gettext_lazy("没有删除：这份档案或者与它有关的档案正在封存中，解除以前不能删除。")
                )
            open_ = Case.objects.filter(record_type=record_type, record_id__in=ids, state=CaseState.OPEN)
            if open_.exists():
                raise Refused(
                    "retention.open_case", gettext_lazy("没有删除：还有未办结的案件。请先办结或终止它们，再来删除。")
                )

    def do(self) -> tuple[Erased, ...]:
        """Set everything aside, each with the term that keeps it."""
        found = []
        for record_type, ids in sorted(self._all.items()):
            kept = kept_now(self._model, record_type, ids)
            terms = {each: whole_of(kept.get(each, ())) for each in ids}
            for target, upper in parents_of(self._model, record_type, ids).items():
                self._left.setdefault(target, set()).update(upper - self._all.get(target, set()))
            moved = set_aside(
                self._model, record_type, terms, AsideReason.ERASURE, self.viewer, self.reason.strip()[:500]
            )
            for each in sorted(moved):
                term = terms[each]
                found.append(Erased(record_type, each, clock.today() if term is None else term.due_on))
        return tuple(found)

    _left: dict[str, set[int]] = field(default_factory=dict, init=False, repr=False)

    def log(self, result: tuple[Erased, ...]) -> Iterable[Record]:
        """That it was asked for and why; of each record until when it is stored."""
        days = [
            [each.record_type, each.record_id, None if each.until is None else each.until.isoformat()]
            for each in result
        ]
        yield Record(self.name, self.record_type, self.id, data={"reason": self.reason.strip(), "stored": days})

    def announce(self, result: tuple[Erased, ...]) -> Iterable[Event]:
        """What they referred to counts them no more."""
        del result
        yield left(self.record_type, self._left)

    @cached_property
    def _model(self) -> Model:
        return current().model

    @cached_property
    def _all(self) -> dict[str, set[int]]:
        return below(self._model, {self.record_type: {self.id}})

    @cached_property
    def _place(self) -> Place | None:
        names = ("id", *(column.name for column in record_columns(self._model, self.record_type)))
        row = rows_of(self._model, self.record_type).filter(id=self.id).values_list(*map(attribute, names)).first()
        return None if row is None else place_of(dict(zip(names, row, strict=True)))
