"""Runs of an allocation: begun, confirmed or submitted, given up."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.language.model.allocation import Method
from keguan.runtime import clock
from keguan.runtime.access.actions import SHORTEST_REASON, ViewerAction
from keguan.runtime.access.rights import may
from keguan.runtime.access.viewer import system_viewer
from keguan.runtime.allocations.models import OPEN, Run, RunState
from keguan.runtime.allocations.periods import period_of
from keguan.runtime.jobs.actions import enqueue
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.actions import StartCase
from keguan.runtime.processes.models import Case
from keguan.runtime.records.actions import Create

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.allocation import Allocation
    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Viewer

OPERATION = "allocate"
_OPEN = gettext_lazy("上一次分配还没有办完。请先确认或撤回它。")
DRAFT_JOB, HAND_OVER_JOB = "allocations.work_out", "allocations.hand_over"


@dataclass(frozen=True, kw_only=True)
class BeginRun(ViewerAction[int]):
    """Have an allocation worked out for the period of today; gives the run's id. Nobody gets anything yet."""

    name: ClassVar[str] = "allocations.begin"
    allocation: str
    wake: bool = True
    _jobs: list[int] = field(default_factory=list, init=False, repr=False)

    def check(self) -> None:
        """Refuse without the operation, for a pool from which people claim, and while another run is open or done."""
        require_allocate(self.viewer)
        if self._declared.method is Method.CLAIM:
            raise Refused("allocations.claimed", gettext_lazy("这是由人认领的公海，不用分配。"))
        if Run.objects.filter(allocation=self.allocation, state__in=OPEN).exists():
            raise Refused("allocations.open", _OPEN)
        done = Run.objects.filter(allocation=self.allocation, period=self._period, state=RunState.DONE)
        if self._declared.frequency is not None and done.exists():
            message = _("“%(label)s”%(period)s 已经分过了。")
            raise Refused("allocations.done", message % {"label": self._declared.label.zh, "period": self._period})

    def do(self) -> int:
        """Note it and put the work in the queue."""
        run = Run(
            allocation=self.allocation,
            record_type=self._declared.record_type,
            publication_id=policies.current().publication_id,
            period=self._period,
            on=clock.today(),
            by_id=self.viewer.staff_id,
            by_name=self.viewer.name,
            at=clock.now(),
        )
        try:
            with transaction.atomic():
                run.save()
        except IntegrityError:  # somebody else began one at this very moment
            raise Refused("allocations.open", _OPEN) from None
        run.job_id = enqueue(DRAFT_JOB, {"run_id": run.pk}, self.viewer.staff_id, wake=self.wake)
        run.save(update_fields=["job_id"])
        return run.pk

    def log(self, result: int) -> Iterable[Record]:
        """Which, and for when."""
        clause = self._declared.clause
        data = {"run": result, "period": self._period}
        yield Record(self.name, "allocation", self.allocation, f"{clause.pack}#{clause.anchor}", data)

    @cached_property
    def _declared(self) -> Allocation:
        return declared(policies.current().model, self.allocation)

    @property
    def _period(self) -> str:
        return period_of(clock.today(), self._declared.frequency)


@dataclass(frozen=True, kw_only=True)
class RunAction(ViewerAction[int]):
    """Base of what is done to a run that is worked out."""

    run_id: int

    def check(self) -> None:
        """Refuse without the operation, an unknown run, and one that is further than this."""
        require_allocate(self.viewer)
        if self._run_row.state != RunState.DRAFT:
            raise Refused("allocations.moved_on", gettext_lazy("这次分配已经往下办了，请刷新后再看。"))

    @cached_property
    def _run_row(self) -> Run:
        found = Run.objects.select_for_update().filter(pk=self.run_id).first()
        if found is None:
            raise Refused("allocations.no_run", gettext_lazy("没有这次分配。"))
        return found

    @cached_property
    def _declared(self) -> Allocation:
        return declared(policies.at(self._run_row.publication_id).model, self._run_row.allocation)

    def _record(self, **data: object) -> Record:
        clause, run = self._declared.clause, self._run_row
        told = {"run": run.pk, "period": run.period, **data}
        return Record(self.name, "allocation", run.allocation, f"{clause.pack}#{clause.anchor}", told)


@dataclass(frozen=True, kw_only=True)
class ConfirmRun(RunAction):
    """Let everybody have what was worked out for them; gives the job that does it."""

    name: ClassVar[str] = "allocations.confirm"
    wake: bool = True

    def check(self) -> None:
        """Refuse what a process is to approve."""
        super().check()
        if self._declared.approval is not None:
            raise Refused("allocations.approval", gettext_lazy("制度要求这项分配经过审批，请送审。"))

    def do(self) -> int:
        """Note who confirmed and put the hand-over in the queue."""
        return confirmed(self._run_row, self.viewer.staff_id, self.viewer.name, wake=self.wake)

    def log(self, result: int) -> Iterable[Record]:
        """How many are to go."""
        yield self._record(given=self._run_row.given, job=result)


@dataclass(frozen=True, kw_only=True)
class SubmitRun(RunAction):
    """Ask for approval: begin a case of the process that the policy names. Gives the case's id."""

    name: ClassVar[str] = "allocations.submit"
    opinion: str

    def check(self) -> None:
        """Refuse a missing opinion, and what nobody is to approve."""
        super().check()
        if len(self.opinion.strip()) < SHORTEST_REASON:
            message = _("请写明送审意见，至少%(count)s个字。") % {"count": SHORTEST_REASON}
            raise Refused("allocations.opinion", message, {"opinion": message})
        if self._declared.approval is None:
            raise Refused("allocations.no_approval", gettext_lazy("制度没有要求这项分配经过审批，请直接确认。"))

    def do(self) -> int:
        """The case is about a sheet that is filed for the run."""
        run = self._run_row
        case_id = StartCase(
            viewer=self.viewer, process=self._declared.approval or "", record_id=self._sheet(), opinion=self.opinion
        ).run()
        run.state, run.case_id = RunState.SUBMITTED, case_id
        run.case_number = Case.objects.values_list("number", flat=True).get(pk=case_id)
        run.save(update_fields=["state", "case_id", "case_number"])
        return case_id

    def log(self, result: int) -> Iterable[Record]:
        """In which case."""
        yield self._record(case=result, given=self._run_row.given)

    def _sheet(self) -> int:
        model = policies.current().model
        process = model.blocks.processes[self._declared.approval or ""]
        if process.record_type in {self._run_row.record_type, self._declared.recipient_type}:
            message = gettext_lazy("没有送审：审批流程的对象是被分的档案或接受者。请在制度里另立审批单。")
            raise Refused("allocations.no_sheet", message)
        sheet = model.record_types[process.record_type]
        return Create(
            viewer=system_viewer(self.viewer.via, self.viewer.name),
            record_type=sheet.code,
            values={sheet.title: f"{self._declared.label.zh} {self._run_row.period}"},
            owner_id=self.viewer.staff_id,
            unit_id=self.viewer.unit_id,
        ).run()


@dataclass(frozen=True, kw_only=True)
class WithdrawRun(RunAction):
    """Give a run up before anybody has got anything, for a reason."""

    name: ClassVar[str] = "allocations.withdraw"
    reason: str

    def check(self) -> None:
        """Refuse a missing reason."""
        super().check()
        if len(self.reason.strip()) < SHORTEST_REASON:
            message = _("请写明撤回的事由，至少%(count)s个字。") % {"count": SHORTEST_REASON}
            raise Refused("allocations.reason", message, {"reason": message})

    def do(self) -> int:
        """End it."""
        run = self._run_row
        run.state, run.ended_at, run.reason = RunState.WITHDRAWN, clock.now(), self.reason.strip()[:300]
        run.save(update_fields=["state", "ended_at", "reason"])
        return run.pk

    def log(self, result: int) -> Iterable[Record]:
        """Why."""
        del result
        yield self._record(why=self.reason.strip())


def confirmed(run: Run, staff_id: int | None, name: str, *, wake: bool = True) -> int:
    """Note who confirmed a run and put its hand-over in the queue; gives the job."""
    run.state, run.confirmed_at = RunState.CONFIRMED, clock.now()
    run.confirmed_by_id, run.confirmed_by_name = staff_id, name
    run.job_id = enqueue(HAND_OVER_JOB, {"run_id": run.pk}, staff_id, wake=wake)
    run.save(update_fields=["state", "confirmed_at", "confirmed_by_id", "confirmed_by_name", "job_id"])
    return run.job_id


def declared(model: Model, code: str) -> Allocation:
    """The allocation with this code. Raises ``Refused``."""
    found = model.blocks.allocations.get(code)
    if found is None:
        raise Refused("allocations.unknown", gettext_lazy("施行中的制度没有这项分配。"))
    return found


def require_allocate(viewer: Viewer) -> None:
    """Refuse whoever may not share records out. Raises ``Refused``."""
    if not may(viewer, OPERATION):
        raise Refused("allocations.not_permitted", gettext_lazy("您的岗位不办理档案的分配。"))
