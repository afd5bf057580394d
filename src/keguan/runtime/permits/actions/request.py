"""Ask for a right: the record that asks for it, the case that decides on it, and the permit that waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.language.model import granting as codes
from keguan.language.model.access import Permission, Right
from keguan.language.model.granting import GrantedRight
from keguan.runtime import clock
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.access.columns import columns
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.rights import allowed
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.permits.deciding import decide, entry
from keguan.runtime.permits.models import Permit
from keguan.runtime.permits.processes import granting
from keguan.runtime.permits.selected import sealed, selected
from keguan.runtime.permits.selection import Selection
from keguan.runtime.permits.standing import RIGHTS
from keguan.runtime.permits.words import right_label
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.actions import StartCase
from keguan.runtime.processes.models import Case, CaseState
from keguan.runtime.records import sequence
from keguan.runtime.records.actions import Create
from keguan.runtime.records.validation import Typed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import Model, RecordType
    from keguan.language.model.process import Process

SHORTEST_PURPOSE, LONGEST_PURPOSE, LONGEST_RECIPIENT = 4, 300, 200
"""Characters."""

_OF_RECORDS = frozenset({GrantedRight.PRINT, GrantedRight.REVEAL, GrantedRight.CHANGE})
"""Rights that are asked for records chosen one by one."""

_GIVEN_AWAY = frozenset({GrantedRight.EXPORT, GrantedRight.DISCLOSE, GrantedRight.COPY})
"""Rights by which something comes into somebody's hands: to whom must be said."""

_EXITS = {Right.EXPORT: Exit.EXPORT, Right.PRINT: Exit.PRINT, Right.REVEAL: Exit.REVEAL, Right.CHANGE: Exit.PROFILE}


@dataclass(frozen=True, kw_only=True)
class RequestPermit(ViewerAction[int]):
    """Ask for a right to records of one type: file the record that the process is about, begin its case, and keep what
    was asked for, sealed. Gives the permit's id; its ``case_id`` says where it is decided.

    ``selection`` says which records and, for an export, which columns and what kind of file. ``values`` are the fields
    of the process's own record type as typed; those that ``language.model.granting`` names are filled in by the system.
    ``process`` may be left out where one process alone grants the right. ``step_values`` and ``outcome`` are the first
    step's, as ``StartCase`` takes them.
    """

    name: ClassVar[str] = "permits.request"
    right: GrantedRight
    selection: Selection
    purpose: str
    recipient: str = ""
    process: str = ""
    values: Mapping[str, Typed] = field(default_factory=dict, repr=False)
    step_values: Mapping[str, Typed] = field(default_factory=dict, repr=False)
    outcome: str = ""

    def check(self) -> None:
        """Refuse a purpose or a recipient that is missing, a right that no process grants or no approval could give,
        and records or columns out of sight.
        """
        self._check_words()
        self._process  # noqa: B018 - looking it up is the check
        if not self._count:
            raise Refused("permits.nothing", gettext_lazy("没有选中任何档案，或者它们不在您的可见范围内。"))
        if self.right in _OF_RECORDS and (not self.selection.ids or self._count < len(set(self.selection.ids))):
            raise Refused("records.not_found", gettext_lazy("没有这份档案，或者它不在您的可见范围内。"))
        self._check_columns()

    def do(self) -> int:
        """All of it, in one transaction. Refuses as ``Create`` and ``StartCase`` do."""
        process = self._process
        request_id = Create(viewer=self.viewer, record_type=process.record_type, values=self._values()).run()
        case_id = StartCase(
            viewer=self.viewer,
            process=process.code,
            record_id=request_id,
            values=self.step_values,
            outcome=self.outcome,
        ).run()
        length = process.grant_length
        permit = Permit.objects.create(
            staff_id=self.viewer.staff_id or 0,
            staff_name=self.viewer.name,
            unit_name=self.viewer.unit_name,
            right=self.right,
            record_type=self.selection.record_type,
            selection=sealed(case_id, self._frozen),
            rows=self._count,
            purpose=self.purpose.strip(),
            recipient=self.recipient.strip(),
            process=process.code,
            clause=f"{process.clause.pack}#{process.clause.anchor}",
            case_id=case_id,
            request_type=process.record_type,
            request_id=request_id,
            length=[] if length is None else [length.amount, length.unit],
            uses_left=process.grant_uses,
            asked_at=clock.now(),
        )
        state = Case.objects.values_list("state", flat=True).get(pk=case_id)
        if state != CaseState.OPEN:  # over at once: it closed before there was a permit to follow it
            decide(permit, state)
        return permit.pk

    def log(self, result: int) -> Iterable[Record]:
        """Who asked for what, what for and for whom; nothing of the selection but how many, and the columns."""
        permit = Permit.objects.get(pk=result)
        yield entry(permit, self.name, case=permit.case_id, columns=sorted(self.selection.columns))

    def _check_words(self) -> None:
        wrong = {}
        if not SHORTEST_PURPOSE <= len(self.purpose.strip()) <= LONGEST_PURPOSE:
            wrong["purpose"] = _("请写明用途，至少 %(least)s 个字，最多 %(most)s 个字。") % {
                "least": SHORTEST_PURPOSE,
                "most": LONGEST_PURPOSE,
            }
        if len(self.recipient.strip()) > LONGEST_RECIPIENT:
            wrong["recipient"] = _("接收方最多写 %(most)s 个字。") % {"most": LONGEST_RECIPIENT}
        elif self.right in _GIVEN_AWAY and not self.recipient.strip():
            wrong["recipient"] = _("请写明给谁；自己用就写“本人”。")
        if wrong:
            raise Refused("permits.words", gettext_lazy("没有提交：有几项需要改正。"), wrong)

    def _check_columns(self) -> None:
        """An approval opens what the policy lets be approved, never what it denies."""
        right = next((each for each, granted in RIGHTS.items() if granted is self.right), None)
        if right is None:
            return
        record_type = self.selection.record_type
        open_ = allowed(self.viewer, record_type, right, _EXITS[right], self._model)
        known = columns(self._model, record_type)
        shut = [code for code in self.selection.columns if open_.get(code, Permission.NO) is Permission.NO]
        if shut:
            names = _("、").join(known[code].label.text(self.viewer.language) for code in shut if code in known)
            sentence = _("按制度，“%(columns)s”不许您%(right)s，审批也不能放开。请去掉这几项。")
            said = {"columns": names or _("所选的项目"), "right": right_label(self.right)}
            raise Refused("permits.columns", sentence % said)
        if not open_ or (self.right is GrantedRight.EXPORT and not self.selection.columns):
            sentence = _("按制度，这类档案没有一项许您%(right)s。") % {"right": right_label(self.right)}
            raise Refused("permits.not_permitted", sentence)

    def _values(self) -> dict[str, Typed]:
        """What was typed, and what the system knows, where the record type has a field for it."""
        declared = self._model.record_types[self._process.record_type]
        filled: dict[str, Typed] = {
            codes.ASKED_PURPOSE: self.purpose.strip(),
            codes.ASKED_RECIPIENT: self.recipient.strip(),
            codes.ASKED_RIGHT: right_label(self.right),
            codes.ASKED_OF: self._of.label.zh,
            codes.ASKED_ROWS: str(self._count),
            codes.ASKED_COLUMNS: self._column_labels(),
        }
        known = {each.code: each for each in declared.fields}
        cut = {code: _cut(text, known[code].max_length) for code, text in filled.items() if code in known}
        return {**self.values, **cut}

    def _column_labels(self) -> str:
        known = columns(self._model, self.selection.record_type)
        return _("、").join(known[code].label.zh for code in self.selection.columns if code in known)

    @cached_property
    def _model(self) -> Model:
        return policies.current().model

    @cached_property
    def _of(self) -> RecordType:
        return self._model.record_types[self.selection.record_type]

    @cached_property
    def _process(self) -> Process:
        found = {each.code: each for each in granting(self._model, self.right, self.selection.record_type)}
        if self.process and self.process in found:
            return found[self.process]
        if not found or self.process:
            sentence = _("制度里没有准予这类档案“%(right)s”的流程，所以无从申请。请联系起草制度的同事。")
            raise Refused("permits.no_process", sentence % {"right": right_label(self.right)})
        if len(found) > 1:
            raise Refused("permits.which_process", gettext_lazy("有几个流程可以准予，请选择走哪一个。"))
        return next(iter(found.values()))

    @cached_property
    def _frozen(self) -> Selection:
        return replace(self.selection, up_to=sequence.newest(self.selection.record_type))

    @cached_property
    def _count(self) -> int:
        return selected(self.viewer, self._model, self._frozen).count()


def _cut(text: Typed, longest: int | None) -> Typed:
    return text[: longest - 1] + "…" if isinstance(text, str) and longest and len(text) > longest else text
