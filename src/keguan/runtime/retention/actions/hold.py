"""封存: keeping records from being destroyed, merged or changed, and ending that."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime import clock
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.access.rights import may, reaches, visible
from keguan.runtime.access.viewer import Place
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.policies.queries import current
from keguan.runtime.retention.actions.appraise import written_reason
from keguan.runtime.retention.aside import stored
from keguan.runtime.retention.models import Hold, HoldKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

MOST = 200
"""Records that are held at once by name."""


@dataclass(frozen=True, kw_only=True)
class HoldRecords(ViewerAction[int]):
    """Hold records, each for itself or with all that refers to it, until a day or until lifted. Gives how many."""

    name: ClassVar[str] = "retention.hold"
    record_type: str
    ids: tuple[int, ...]
    reason: str
    everything: bool = False
    until: date | None = None

    def check(self) -> None:
        """Refuse whoever may not, records out of sight, a day gone by and a missing reason."""
        if not may(self.viewer, "hold"):
            raise Refused("retention.not_permitted", gettext_lazy("您的岗位不能封存档案。"))
        written_reason(self.reason)
        if self.until is not None and self.until < clock.today():
            message = _("最后一天已经过去，请写今天或以后的日期，或者空着。")
            raise Refused("retention.until", message, {"until": message})
        model = current().model
        if self.record_type not in model.record_types or not visible(self.viewer, self.record_type, model):
            raise Refused("records.type", gettext_lazy("没有这类档案，或者您无权查看。"))
        if not self.ids or len(self.ids) > MOST or len(self._places) != len(set(self.ids)):
            raise Refused("records.not_found", gettext_lazy("没有这份档案，或者它不在您的可见范围内。"))
        if not all(reaches(self.viewer, self.record_type, place, model) for place in self._places.values()):
            raise Refused("records.not_found", gettext_lazy("没有这份档案，或者它不在您的可见范围内。"))

    def do(self) -> int:
        """Hold them from today."""
        Hold.objects.bulk_create(
            Hold(
                kind=HoldKind.HELD,
                record_type=self.record_type,
                record_id=each,
                everything=self.everything,
                reason=self.reason.strip()[:500],
                since=clock.today(),
                until=self.until,
                by_id=self.viewer.staff_id,
                by_name=self.viewer.name,
                at=clock.now(),
            )
            for each in sorted(set(self.ids))
        )
        return len(set(self.ids))

    def log(self, result: int) -> Iterable[Record]:
        """One entry for each record."""
        del result
        until = None if self.until is None else self.until.isoformat()
        for each in sorted(set(self.ids)):
            data = {"reason": self.reason.strip(), "everything": self.everything, "until": until}
            yield Record(self.name, self.record_type, each, data=data)

    @cached_property
    def _places(self) -> dict[int, Place]:
        from keguan.runtime.access.viewer import place_of

        rows = stored(current().model, self.record_type, set(self.ids))
        return {row["id"]: place_of(row) for row in rows}


@dataclass(frozen=True, kw_only=True)
class LiftHold(ViewerAction[None]):
    """End a hold. Only somebody else than whoever put it may."""

    name: ClassVar[str] = "retention.lift"
    hold_id: int
    reason: str

    def check(self) -> None:
        """Refuse whoever may not, the holder, a hold that is over, and a missing reason."""
        if not may(self.viewer, "hold"):
            raise Refused("retention.not_permitted", gettext_lazy("您的岗位不能解除封存。"))
        if self._hold is None:
            raise Refused("retention.no_hold", gettext_lazy("没有这项封存，或者它已经解除。"))
        if self.viewer.staff_id is None or self._hold.by_id == self.viewer.staff_id:
            raise Refused("retention.own_hold", gettext_lazy("自己封存的不能自己解除，请由另一个人解除。"))
        written_reason(self.reason)

    def do(self) -> None:
        """Note who lifted it and why."""
        assert self._hold is not None  # noqa: S101 - checked
        self._hold.lifted_at, self._hold.lifted_by_id = clock.now(), self.viewer.staff_id
        self._hold.lifted_by_name, self._hold.lifted_reason = self.viewer.name, self.reason.strip()[:500]
        self._hold.save(update_fields=["lifted_at", "lifted_by_id", "lifted_by_name", "lifted_reason"])

    def log(self, result: None) -> Iterable[Record]:
        """Which, and why."""
        del result
        assert self._hold is not None  # noqa: S101 - checked
        data = {"reason": self.reason.strip(), "hold": self._hold.pk}
        yield Record(self.name, self._hold.record_type, self._hold.record_id, data=data)

    @cached_property
    def _hold(self) -> Hold | None:
        return (
            Hold.objects.select_for_update().filter(pk=self.hold_id, kind=HoldKind.HELD, lifted_at__isnull=True).first()
        )
