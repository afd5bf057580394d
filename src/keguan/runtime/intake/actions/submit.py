"""A customer begins a case."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.language.model.model import FieldKind
from keguan.runtime import clock
from keguan.runtime.access.viewer import OUTSIDER, outsider
from keguan.runtime.intake import codes, limits
from keguan.runtime.intake.models import Submission
from keguan.runtime.intake.queries.offers import LONGEST, opened
from keguan.runtime.ledger.actions import Action, Actor, Record, Refused
from keguan.runtime.org.queries.units import company
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.actions import StartCase
from keguan.runtime.processes.models import Case
from keguan.runtime.records.actions import Create
from keguan.runtime.records.identifying import the_one
from keguan.runtime.records.validation import Read, read_fields

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.form import Form
    from keguan.language.model.process import Process
    from keguan.language.model.public import Public
    from keguan.runtime.policies.queries import Current
    from keguan.runtime.records.validation import Typed


@dataclass(frozen=True, slots=True)
class Receipt:
    """The number of the case, and the code with which its customer asks about it: shown now and never again."""

    number: str
    code: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Submit(Action[Receipt]):
    """File what a customer wrote and begin the case, by the same actions as staff do.

    ``values`` are the form's, as typed; ``mark`` is the form's own (``codes.new_mark``): the same form sent again gives
    the same receipt and begins nothing. ``address`` is where it came from. Whether the customer was recognised is told
    to nobody outside: the answer is the same.
    """

    name: ClassVar[str] = "intake.submit"
    actor: Actor = field(default_factory=lambda: Actor(None, OUTSIDER, "portal"))
    process: str
    values: Mapping[str, str] = field(repr=False)
    mark: str = field(repr=False)
    address: str = field(repr=False)
    _made: list[tuple[int, bool]] = field(default_factory=list, init=False, repr=False, compare=False)

    def run(self) -> Receipt:
        """Raises ``Refused``: ``intake.closed``, ``intake.form`` with a sentence for each field, ``intake.often``,
        ``intake.sent`` when the same form was sent before with something else in it.
        """
        if not codes.is_mark(self.mark):
            raise Refused("intake.mark", gettext_lazy("页面不完整，没有提交。请重新打开表单再填。"))
        again = self._again()
        if again is not None:
            return again
        try:
            return super().run()
        except IntegrityError:  # the same form, sent twice at once: the other one was quicker
            again = self._again()
            if again is None:
                raise
            return again

    def check(self) -> None:
        """Refuse what is not open to customers, and everything that is wrong with the form at once."""
        errors = dict(self._read.errors)
        for asked in self._form.fields:
            text = self.values.get(asked.code, "")
            if len(text) > LONGEST:
                errors[asked.code] = _("最多写%(most)s个字。") % {"most": LONGEST}
        errors |= {code: _("表单里没有这一项。") for code in self.values if code not in self._codes}
        if errors:
            raise Refused("intake.form", gettext_lazy("还没有提交：有几项需要改正。"), errors)

    def do(self) -> Receipt:
        """File the record, begin the case, keep the code's hash."""
        submission = Submission.objects.create(
            mark=codes.stored_mark(self.mark),
            content=self._content,
            code="",
            process=self.process,
            number="",
            submitted_at=clock.now(),
        )
        self._count()
        process, public, _form = self._opened
        viewer, top = outsider(), company()
        known = self._known(process, public)
        new = Create(
            viewer=viewer,
            record_type=process.record_type,
            values=self._record(process, public, known),
            unit_id=None if top is None else top.id,
        )
        try:
            record = new.run()
        except Refused as refused:
            raise self._said_of_form(refused) from refused
        begun = Case.objects.filter(process=process.code, record_type=process.record_type, record_id=record).first()
        if begun is not None:  # the new record itself began one (发起: 新建时, or 当 …)
            submission.case_id = begun.pk
        else:
            submission.case_id = StartCase(viewer=viewer, process=process.code, record_id=record).run()
        number = Case.objects.values_list("number", flat=True).get(pk=submission.case_id)
        code = codes.code_of(self.mark)
        submission.number, submission.code = number.upper(), codes.stored_code(number.upper(), code)
        submission.save(update_fields=["case_id", "number", "code"])
        self._made.append((submission.case_id, known is not None))
        return Receipt(number, code)

    def log(self, result: Receipt) -> Iterable[Record]:
        """Which case was begun on the portal, and whether its customer was recognised; nothing that was written."""
        case_id, known = self._made[-1]
        clause = self._opened[0].clause
        yield Record(
            action=self.name,
            subject_type="case",
            subject_id=case_id,
            clause=f"{clause.pack}#{clause.anchor}",
            data={"process": self.process, "number": result.number, "recognised": known},
        )

    def _again(self) -> Receipt | None:
        """The receipt of the same form sent before."""
        before = Submission.objects.filter(mark=codes.stored_mark(self.mark)).first()
        if before is None:
            return None
        if before.content != self._content:
            sentence = _("这份表单已经提交过，编号%(number)s；刚才改动的没有提交。要另提一件，请重新打开表单。")
            raise Refused("intake.sent", sentence % {"number": before.number})
        number = Case.objects.values_list("number", flat=True).get(pk=before.case_id or 0)
        return Receipt(number, codes.code_of(self.mark))

    def _said_of_form(self, refused: Refused) -> Refused:
        """What was wrong with the record, said of the fields that the customer sees; of others nothing is told."""
        own = {each.target: each.code for each in self._form.fields}
        errors = {own[code]: sentence for code, sentence in refused.fields.items() if code in own}
        if errors:
            return Refused("intake.form", gettext_lazy("还没有提交：有几项需要改正。"), errors)
        return Refused("intake.failed", gettext_lazy("没有提交成：公司这边的设置有问题。请直接与公司联系。"))

    def _count(self) -> None:
        phones = {
            str(self._read.values[each.code])
            for each in self._form.fields
            if each.kind is FieldKind.PHONE and self._read.values.get(each.code)
        }
        within = [limits.count(limits.FROM_ADDRESS, self.address)]
        within += [limits.count(limits.WITH_PHONE, phone) for phone in sorted(phones)]
        if not all(within):
            raise Refused(
                "intake.often", gettext_lazy("提交得太频繁，这一次没有受理。请过一段时间再试，或直接与公司联系。")
            )

    def _known(self, process: Process, public: Public) -> int | None:
        """The record of the customer who wrote, when exactly one fits."""
        if public.match is None:
            return None
        model = self._current.model
        target = model.record_types[process.record_type].field(public.match.reference).target
        wanted = {theirs: self._read.values.get(ours) for theirs, ours in public.match.fields}
        return None if target is None else the_one(model, target, wanted)

    def _record(self, process: Process, public: Public, known: int | None) -> dict[str, Typed]:
        """What goes into the record: the form's fields, what the policy fills in, and who it is."""
        now = clock.local(clock.now())
        values: dict[str, Typed] = {
            each.target: self.values.get(each.code, "") for each in self._form.fields if each.target is not None
        }
        for fill in public.fills:
            kind = self._current.model.record_types[process.record_type].field(fill.field).kind
            moment = f"{now:%Y-%m-%d}" if kind is FieldKind.DATE else f"{now:%Y-%m-%d %H:%M}"
            values[fill.field] = moment if fill.now else fill.text
        if public.match is not None and known is not None:
            values[public.match.reference] = str(known)
        return values

    @cached_property
    def _current(self) -> Current:
        return policies.current()

    @cached_property
    def _opened(self) -> tuple[Process, Public, Form]:
        return opened(self._current, self.process)

    @property
    def _form(self) -> Form:
        return self._opened[2]

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(each.code for each in self._form.fields)

    @cached_property
    def _read(self) -> Read:
        return read_fields(self._form.fields, self.values)

    @cached_property
    def _content(self) -> str:
        """The hash of what was written, bound to the mark, so that equal forms of different people are not seen."""
        text = json.dumps([self.mark, self.process, sorted(self.values.items())], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()
