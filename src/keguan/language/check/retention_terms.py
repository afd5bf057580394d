"""Terms that never count, destruction by one person alone or approved by nobody, and what never comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import retentions as entries
from keguan.language.model.model import FieldKind
from keguan.language.model.retention import Disposal, approval_of
from keguan.language.model.timing import Unit

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject
    from keguan.language.model.retention import Retention, Term
    from keguan.language.model.timing import Length

_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}
_MINUTES = {Unit.MINUTE: 1, Unit.HOUR: 60, Unit.DAY: 1440, Unit.WEEK: 7 * 1440}
_DISPOSALS = {Disposal.DESTROY: "销毁", Disposal.STORE_ONLY: "只存", Disposal.ARCHIVE: "归档"}


def retention_terms(subject: Subject) -> None:
    """Report them for every retention block."""
    for retention in subject.model.blocks.retentions.values():
        _sheet(subject, retention)
        approved = approval_of(subject.model, retention) is not None
        for term in retention.terms:
            _outlasted(subject, retention, term)
            _alone(subject, retention, term)
            if not approved and term.needs_approval:
                values = {"disposal": _DISPOSALS[term.disposal], "disposal_en": term.disposal.value}
                subject.findings.add(entries.UNAPPROVED, term.span, row=term.number, **values)
            if term.length is None and term.disposal is not Disposal.ARCHIVE:
                values = {"disposal": _DISPOSALS[term.disposal], "disposal_en": term.disposal.value}
                subject.findings.add(entries.NEVER_OVER, term.span, row=term.number, **values)


def _outlasted(subject: Subject, retention: Retention, term: Term) -> None:
    """Only what is certain: the other row applies whenever this one does, from the same day, and is no shorter."""
    for other in retention.terms:
        wider = other.condition is None or other.condition == term.condition
        covers = other.information_class in ("*", term.information_class)
        same = (other.start, other.date) == (term.start, term.date)
        if other is term or not (wider and covers and same):
            continue
        longer = _no_shorter(other.length, term.length)
        if longer and not (_no_shorter(term.length, other.length) and other.number > term.number):
            subject.findings.add(entries.OUTLASTED, term.span, row=term.number, other=other.number)
            return


def _no_shorter(one: Length | None, two: Length | None) -> bool:
    """Whether a term certainly lasts at least as long as another; those in units that do not compare do not."""
    if one is None or two is None:
        return one is None
    for units in (_MONTHS, _MINUTES):
        if one.unit in units and two.unit in units:
            return one.amount * units[one.unit] >= two.amount * units[two.unit]
    return one.unit is two.unit and one.amount >= two.amount


def _sheet(subject: Subject, retention: Retention) -> None:
    """A case needs a record that it is about: one of those that are due, or a sheet that the system can file."""
    process = approval_of(subject.model, retention)
    if process is None or process.record_type == retention.record_type:
        return
    sheet = subject.model.record_types[process.record_type]
    values = {"process": process.label.zh, "sheet": sheet.label.zh}
    others = [each.label.zh for each in sheet.fields if each.required is not False and each.code != sheet.title]
    if others:
        why, why_en = f"还必须填写{'、'.join(others)}", f"{'、'.join(others)} must be filled in too"
        subject.findings.add(entries.NO_SHEET, retention.span, why=why, why_en=why_en, **values)
    elif sheet.field(sheet.title).kind not in (FieldKind.TEXT, FieldKind.LONG_TEXT) or sheet.cadence is not None:
        why, why_en = "它的称呼不是文本", "its title is no text"
        subject.findings.add(entries.NO_SHEET, retention.span, why=why, why_en=why_en, **values)


def _alone(subject: Subject, retention: Retention, term: Term) -> None:
    fields = [
        field.label.zh
        for field in subject.model.record_types[retention.record_type].fields
        if field.sensitive and term.information_class in ("*", field.information_class)
    ]
    if fields and term.disposal is Disposal.DESTROY and term.length is not None and not term.two_persons:
        subject.findings.add(entries.DESTROYED_ALONE, term.span, row=term.number, fields="、".join(fields))
