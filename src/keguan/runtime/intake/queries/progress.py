"""Where a customer's case stands, in the words that the policy has for people outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.access.form_sight import Filled
from keguan.runtime.access.formatting import moment
from keguan.runtime.access.public_sight import PublicSight
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes import forms
from keguan.runtime.processes.models import CaseState, TaskState
from keguan.runtime.processes.standing import standing
from keguan.runtime.processes.timing import running_pause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.model.label import ClauseRef
    from keguan.language.model.public import Public
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.processes.standing import Standing


@dataclass(frozen=True, slots=True)
class Stage:
    """Something that is told: since when."""

    text: str
    since: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A field that the policy lets customers read."""

    label: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class Progress:
    """One case as its customer sees it: nobody of the house is named, and nothing of what they noted.

    ``stages`` are in the order in which they were reached; ``stands`` says where it is now. ``due`` and ``step_due``
    (of the open steps that are told of) are empty where no time was promised; ``paused`` says why the clocks stand.
    ``version`` goes back with a withdrawal.
    """

    case_id: int
    version: int
    number: str
    process: str
    begun: str
    stands: str
    over: bool
    stages: tuple[Stage, ...]
    due: str
    late: bool
    step_due: str
    paused: str
    clause: ClauseRef
    policy: str
    replies: tuple[Reply, ...]
    may_withdraw: bool


def progress(case_id: int, language: str) -> Progress | None:
    """One case, for whoever proved that it is theirs; None when its process was never open to customers. At most five
    queries.
    """
    found = standing(case_id, lock=False)
    case, process = found.case, found.process
    public = process.public
    if public is None:
        return None
    over = case.state != CaseState.OPEN
    document = policies.current().model.policies.get(process.clause.pack)
    return Progress(
        case_id=case.pk,
        version=case.version,
        number=case.number,
        process=process.label.text(language),
        begun=moment(case.started_at, language),
        stands=_stands(found, language),
        over=over,
        stages=tuple(_stages(found, language)),
        due="" if case.due_at is None else moment(case.due_at, language),
        late=case.due_at is not None and case.due_at < (case.closed_at or found.now),
        step_due=_step_due(found, language),
        paused=_paused(found),
        clause=process.clause,
        policy=document.title if document is not None else "",
        replies=tuple(_replies(found, public, language)),
        may_withdraw=public.withdraw and not over,
    )


def _stands(found: Standing, language: str) -> str:
    """Where it is now: how it ended, else what is told of the steps that are open, else that it is in hand."""
    match found.case.state:
        case CaseState.OPEN:
            told = dict.fromkeys(found.step(task).told.text(language) for task in found.alive)
            return _("；").join(text for text in told if text) or _("正在办理")
        case CaseState.WITHDRAWN:
            return _("已撤回")
        case CaseState.MERGED:
            return _("已与同一事项合并办理，请等候公司答复")
        case CaseState.ARCHIVED | CaseState.COMPLETED:
            return _("已办结")
        case _:
            return _("已结束")


def _stages(found: Standing, language: str) -> Iterator[Stage]:
    """That it came in, then each thing told of a step when it was first so, then how it ended. A first step that the
    submission itself has done is what coming in means.
    """
    seen = {""}
    yield Stage(_("公司已收到"), moment(found.case.started_at, language))
    for task in found.tasks[int(found.process.steps[0].done_by_submission) :]:
        told = found.step(task).told.text(language)
        if told not in seen and task.state != TaskState.PASSED:
            seen.add(told)
            yield Stage(told, moment(task.began_at, language))
    if found.case.closed_at is not None:
        yield Stage(_stands(found, language), moment(found.case.closed_at, language))


def _step_due(found: Standing, language: str) -> str:
    """By when the last of the open steps is done that the policy tells customers of; empty while the clocks stand."""
    due = [task.due_at for task in found.alive if found.step(task).told.zh and task.due_at is not None]
    return moment(max(due), language) if due and found.case.paused_at is None else ""


def _paused(found: Standing) -> str:
    """Why the clocks stand, as the policy words it; empty while they run."""
    if found.case.paused_at is None or found.case.state != CaseState.OPEN:
        return ""
    pause = running_pause(found)
    if pause is not None and pause.reason in found.process.pause.reasons:
        return pause.reason
    return _("办理期限暂停计算")


def _replies(found: Standing, public: Public, language: str) -> Iterator[Reply]:
    """What the policy sends them, each field once a step that fills it in was completed."""
    sight, held = PublicSight(public, language), forms.held(found)
    done = {found.step(task).form for task in found.tasks if task.state == TaskState.DONE}
    for form, code in public.replies:
        if form in done:
            field = found.model.blocks.forms[form].field(code)
            shown = sight.show(form, field, held.get((form, code), Filled()))
            if shown.state == "plain":
                yield Reply(field.label.text(language), shown)
