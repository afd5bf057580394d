"""What is computed from information of a higher level than its own class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import classes as entries
from keguan.language.model.classes_of import highest, sources

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject


def class_levels(subject: Subject) -> None:
    """Report facts and decisions whose class lies below the highest of what they are computed from."""
    model = subject.model
    order = model.protection_levels
    for record_type, steps in model.computations.items():
        for step in steps:
            own = model.information_classes.get(step.information_class)
            if own is None:
                continue
            read, at = sources(model, record_type, step), order.index(own.level)
            above = [each for each in read if each.level_in(order) > at]
            if highest(model, above) is None:
                continue
            named = dict.fromkeys(f"{each.label.zh}（{each.information_class}，{each.level}）" for each in above)
            subject.findings.add(
                entries.LOWER_THAN_SOURCES,
                step.span,
                name=step.label.zh,
                value=step.information_class,
                level=own.level,
                sources="、".join(named),
            )
