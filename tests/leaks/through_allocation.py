"""A customer in a run of an allocation: the pages of whoever shares out, opened for everybody here."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING
from unittest.mock import patch

from keguan.language.model.allocation import Allocation, Method, Share, ShareOf
from keguan.language.model.model import RowScope
from keguan.runtime import clock
from keguan.runtime.access.viewer import Grant
from keguan.runtime.allocations import queries
from keguan.runtime.allocations.models import Line, Recipient, Run, RunState
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from keguan.runtime.policies.queries import Current
    from tests.leaks.world import Person, World

OPENS = Grant(RowScope.NONE, RowScope.NONE, frozenset(), frozenset({"allocate"}), None, frozenset())
"""Opens the pages, and shows no record."""


def drive(world: World, person: Person) -> str:
    """The run, the people in it, and the record with its reason."""
    run = _set_up(world, person)
    viewer = replace(person.viewer, grants=(*person.viewer.grants, OPENS))
    policy = replace(policies.current(), model=_with_allocation(policies.current().model))

    def there(*_asked: object) -> Current:
        return policy

    with patch.object(policies, "current", there), patch.object(policies, "at", there):
        return repr(
            (
                queries.overview(viewer),
                queries.run_view(viewer, run.pk),
                queries.recipients(viewer, run.pk),
                queries.line_page(viewer, run.pk),
            )
        )


def _set_up(world: World, person: Person) -> Run:
    facts = {
        "record_type": "customer",
        "publication_id": policies.current().publication_id,
        "period": "2026",
        "on": clock.today(),
        "at": clock.now(),
        "rows": [
            {"number": 1, "name": "全部", "weight": 1, "most": None, "there": 1, "share": 1, "target": 1, "given": 1}
        ],
        "state": RunState.DONE,
    }
    run, made = Run.objects.get_or_create(allocation="leak_sharing", defaults=facts)
    if made:
        staff = person.viewer.staff_id
        Recipient.objects.create(run=run, recipient_id=1, staff_id=staff, got=1, counts={"1": 1})
        Line.objects.create(run=run, record_id=world.customer, row=1, place=1, recipient_id=1, turn=1)
    return run


def _with_allocation(model: Model) -> Model:
    """The policy with an allocation of customers."""
    declared = model.record_types["customer"]
    sharing = Allocation(
        code="leak_sharing",
        label=declared.label,
        record_type="customer",
        pool=None,
        recipient_type=None,
        role="salesperson",
        method=Method.EQUAL,
        score=None,
        excluded=None,
        capacity=None,
        matches=(),
        frequency=None,
        share_of=ShareOf.KINDS,
        shares=(Share(1, "全部", None, None, None, None, declared.span),),
        clause=declared.clause,
        span=declared.span,
    )
    return replace(model, blocks=replace(model.blocks, allocations=MappingProxyType({"leak_sharing": sharing})))
