"""One case: where it stands, what can be done, what was done; and the moves made from its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes import queries as cases
from keguan.runtime.processes.actions import ReadCase
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.moving import move
from keguan.runtime.retention.queries import batch_of_case
from keguan.web.cases.boxes import lines
from keguan.web.cases.fields import widgets
from keguan.web.cases.inputs import inputs
from keguan.web.cases.panels import Panel, panel_for
from keguan.web.cases.words import due
from keguan.web.shell.page import Page, staff_page
from keguan.web.surveys.of_case import surveys_of_case

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from django.http import HttpResponse

    from keguan.runtime.processes.forms import FormView
    from keguan.runtime.processes.queries import Button, CaseView

ON_THE_FORM = frozenset({MoveKind.COMPLETE, MoveKind.SAVE})
"""Moves that are made from the step's own form; the others have a panel."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A move that was refused: what was typed stays on the page."""

    kind: str
    task_id: int | None
    typed: Mapping[str, str]
    posted: Mapping[str, str]
    errors: Mapping[str, str]
    sentence: str


@staff_page
def case(page: Page, case_id: int) -> HttpResponse:
    """The page of a case; ``?move=`` opens a move's panel. Whoever looks has read it."""
    ReadCase(viewer=page.viewer, case_id=case_id).run()
    return _answer(page, case_id, None)


@staff_page
def sheet(page: Page, case_id: int) -> HttpResponse:
    """The case on paper."""
    found = cases.print_view(page.viewer, case_id)
    return page.answer("cases/print.html", {"sheet": found, "case": found.case})


@require_POST
@staff_page
def make(page: Page, case_id: int, kind: str) -> HttpResponse:
    """Make a move and come back to the case; a refused one is told on the case as it stands now, nothing typed lost."""
    seen = cases.case_view(page.viewer, case_id)
    given = inputs(kind, page.request.POST, _own_form(seen, page.request.POST.get("task_id", "")))
    try:
        move(page.viewer, case_id, given)
    except Refused as refusal:
        posted = {name: str(value) for name, value in page.request.POST.items()}
        typed = {code: str(value) for code, value in given.values.items()}
        return _answer(page, case_id, Tried(kind, given.task_id, typed, posted, refusal.fields, refusal.message))
    messages.success(page.request, _("已办：%(move)s。") % {"move": MoveKind(kind).label}, extra_tags="good")
    return HttpResponseRedirect(reverse("cases:case", args=[case_id]))


def _answer(page: Page, case_id: int, tried: Tried | None) -> HttpResponse:
    found = cases.case_view(page.viewer, case_id)
    asked = tried.kind if tried is not None else page.request.GET.get("move", "")
    task = tried.task_id if tried is not None else _whole(page.request.GET.get("task", ""))
    panel: Panel | None = None
    if asked and asked not in ON_THE_FORM:
        panel = panel_for(page, found, asked, task)
    context: dict[str, Any] = {
        "case": found,
        "disposal": batch_of_case(page.viewer, case_id),
        "due": due(found.clock.due_at, found.clock.urgency, found.clock.due),
        "works": [_work(found, button, tried) for button in found.buttons if button.kind == MoveKind.COMPLETE],
        "read": [form for form in found.forms if form.task_id is None],
        "more": (more := [button for button in found.buttons if button.kind not in ON_THE_FORM]),
        "barred": [button for button in more if not button.allowed],
        "panel": panel,
        "tried": tried,
        "below": lines(found.below),
        "merged": lines(found.merged),
        "unsettled": max((each.clock.provisional for each in (found, *_open(found))), default=0),
        "open_steps": [(step, due(step.clock.due_at, step.clock.urgency, step.clock.due)) for step in _open(found)],
        "record_url": reverse("records:record", args=[found.record_type, found.record_id]),
        **surveys_of_case(page.viewer, found.id),
    }
    return page.answer("cases/case.html", context, status=200 if tried is None else 422)


def _open(found: CaseView) -> list[Any]:
    return [step for step in found.steps if step.state in ("open", "waiting")]


def _work(found: CaseView, button: Button, tried: Tried | None) -> dict[str, Any]:
    """A step that the viewer may complete now, or why they may not."""
    step = next((each for each in found.steps if each.task_id == button.task_id), None)
    form = _form_of(found, button.task_id)
    ours = tried if tried is not None and tried.kind in ON_THE_FORM and tried.task_id == button.task_id else None
    checklist = found.checklist if found.checklist and found.checklist.task_id == button.task_id else None
    return {
        "button": button,
        "step": step,
        "form": form,
        "widgets": []
        if form is None
        else widgets(form, None if ours is None else ours.typed, {} if ours is None else ours.errors),
        "fixed": [] if form is None else [field for field in form.fields if field.right == "read"],
        "checklist": checklist,
        "may_save": any(each.kind == MoveKind.SAVE and each.task_id == button.task_id for each in found.buttons),
        "opinion": "" if ours is None else ours.posted.get("opinion", ""),
        "refused": "" if ours is None else ours.sentence,
        "lost": [] if ours is None else [text for code, text in ours.errors.items() if _elsewhere(form, code)],
    }


def _elsewhere(form: FormView | None, code: str) -> bool:
    """Whether a sentence belongs to none of the form's fields."""
    own = code.rpartition(".")[2]
    return form is None or all(field.code != own for field in form.fields)


def _form_of(found: CaseView, task_id: int | None) -> FormView | None:
    return next((form for form in found.forms if task_id is not None and form.task_id == task_id), None)


def _own_form(found: CaseView, task: str) -> FormView | None:
    return _form_of(found, _whole(task))


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
