"""Who is told that somebody has left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.notifications import actions as notifications
from keguan.runtime.notifications.telling import Notice
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from keguan.runtime.org.events import Left


def tell_left(event: Left) -> None:
    """Tell the nearest head, and whoever handles departures, that what the person held waits to be handed over."""
    person = org.staff_by_id(event.staff_id)
    if person is None:
        return
    told = {*org.heads_over(person.unit_id)[:1], *_offboarders()} - {event.staff_id}
    notifications.tell(
        Notice(
            staff_id,
            "departures.left",
            f"departures.left:{event.departure_id}:{staff_id}",
            person.name,
            {"unit": person.unit_name},
        )
        for staff_id in sorted(told)
    )


def _offboarders() -> frozenset[int]:
    policy = policies.in_force_on(clock.today())
    if policy is None:
        return frozenset()
    roles = policy.model.roles.values()
    return org.holders_of(role.code for role in roles if "offboard" in role.operations)
