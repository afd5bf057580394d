"""A survey of which no question measures anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import surveys as entries

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject


def surveys_unscored(subject: Subject) -> None:
    """Report surveys that will have no score."""
    for form in subject.model.blocks.forms.values():
        if form.survey is not None and all(field.scale is None for field in form.fields):
            subject.findings.add(entries.NO_MEASURE, form.span, label=form.label.zh)
