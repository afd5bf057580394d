"""Shifts longer than anyone may work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import rosters as entries
from keguan.language.model.timing import Length, Unit
from keguan.language.model.timing.bounds import longer
from keguan.language.model.timing.words import show_length

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject

_HOUR = 60


def shifts_too_long(subject: Subject) -> None:
    """Report such shifts."""
    for roster in subject.model.blocks.rosters.values():
        for shift in roster.shifts:
            length = Length(shift.minutes, Unit.MINUTE)
            if roster.most is None or not longer(length, roster.most):
                continue
            shown = length if shift.minutes % _HOUR else Length(shift.minutes // _HOUR, Unit.HOUR)
            zh = {"length": show_length(shown, "zh"), "most": show_length(roster.most, "zh")}
            en = {"length_en": show_length(shown, "en"), "most_en": show_length(roster.most, "en")}
            subject.findings.add(entries.TOO_LONG, shift.span, shift=shift.name, **zh, **en)
