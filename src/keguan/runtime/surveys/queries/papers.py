"""A survey as it is filled in: its questions, and nothing of the record that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.feel.types import Text
from keguan.runtime.clock import local
from keguan.runtime.surveys.actions.by_link import invitation_of
from keguan.runtime.surveys.answering import LONGEST
from keguan.runtime.surveys.forms import form_of

if TYPE_CHECKING:
    from datetime import date

    from keguan.language.model.form import Form, FormField
    from keguan.runtime.surveys.models import Invitation


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``kind`` is that of its field; ``points`` are what may be chosen on its scale, lowest first.

    ``measure`` is "" for a question that measures nothing.
    """

    code: str
    label: str
    kind: str
    note: str
    required: bool
    choices: tuple[str, ...]
    points: tuple[int, ...]
    measure: str
    longest: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A survey to be answered: what it is called, until which day, and the questions."""

    title: str
    until: date | None
    questions: tuple[Question, ...]


def paper(secret: str, language: str) -> Paper:
    """The survey behind a link. Two queries. Raises ``Refused``: ``surveys.unknown``, ``surveys.answered``,
    ``surveys.expired``.
    """
    return paper_of(invitation_of(secret), language)


def paper_of(invitation: Invitation, language: str) -> Paper:
    """The survey of an invitation. One query, none when its policy is pinned."""
    _model, form, _survey = form_of(invitation)
    until = None if invitation.expires_at is None else local(invitation.expires_at).date()
    return Paper(form.label.text(language), until, questions(form, language))


def questions(form: Form, language: str) -> tuple[Question, ...]:
    """The questions of a form, in the policy's order."""
    return tuple(_question(field, language) for field in form.fields)


def _question(field: FormField, language: str) -> Question:
    choices = (field.type.choices or ()) if isinstance(field.type, Text) else ()
    scale = field.scale
    return Question(
        code=field.code,
        label=field.label.text(language),
        kind=str(field.kind),
        note=field.note,
        required=field.required is True,
        choices=choices,
        points=() if scale is None or choices else tuple(range(scale.low, scale.high + 1)),
        measure="" if scale is None else str(scale.measure),
        longest=min(field.max_length or LONGEST, LONGEST),
    )
