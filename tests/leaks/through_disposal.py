"""A customer in a batch of disposal, held, and only stored: every page of retention that the person gets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from keguan.language.model.model import RowScope
from keguan.runtime import clock
from keguan.runtime.access.viewer import Grant
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.retention import queries as retention
from keguan.runtime.retention.models import Batch, Hold, Item

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.runtime.access.viewer import Viewer
    from tests.leaks.world import Person, World

OPENS = Grant(RowScope.NONE, RowScope.NONE, frozenset(), frozenset({"dispose", "hold"}), None, frozenset())
"""Opens the pages, and shows no record."""


def drive(world: World, person: Person) -> str:
    """Batches, holds and the list. Everybody may open these pages here, so that nothing but access protects values."""
    batch = _set_up(world)
    viewer = replace(person.viewer, grants=(*person.viewer.grants, OPENS))
    looks: tuple[Callable[[Viewer], object], ...] = (
        retention.overview,
        retention.tasks,
        retention.batches,
        retention.holds,
        retention.asides,
        retention.destroyed,
        lambda each: retention.batch_view(each, batch.pk),
        lambda each: retention.kept_lines(each, "customer", world.customer),
    )
    return "\n".join(_seen(look, viewer) for look in looks)


def _set_up(world: World) -> Batch:
    """The batch in which the customer is, who is held as well; made the first time."""
    today = clock.today()
    facts = {"record_type": "customer", "disposal": "destroy", "two_persons": True, "gathered_on": today}
    batch, made = Batch.objects.get_or_create(number="LEAK", defaults=facts)
    if made:
        Item.objects.create(batch=batch, record_id=world.customer, information_class="*", term="")
        Hold.objects.create(
            kind="held", record_type="customer", record_id=world.customer, reason="保全", since=today, at=clock.now()
        )
    return batch


def _seen(look: Callable[[Viewer], object], viewer: Viewer) -> str:
    try:
        return repr(look(viewer))
    except Refused as refused:
        return str(refused)
