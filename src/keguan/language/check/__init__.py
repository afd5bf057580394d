"""Static checks of a linked model, one per file, in the order in which they are run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.check.access_width import access_width
from keguan.language.check.administrators import administrators
from keguan.language.check.approved_nowhere import approved_nowhere
from keguan.language.check.band_holes import band_holes
from keguan.language.check.checklist_points import checklist_points
from keguan.language.check.class_levels import class_levels
from keguan.language.check.consequences_self_approved import consequences_self_approved
from keguan.language.check.duplicates import duplicates
from keguan.language.check.duties_contradict import duties_contradict
from keguan.language.check.duties_kept import duties_kept
from keguan.language.check.duties_never import duties_never
from keguan.language.check.duties_reminded import duties_reminded
from keguan.language.check.endless import endless
from keguan.language.check.forbidden_text import forbidden_text
from keguan.language.check.gaps import gaps
from keguan.language.check.mergeable import mergeable
from keguan.language.check.metric_warnings import metric_warnings
from keguan.language.check.narrative import narrative
from keguan.language.check.never import never
from keguan.language.check.outranked import outranked
from keguan.language.check.overlaps import overlaps
from keguan.language.check.period_dates import period_dates
from keguan.language.check.public_required import public_required
from keguan.language.check.quota_limits import quota_limits
from keguan.language.check.retention_terms import retention_terms
from keguan.language.check.roster_gaps import roster_gaps
from keguan.language.check.self_approval import self_approval
from keguan.language.check.sensitive_places import sensitive_places
from keguan.language.check.separations import separations
from keguan.language.check.shares_whole import shares_whole
from keguan.language.check.shifts_too_long import shifts_too_long
from keguan.language.check.staff_occasions import staff_occasions
from keguan.language.check.step_deadlines import step_deadlines
from keguan.language.check.step_outcomes import step_outcomes
from keguan.language.check.subject import Subject
from keguan.language.check.surveys_unscored import surveys_unscored
from keguan.language.check.unreachable import unreachable
from keguan.language.check.unreachable_steps import unreachable_steps
from keguan.language.check.unseen_fields import unseen_fields
from keguan.language.check.unused import unused
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
    outranked,
    overlaps,
    duplicates,
    mergeable,
    gaps,
    band_holes,
    duties_never,
    duties_kept,
    duties_contradict,
    duties_reminded,
    metric_warnings,
    consequences_self_approved,
    roster_gaps,
    shifts_too_long,
    narrative,
    quota_limits,
    shares_whole,
    class_levels,
    access_width,
    approved_nowhere,
    administrators,
    retention_terms,
    unreachable_steps,
    endless,
    step_deadlines,
    self_approval,
    separations,
    staff_occasions,
    step_outcomes,
    unseen_fields,
    public_required,
    checklist_points,
    sensitive_places,
    surveys_unscored,
    forbidden_text,
    unused,
)


def run_checks(model: Model, findings: Findings) -> None:
    """Run every check."""
    subject = Subject(model, findings)
    for check in CHECKS:
        check(subject)
