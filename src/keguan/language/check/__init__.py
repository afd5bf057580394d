"""Static checks of a linked model, one per file, in the order in which they are run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.check.gaps import gaps
from keguan.language.check.never import never
from keguan.language.check.overlaps import overlaps
from keguan.language.check.period_dates import period_dates
from keguan.language.check.subject import Subject
from keguan.language.check.unreachable import unreachable
from keguan.language.check.unused_parameters import unused_parameters

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.language.diagnostics.findings import Findings
    from keguan.language.model.model import Model

CHECKS: tuple[Callable[[Subject], None], ...] = (
    period_dates,
    unused_parameters,
    never,
    unreachable,
    overlaps,
    gaps,
)


def run_checks(model: Model, findings: Findings) -> None:
    """Run every check."""
    subject = Subject(model, findings)
    for check in CHECKS:
        check(subject)
