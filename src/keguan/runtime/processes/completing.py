"""Completing one share of a step: what was filled in, decided and checked is judged first, then written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes import advancing, checks, conditions, forms, signing, timing
from keguan.runtime.processes.models import ShareState
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.seating import in_whose_stead, open_turns, share_for
from keguan.runtime.processes.standing import moved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.process import Step
    from keguan.language.model.routing import Outcome
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.checks import Checked
    from keguan.runtime.processes.forms import Entered
    from keguan.runtime.processes.models import Share, Task
    from keguan.runtime.processes.standing import Standing
    from keguan.runtime.records.validation import Typed


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gives with the completion of a step, as typed."""

    outcome: str = ""
    values: Mapping[str, Typed] | None = None
    checked: Mapping[str, bool] | None = None
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """A completion that may be made: everything about it was judged."""

    standing: Standing
    task: Task
    share: Share
    viewer: Viewer
    for_id: int | None
    entered: Entered
    outcome: Outcome
    checked: Checked | None
    opinion: str


def judge(standing: Standing, task: Task, viewer: Viewer, given: Given) -> Completion:
    """Whether the viewer may complete their share of the step so.

    Raises ``Refused``: ``cases.not_yours`` and the like, ``cases.form`` with a sentence for each field that is wrong,
    ``cases.outcome``, ``cases.checks``, ``cases.check_failed``.
    """
    step, share = standing.step(task), share_for(standing, task, viewer)
    entered = read(standing, task, viewer, given.values or {}, complete=True)
    outcome = chosen(standing, step, given.outcome, entered)
    checked = checks.judged(standing, step, given.checked or {})
    if outcome is step.outcomes[0]:
        checks.require_passed(standing, step, checked, viewer.language)
    stead = in_whose_stead(standing, share, viewer)
    return Completion(standing, task, share, viewer, stead, entered, outcome, checked, given.opinion.strip())


def read(standing: Standing, task: Task, viewer: Viewer, values: Mapping[str, Typed], *, complete: bool) -> Entered:
    """What was filled in. Raises ``Refused`` (``cases.form``) with every field that is wrong."""
    entered = forms.read(viewer, standing, task, values, complete=complete)
    if entered.errors:
        raise Refused("cases.form", gettext_lazy("表单还有需要改正的地方。"), entered.errors)
    return entered


def chosen(standing: Standing, step: Step, label: str, entered: Entered) -> Outcome:
    """The way out that was decided for: by the form's own field where it has one, else by its label; the only one
    need not be named. Raises ``Refused`` (``cases.outcome``).
    """
    form = entered.form
    decided = label
    if form is not None and form.outcome is not None:
        decided = entered.outcome(standing) or ""
    named = next((outcome for outcome in step.outcomes if decided and outcome.label == decided), None)
    if named is not None:
        return named
    by_form = form is not None and form.outcome is not None
    if len(step.outcomes) == 1 and (by_form or not decided):
        return step.outcomes[0]
    other = next((outcome for outcome in step.outcomes if outcome.otherwise), None)
    if by_form and decided and other is not None:
        return other
    labels = _("、").join(outcome.label for outcome in step.outcomes)
    sentence = _("请给出结论：%(labels)s。") % {"labels": labels}
    raise Refused("cases.outcome", sentence, {"outcome": sentence})


def carry_out(made: Completion) -> list[Task]:
    """Write a completion down: the form, the signed share, and where the case goes if the step is decided by it.

    Gives the steps that began. Clocks that stood for a reason somebody gave run again: the waiting is over.
    """
    standing, task, share, viewer = made.standing, made.task, made.share, made.viewer
    _resume(standing, viewer)
    forms.store(viewer, standing, task, made.entered, submitted=True)
    conditions.forget(standing)
    share.state, share.outcome, share.opinion = ShareState.DONE, made.outcome.label, made.opinion
    share.acted_by_id, share.acted_by_name, share.acted_at = viewer.staff_id, viewer.name, standing.now
    share.for_id = share.for_id if made.for_id is None else made.for_id
    digest = signing.values_digest(standing, task)
    share.signature = signing.sign(standing, share, digest)
    share.save(
        update_fields=[
            "state", "outcome", "opinion", "acted_by_id", "acted_by_name", "acted_at", "for_id", "signature",
        ]
    )  # fmt: skip
    if made.checked is not None:
        task.checked = made.checked.stored
        task.save(update_fields=["checked"])
    begun = go_on(standing, task, viewer)
    data: dict[str, object] = {
        "share": share.pk,
        "opened": [each.step for each in begun],
        signing.DIGEST: digest,
    }
    if made.checked is not None:
        data["passed"] = made.checked.passed
    moved(
        standing,
        MoveKind.COMPLETE,
        viewer,
        task,
        outcome=made.outcome.label,
        opinion=made.opinion,
        data=data,
        for_id=made.for_id,
    )
    return begun


def go_on(standing: Standing, task: Task, viewer: Viewer | None) -> list[Task]:
    """After something was done with a step's shares: finish it when it is decided, else open whose turn has come.

    Gives the steps that began.
    """
    outcome = advancing.decided(standing, task)
    if outcome is None:
        open_turns(standing, task)
        return []
    return advancing.finish(standing, task, outcome, viewer=viewer)


def _resume(standing: Standing, viewer: Viewer) -> None:
    pause = timing.running_pause(standing)
    if pause is not None and pause.by_id is not None:
        timing.resume(standing)
        moved(standing, MoveKind.RESUME, viewer, data={"reason": pause.reason})
