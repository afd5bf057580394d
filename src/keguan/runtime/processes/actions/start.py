"""发起: begin a case over a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime.access.rights import reaches
from keguan.runtime.access.viewer import Place
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes import conditions, forms
from keguan.runtime.processes.acting import CaseAction
from keguan.runtime.processes.completing import Given, carry_out, judge, read
from keguan.runtime.processes.models import TaskState
from keguan.runtime.processes.opening import Beginning, open_case
from keguan.runtime.processes.places import place_of_record
from keguan.runtime.processes.seating import share_for
from keguan.runtime.processes.starting import refused_start, require_impartial
from keguan.runtime.processes.submitting import submitted
from keguan.runtime.records.validation import Typed

if TYPE_CHECKING:
    from keguan.language.model.process import Process
    from keguan.runtime.policies.queries import Current
    from keguan.runtime.processes.models import Task
    from keguan.runtime.processes.standing import Standing


@dataclass(frozen=True, kw_only=True)
class StartCase(CaseAction[int]):
    """Begin a case of a process over a record, and complete its first step at once where that is the viewer's to do
    (``complete``), else keep what was filled in. Gives the case's id.

    ``values``, ``checked``, ``outcome`` and ``opinion`` are the first step's, as ``CompleteStep`` takes them.
    """

    name: ClassVar[str] = "cases.start"
    process: str
    record_id: int
    values: Mapping[str, Typed] = field(default_factory=dict)
    checked: Mapping[str, bool] = field(default_factory=dict)
    opinion: str = ""
    complete: bool = True
    outcome: str = ""

    def check(self) -> None:
        """Refuse an unknown process, a record out of sight, and whoever may not start one."""
        model, place = self._policy.model, self._place
        if place is None or not reaches(self.viewer, self._process.record_type, place, model):
            raise Refused("records.not_found", gettext_lazy("没有这份档案，或者它不在您的可见范围内。"))
        refusal = refused_start(self.viewer, self._process, place)
        if refusal is not None:
            raise refusal

    def do(self) -> int:
        """Begin it. Refuses as ``CompleteStep`` does when the first step is completed with it, and whomever the case is
        about by what stands in its record or form (``cases.recused``).
        """
        place = self._place or Place(None, None)
        new = Beginning(self._policy, self._process, self.record_id, place, self.viewer)
        standing = self.follow(open_case(new, opinion="" if self.complete else self.opinion))
        require_impartial(self.viewer, standing)
        first = self._process.steps[0].code
        task = next((each for each in standing.tasks if each.step == first and each.state == TaskState.OPEN), None)
        if self.viewer.via == "portal":
            submitted(standing, self.viewer)
        elif task is not None:
            self._fill_in(standing, task)
            conditions.forget(standing)
            require_impartial(self.viewer, standing)
        return standing.case.pk

    def _fill_in(self, standing: Standing, task: Task) -> None:
        given = Given(self.outcome, self.values, self.checked, self.opinion)
        if self.complete and (self.values or self._handles(standing, task)):
            carry_out(judge(standing, task, self.viewer, given))
        elif self.values:
            share_for(standing, task, self.viewer)  # only whoever handles the step fills in its form
            entered = read(standing, task, self.viewer, self.values, complete=False)
            forms.store(self.viewer, standing, task, entered, submitted=False)

    def _handles(self, standing: Standing, task: Task) -> bool:
        try:
            share_for(standing, task, self.viewer)
        except Refused:
            return False
        return True

    @cached_property
    def _policy(self) -> Current:
        return policies.current()

    @cached_property
    def _process(self) -> Process:
        found = self._policy.model.blocks.processes.get(self.process)
        if found is None:
            raise Refused("cases.no_process", _("制度里没有这个流程：%(process)s。") % {"process": self.process})
        return found

    @cached_property
    def _place(self) -> Place | None:
        return place_of_record(self._policy.model, self._process.record_type, self.record_id)
