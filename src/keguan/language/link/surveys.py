"""Forms that go out as surveys: when, about which records, to which fields, called back by whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from keguan.language.blocks.form import FormDeclaration
from keguan.language.blocks.survey import CREATED, DONE, WHEN
from keguan.language.diagnostics.catalogue import names
from keguan.language.diagnostics.catalogue import processes as process_entries
from keguan.language.diagnostics.catalogue import surveys as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.link.record_items import record_items
from keguan.language.markdown.document import Written
from keguan.language.model.model import FieldKind
from keguan.language.model.survey import (
    THROTTLE,
    VALID,
    Address,
    OccasionKind,
    Survey,
    SurveyOccasion,
    Way,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.blocks.survey import SurveyWritten
    from keguan.language.link.linking import Linking
    from keguan.language.model.duty import Duty
    from keguan.language.model.form import Form
    from keguan.language.model.process import Process

_USUAL_WAYS = (Way.LINK, Way.QR)
_NEEDS = {Way.SMS: FieldKind.PHONE, Way.EMAIL: FieldKind.EMAIL}


def link_surveys(
    linking: Linking, forms: Mapping[str, Form], processes: Mapping[str, Process], duties: Mapping[str, Duty]
) -> dict[str, Form]:
    """The forms, those that go out now carrying when and how."""
    result = dict(forms)
    for declaration, _ in linking.declared(FormDeclaration):
        form = result.get(declaration.block.code.text)
        if declaration.survey is not None and form is not None:
            reader = _Reader(linking, form, processes, duties)
            survey = reader.survey(declaration.survey)
            if survey is not None:
                result[form.code] = replace(form, survey=survey)
    return result


@dataclass(frozen=True, slots=True)
class _Reader:
    linking: Linking
    form: Form
    processes: Mapping[str, Process]
    duties: Mapping[str, Duty]

    def survey(self, written: SurveyWritten) -> Survey | None:
        occasion = self._occasion(written.occasion)
        applies = None
        if written.applies is not None:
            applies = self.linking.condition(self.form.record_type, written.applies)
        found = [self._address(each) for each in written.addresses]
        addresses = tuple(each for each in found if each is not None)
        callers = [self.linking.role(each) for each in written.callers]
        for way, where in written.ways:
            if way in _NEEDS and None not in found and all(each.kind is not _NEEDS[way] for each in addresses):
                self.linking.findings.add(entries.ADDRESS_MISSING, where.span, way=where.text)
        if occasion is None:
            return None
        return Survey(
            occasion=occasion,
            applies=applies,
            delay=written.delay,
            addresses=addresses,
            ways=tuple(way for way, _ in written.ways) or _USUAL_WAYS,
            valid=written.valid or VALID,
            throttle=written.throttle or THROTTLE,
            callers=tuple(code for code in callers if code is not None),
        )

    def _occasion(self, written: Written) -> SurveyOccasion | None:
        """When it goes out; None after a diagnostic."""
        word, _, rest = written.text.partition(" ")
        word, rest = word.lower(), rest.strip()
        if word in CREATED and not rest:
            return SurveyOccasion(OccasionKind.CREATED, written.text)
        if word in WHEN and rest:
            typed = self.linking.condition(self.form.record_type, _after(written, rest))
            return None if typed is None else SurveyOccasion(OccasionKind.CONDITION, written.text, condition=typed)
        if word in DONE and rest:
            return self._done(written, _after(written, rest))
        self.linking.findings.add(entries.OCCASION, written.span, value=written.text)
        return None

    def _done(self, written: Written, name: Written) -> SurveyOccasion | None:
        """What is done: a duty, a process or one of its steps."""
        duty = next((each for each in self.duties.values() if name.text in (each.code, each.label.zh)), None)
        if duty is not None:
            return self._about(SurveyOccasion(OccasionKind.DUTY_DONE, written.text, duty.code), name, duty.record_type)
        label, _, step = name.text.partition(".")
        code = self.linking.block("process", Written(label.strip(), name.span))
        process = self.processes.get(code or "")
        if process is None:
            return None
        occasion = SurveyOccasion(OccasionKind.CASE_CLOSED, written.text, process.code)
        if step.strip():
            found = next((each for each in process.steps if step.strip() in (each.code, each.label.zh)), None)
            if found is None:
                values = {"process": process.label.zh, "name": step.strip()}
                suggestion = suggest(step.strip(), [each.label.zh for each in process.steps])
                self.linking.findings.add(process_entries.STEP_UNKNOWN, name.span, **values, **suggestion)
                return None
            occasion = replace(occasion, kind=OccasionKind.STEP_DONE, step=found.code)
        return self._about(occasion, name, process.record_type)

    def _about(self, occasion: SurveyOccasion, name: Written, record_type: str) -> SurveyOccasion | None:
        if record_type == self.form.record_type:
            return occasion
        records = self.linking.records
        own, other = records[self.form.record_type].label.zh, records[record_type].label.zh
        self.linking.findings.add(entries.ABOUT, name.span, name=name.text, other=other, record_type=own)
        return None

    def _address(self, written: Written) -> Address | None:
        """A phone or e-mail field, of the object or of a record it refers to; None after a diagnostic."""
        record_type, path = self.form.record_type, []
        parts = [part.strip() for part in written.text.split(".")]
        for place, part in enumerate(parts):
            items = record_items(self.linking, record_type)
            item = items.get(part)
            if item is None:
                label = self.linking.records[record_type].label.zh
                suggestion = suggest(part, [each for each in items if not each.isascii()] or items)
                values = {"record_type": label, "name": part}
                self.linking.findings.add(names.FIELD_UNKNOWN, written.span, **values, **suggestion)
                return None
            path.append(item.code)
            if place == len(parts) - 1 and item.kind in _NEEDS.values() and item.stored:
                return Address(tuple(path), item.kind, record_type, item.sensitive)
            if item.target is None or item.target not in self.linking.records or place > 0:
                break
            record_type = item.target
        self.linking.findings.add(entries.ADDRESS_KIND, written.span, name=written.text)
        return None


def _after(written: Written, rest: str) -> Written:
    """What follows the first word."""
    return Written(rest, written.span.within(written.text.index(rest), len(rest)))
