"""Terms that never count, destruction by one person alone, and what never comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import retentions as entries
from keguan.language.model.retention import Disposal
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
        for term in retention.terms:
            _outlasted(subject, retention, term)
            _alone(subject, retention, term)
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


def _alone(subject: Subject, retention: Retention, term: Term) -> None:
    fields = [
        field.label.zh
        for field in subject.model.record_types[retention.record_type].fields
        if field.sensitive and term.information_class in ("*", field.information_class)
    ]
    if fields and term.disposal is Disposal.DESTROY and term.length is not None and not term.two_persons:
        subject.findings.add(entries.DESTROYED_ALONE, term.span, row=term.number, fields="、".join(fields))
