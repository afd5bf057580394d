"""Which records' outcomes of a decision a viewer may ask about, as SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from keguan.runtime.access.rights import scope
from keguan.runtime.policies.queries import current
from keguan.runtime.records.classes import record_class

if TYPE_CHECKING:
    from django.db.models import Model as DjangoModel

    from keguan.runtime.access.viewer import Viewer


def ids_in_reach(viewer: Viewer, decision: str) -> tuple[str, tuple[Any, ...]] | None:
    """A query for the ids of the records on which the viewer may see every output of the decision, with its values;
    None when there is no such record for anyone with this viewer's grants. Raises ``KeyError`` for a decision that is
    not in force.
    """
    model = current().model
    declared = model.decisions[decision]
    codes = tuple(each.code for each in declared.outputs)
    within: QuerySet[DjangoModel] = QuerySet(record_class(model, declared.record_type)).filter(
        scope(viewer, declared.record_type, codes, model)
    )
    try:
        return within.values("id").query.sql_with_params()
    except EmptyResultSet:
        return None
