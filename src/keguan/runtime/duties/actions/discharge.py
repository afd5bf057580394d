"""Discharging a duty by a person's word: a form, a checklist, a record that comes late, or that it was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime import clock
from keguan.runtime.access.columns import columns
from keguan.runtime.duties.actions.held import DutyAction, over
from keguan.runtime.duties.checking import Checked, work_through
from keguan.runtime.duties.filling import read_form, seal_form
from keguan.runtime.duties.models import Duty, DutyState, Proof
from keguan.runtime.duties.proving import Count, discharge
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records.actions import HandOverByPolicy, UpdateByPolicy
from keguan.runtime.records.classes import attribute, rows_of
from keguan.runtime.records.validation import Typed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.form import Form
    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.ledger.actions import Record


@dataclass(frozen=True, slots=True)
class Discharged:
    """What came of it: whether the duty is done now, how many times of those needed, and its checklist's result."""

    done: bool
    seen: int
    needed: int
    checked: Checked | None = None


@dataclass(frozen=True, kw_only=True)
class DischargeDuty(DutyAction[Discharged]):
    """Say that a duty was done. What its row asks for comes with it: ``values`` of its form, ``checked`` items of its
    checklist by code (one that is not passed is kept and leaves the duty open), ``evidence_id`` a record.

    Evidence that the system counts cannot be replaced by a word; only where the duty is late, a record of a day after
    its period may be named.
    """

    name: ClassVar[str] = "duties.discharge"
    values: Mapping[str, Typed] = field(default_factory=dict)
    checked: Mapping[str, bool] = field(default_factory=dict)
    evidence_id: int | None = None
    note: str = ""
    _worked: list[Checked] = field(default_factory=list, init=False, repr=False)
    _filled: dict[str, Value | None] = field(default_factory=dict, init=False, repr=False)

    def check(self) -> None:
        """Refuse what is not theirs, and whatever is missing or wrong, all of it at once."""
        self._mine()
        evidence = self._line.obligation.evidence
        errors: Mapping[str, str] = {}
        if evidence is not None and evidence.verified:
            message = gettext_lazy("请打开档案，逐项看过之后点“核实无变化”，或改正后填写核实日；系统随即记为办结。")
            raise Refused("duties.verified", message)
        if evidence is not None and evidence.checked:
            self._late_evidence()
        elif evidence is not None and evidence.form is not None:
            values, errors = read_form(self._model, self._form, self._duty.record_id, self.values)
            self._filled.update(values)
        elif self._line.checklist is not None:
            listed, drawn = self._line.checklist, self._duty.drawn
            worked = work_through(self._model, listed, self._duty.record_id, self.checked, drawn=drawn)
            errors = worked.errors
            self._worked.append(worked)
        elif evidence is not None and self.evidence_id is not None:
            self._undated_evidence(self.evidence_id)
        if errors:
            raise Refused("duties.incomplete", gettext_lazy("没有办结：有的项目没有填，或填得不对。"), errors)

    def do(self) -> Discharged:
        """Count it; done when it was done as often as needed. Compare-and-set on the duty."""
        duty = self._duty
        worked = self._worked[0] if self._worked else None
        kept = {"checked": worked.as_json()} if worked is not None else {}
        if worked is not None and not worked.result.passed:
            Duty.objects.filter(pk=duty.pk, state=DutyState.OPEN).update(**kept)
            return Discharged(False, duty.seen, duty.needed, worked)
        self._prove()
        still = Duty.objects.filter(pk=duty.pk, state=DutyState.OPEN, seen=duty.seen)
        if not still.update(seen=F("seen") + 1, **kept):
            raise over(Duty.objects.get(pk=duty.pk))
        duty.seen += 1
        done = duty.seen >= duty.needed
        if done:
            more = {"note": self.note.strip()[:500], "for_id": self._standing.for_id}
            discharge(duty, self.viewer.staff_id, self.viewer.name, **more)
        self._store()  # last: what it changes in the record may make other duties owed, or not
        return Discharged(done, duty.seen, duty.needed, worked)

    def log(self, result: Discharged) -> Iterable[Record]:
        """Which, how often by now, and how its checklist came out; no values."""
        facts: dict[str, object] = {"done": result.done, "seen": result.seen, "needed": result.needed}
        if result.checked is not None:
            facts |= {"passed": result.checked.result.passed, "failed": list(result.checked.result.failed)}
        if self._standing.for_id is not None:
            facts["for"] = self._standing.for_id
        if self.evidence_id is not None:
            facts["evidence"] = self.evidence_id
        yield self._entry(self.name, **facts)

    @property
    def _form(self) -> Form:
        evidence = self._line.obligation.evidence
        assert evidence is not None and evidence.form is not None  # noqa: PT018, S101 - only asked where there is one
        return self._model.blocks.forms[evidence.form]

    def _late_evidence(self) -> None:
        """Refuse to take a word for what the system counts."""
        duty, evidence = self._duty, self._line.obligation.evidence
        assert evidence is not None and evidence.record_type is not None  # noqa: PT018, S101 - only called where there is such evidence
        label = self._model.record_types[evidence.record_type].label.text(self.viewer.language)
        if self.evidence_id is None or duty.period_end is None or not duty.late:
            message = _("这件事由“%(label)s”证明：登记一份，系统自动办结，不用在这里确认。") % {"label": label}
            raise Refused("duties.proved_by_record", message)
        count = Count(self._model, self._line)
        piece = next(iter(count.pieces((self.evidence_id,))), None)
        good = piece is not None and piece.of == duty.record_id and piece.day > duty.period_end
        if piece is None or not good or not count.counts(duty, piece.by_id):
            message = _("这份“%(label)s”不能补办：它要是同一份档案的、期后登记的，符合核查条件，由责任人登记。")
            raise Refused("duties.evidence", message % {"label": label}, {"evidence_id": _("请换一份。")})
        used = Proof.objects.filter(record_type=evidence.record_type, record_id=self.evidence_id)
        if used.filter(duty__duty=duty.duty, duty__line=duty.line).exists():
            message = _("这份“%(label)s”已经用来办结另一项待办。") % {"label": label}
            raise Refused("duties.evidence_used", message, {"evidence_id": message})

    def _undated_evidence(self, record_id: int) -> None:
        """Refuse a record that is not about the same record."""
        evidence = self._line.obligation.evidence
        assert evidence is not None and evidence.record_type and evidence.via  # noqa: PT018, S101 - the only kind that is left
        via = attribute(columns(self._model, evidence.record_type)[evidence.via].physical)
        rows = rows_of(self._model, evidence.record_type).filter(id=record_id, **{via: self._duty.record_id})
        if not rows.exists():
            message = _("这份凭证不是关于这份档案的。请换一份。")
            raise Refused("duties.evidence", message, {"evidence_id": message})

    def _prove(self) -> None:
        evidence = self._line.obligation.evidence
        if evidence is None or evidence.record_type is None or self.evidence_id is None:
            return
        day = None
        if evidence.checked:
            (piece,) = Count(self._model, self._line).pieces((self.evidence_id,))
            day = piece.day
        Proof.objects.create(
            duty=self._duty,
            record_type=evidence.record_type,
            record_id=self.evidence_id,
            day=day,
            by_id=self.viewer.staff_id,
            counted_at=clock.now(),
        )

    def _store(self) -> None:
        """Keep what was filled in, and write into the record what the form carries there (存入)."""
        if not self._filled:
            return
        duty, form = self._duty, self._form
        Duty.objects.filter(pk=duty.pk).update(filled=seal_form(duty.pk, self._filled))
        into = {each.target: self._filled.get(each.code) for each in form.fields if each.target is not None}
        into = {code: value for code, value in into.items() if value is not None}
        if into:
            UpdateByPolicy(
                viewer=self.viewer,
                record_type=duty.record_type,
                id=duty.record_id,
                values=into,
                clause=form.clause,
                cause={"duty": duty.pk},
            ).run()
        for each in form.fields:
            owner = self._filled.get(each.code) if each.owner else None
            if isinstance(owner, int):
                HandOverByPolicy(
                    viewer=self.viewer,
                    record_type=duty.record_type,
                    id=duty.record_id,
                    to_staff_id=owner,
                    reason=self._line.obligation.task or self._line.duty.label.zh,
                    clause=form.clause,
                    cause={"duty": duty.pk},
                ).run()
