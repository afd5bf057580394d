"""The surveys of a policy, and the form of an invitation as it was when it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.model.form import Form
    from keguan.language.model.model import ClauseRef, Model
    from keguan.language.model.survey import OccasionKind, Survey
    from keguan.runtime.surveys.models import Invitation


def surveys(model: Model) -> Iterator[tuple[Form, Survey]]:
    """Every form that goes out to customers."""
    for form in model.blocks.forms.values():
        if form.survey is not None:
            yield form, form.survey


def asked_after(model: Model, kind: OccasionKind, target: str | None = None) -> list[tuple[Form, Survey]]:
    """The surveys that go out after such a thing."""
    found = surveys(model)
    return [(form, each) for form, each in found if each.occasion.kind is kind and each.occasion.target == target]


def form_of(invitation: Invitation) -> tuple[Model, Form, Survey]:
    """An invitation's form, with the policy by which it was made. One query, none when that policy is pinned."""
    model = policies.at(invitation.publication_id).model
    form = model.blocks.forms[invitation.survey]
    assert form.survey is not None  # noqa: S101 - only surveys are sent out
    return model, form, form.survey


def written(clause: ClauseRef) -> str:
    """A clause as it is kept: ``pack#anchor``."""
    return f"{clause.pack}#{clause.anchor}"
