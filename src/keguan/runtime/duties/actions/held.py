"""A duty taken in hand by a viewer: found, locked, and how they stand to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.language.model.naming import LARGEST_ID
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.duties.lines import line_of
from keguan.runtime.duties.models import Duty, DutyState
from keguan.runtime.duties.rights import standing
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from keguan.runtime.duties.lines import Line
    from keguan.runtime.duties.rights import Standing

T = TypeVar("T")

SHORTEST_REASON = 2
"""Characters that a reason must have at least."""


@dataclass(frozen=True, kw_only=True)
class DutyAction(ViewerAction[T]):
    """Something that a viewer does to one duty. Who was quicker is told to whoever comes second."""

    duty_id: int

    @cached_property
    def _duty(self) -> Duty:
        if not 0 < self.duty_id <= LARGEST_ID:
            raise _not_found()
        found = Duty.objects.select_for_update().filter(pk=self.duty_id).first()
        if found is None:
            raise _not_found()
        return found

    @cached_property
    def _model(self) -> Model:
        return policies.at(self._duty.publication_id).model

    @cached_property
    def _line(self) -> Line:
        return line_of(self._model, self._duty.duty, self._duty.row)

    @cached_property
    def _standing(self) -> Standing:
        return standing(self.viewer, self._model, self._line, self._duty)

    def _open(self) -> None:
        """Refuse a duty out of sight, and one that is not open any more."""
        if not self._standing.known:
            raise _not_found()
        if self._duty.state != DutyState.OPEN:
            raise over(self._duty)

    def _mine(self) -> None:
        """Refuse a duty that the viewer cannot discharge."""
        self._open()
        if not self._standing.mine:
            raise Refused("duties.not_yours", gettext_lazy("这项待办不归您办，也不归您代理的人办。"))

    def _above(self, reason: str) -> None:
        """Refuse whoever does not stand above those who owe it, and a missing reason."""
        self._open()
        if not self._standing.above or (self._standing.mine and self._standing.for_id is None):
            raise Refused("duties.not_above", gettext_lazy("免办和撤销由上级决定：部门负责人，或逾期时报告的人。"))
        if len(reason.strip()) < SHORTEST_REASON:
            message = gettext_lazy("请写明理由。")
            raise Refused("duties.reason", message, {"reason": message})

    def _entry(self, action: str, **facts: object) -> Record:
        duty = self._duty
        about = {"duty": duty.duty, "record": [duty.record_type, duty.record_id]}
        return Record(action, "duty", duty.pk, duty.clause, about | facts)


def over(duty: Duty) -> Refused:
    """It is not open any more: who closed it, and how."""
    how = {
        DutyState.DONE: _("已经办结"),
        DutyState.EXEMPTED: _("已经免办"),
        DutyState.CANCELLED: _("已经撤销"),
    }.get(DutyState(duty.state), "")
    by = duty.done_by_name or _("系统")
    return Refused("duties.stale", _("没有办成：这项待办%(how)s（%(by)s）。") % {"how": how, "by": by})


def _not_found() -> Refused:
    return Refused("duties.not_found", gettext_lazy("没有这项待办，或者它不在您的可见范围内。"))
