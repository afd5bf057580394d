"""Keeping what is about records (duties, cases) to the records that a viewer reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from keguan.runtime.access.columns import condition_columns
from keguan.runtime.access.rights import scope
from keguan.runtime.records.classes import rows_of

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Viewer


def about_reached(viewer: Viewer, model: Model, record_type: str) -> Q:
    """The condition on ``record_id``, ``owner_id`` and ``unit_id`` of what is about records of a type and placed as
    they are: by the place alone, unless conditions of access rows ask for the records themselves.
    """
    within = scope(viewer, record_type, (), model)
    if not within or not condition_columns(model, record_type):
        return within
    return Q(record_id__in=rows_of(model, record_type).filter(within).values("id"))
