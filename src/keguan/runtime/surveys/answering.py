"""Taking an answer down: what was typed, judged; how it counts; and what the form carries into the record."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.calculators.satisfaction import HIGHEST_DETRACTOR, LOWEST_PROMOTER
from keguan.language.model.model import FieldKind
from keguan.language.model.survey import Measure
from keguan.runtime import clock
from keguan.runtime.access.sealed_values import written as json_value
from keguan.runtime.access.survey_sight import seal_answer
from keguan.runtime.duties.filling import read_form
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records.actions import UpdateByPolicy
from keguan.runtime.surveys.forms import form_of
from keguan.runtime.surveys.models import Invitation, InvitationState, Reply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.form import Form, FormField
    from keguan.language.model.survey import Scale
    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.records.validation import Typed

LONGEST = 2_000
"""Characters of one free answer."""

_FREE = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT})


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody answered: values in storage form by question, and the form they are of."""

    form: Form
    values: Mapping[str, Value | None]


def read(invitation: Invitation, typed: Mapping[str, Typed]) -> Given:
    """What was typed, by question. Raises ``Refused`` (``surveys.incomplete``) with a sentence for each wrong one."""
    model, form, _survey = form_of(invitation)
    values, errors = read_form(model, form, invitation.record_id, typed)
    for field in form.fields:
        value, scale = values.get(field.code), field.scale
        if scale is not None and isinstance(value, int) and not scale.low <= value <= scale.high:
            errors[field.code] = _("请在 %(low)s 到 %(high)s 之间选一个。") % {"low": scale.low, "high": scale.high}
        elif isinstance(value, str) and len(value) > LONGEST:
            errors[field.code] = _("最多写 %(most)s 个字。") % {"most": LONGEST}
    if errors:
        raise Refused("surveys.incomplete", _("还没有提交：有几项请再看一下。"), errors)
    if all(value is None for value in values.values()):
        raise Refused("surveys.empty", _("还没有提交：请至少回答一题。"))
    return Given(form, values)


def take_down(
    invitation: Invitation, given: Given, way: str, by_id: int | None = None, by_name: str = ""
) -> tuple[str, ...]:
    """Store the answers, once. Gives the questions that were answered.

    Raises ``Refused`` (``surveys.answered``) when somebody was quicker.
    """
    now = clock.now()
    mine = Invitation.objects.filter(pk=invitation.pk, state=InvitationState.SENT)
    if not mine.update(
        state=InvitationState.ANSWERED,
        answered_at=now,
        answered_way=way,
        answered_by_id=by_id,
        answered_by_name=by_name,
        call_from=None,
        next_at=None,
    ):
        raise answered()
    replies = [
        _reply(invitation, given.form, given.form.field(code), value)
        for code, value in given.values.items()
        if value is not None and value != ""
    ]
    Reply.objects.bulk_create(replies)
    return tuple(each.field for each in replies)


def carry(viewer: Viewer, invitation: Invitation, given: Given) -> str:
    """Write answers into the record where the form says so (存入), in the system's name. What the record cannot take
    must not lose the answer: then the reason is given, else "".
    """
    into = {
        field.target: given.values[field.code]
        for field in given.form.fields
        if field.target is not None and given.values.get(field.code) is not None
    }
    if not into:
        return ""
    cause = {"survey": invitation.pk, "form": given.form.code}
    try:
        UpdateByPolicy(
            viewer=viewer,
            record_type=invitation.record_type,
            id=invitation.record_id,
            values=into,
            clause=given.form.clause,
            cause=cause,
        ).run()
    except Refused as refused:
        return refused.code
    return ""


def answered() -> Refused:
    """A survey is answered once."""
    return Refused("surveys.answered", _("这份评价已经提交过了，谢谢您。"))


def expired() -> Refused:
    """It is too late."""
    return Refused("surveys.expired", _("这份评价已经过了有效期。如仍想反映，请直接联系我们。"))


def _reply(invitation: Invitation, form: Form, field: FormField, value: Value) -> Reply:
    free = field.sensitive or field.kind in _FREE
    scale = field.scale
    score = None if scale is None else _score(scale, value)
    return Reply(
        invitation=invitation,
        survey=form.code,
        field=field.code,
        information_class=field.information_class,
        plain=None if free else json.dumps(json_value(value), ensure_ascii=False),
        sealed=seal_answer(form.code, field.code, invitation.pk, value) if free else None,
        measure="" if scale is None else str(scale.measure),
        score=score,
        standing=None if scale is None or score is None else _standing(scale, score),
        on=clock.today(),
    )


def _score(scale: Scale, value: Value) -> int:
    """The answer as a number; of a choice 1 for a good option."""
    return int(value) if isinstance(value, int) else int(value in scale.satisfied)


def _standing(scale: Scale, score: int) -> int:
    """How an answer counts."""
    if scale.measure is Measure.RECOMMENDATION:
        return 1 if score >= LOWEST_PROMOTER else -1 if score <= HIGHEST_DETRACTOR else 0
    return int(scale.measure is Measure.SATISFACTION and score >= scale.top)
