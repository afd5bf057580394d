"""The form of a process's first step, before there is a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.form_sight import FormSight
from keguan.runtime.access.rights import reaches
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes import forms
from keguan.runtime.processes.models import Case
from keguan.runtime.processes.places import place_of_record
from keguan.runtime.processes.standing import Standing
from keguan.runtime.processes.starting import refused_start, require_impartial

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.forms import FormView


def starting_form(viewer: Viewer, process: str, record_id: int, through: Exit = Exit.CASE) -> FormView | None:
    """What is filled in when the viewer starts a case of the process over a record, with what the record gives
    beforehand; None when the first step has no form. Raises ``Refused`` as ``StartCase`` does.
    """
    current = policies.current()
    declared = current.model.blocks.processes.get(process)
    if declared is None:
        raise Refused("cases.no_process", _("没有这个流程。"))
    place = place_of_record(current.model, declared.record_type, record_id)
    if place is None or not reaches(viewer, declared.record_type, place, current.model):
        raise Refused("records.not_found", _("没有这份档案，或者它不在您的可见范围内。"))
    refusal = refused_start(viewer, declared, place)
    if refusal is not None:
        raise refusal
    step = declared.steps[0]
    if step.form is None:
        return None
    case = Case(  # never stored: what the form of the case to come is shown for
        id=0,
        process=process,
        publication_id=current.publication_id,
        record_type=declared.record_type,
        record_id=record_id,
        owner_id=place.owner_id,
        unit_id=place.unit_id,
        started_by_id=viewer.staff_id,
    )
    standing = Standing(case, current, declared, [], [], clock.now())
    require_impartial(viewer, standing)
    sight = FormSight(
        viewer, case.pk, place, given=True, through=through, model=current.model, record_type=case.record_type
    )
    return forms.present(sight, standing, current.model.blocks.forms[step.form], step, 0)
