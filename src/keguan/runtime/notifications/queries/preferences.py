"""How somebody wants to be told, as their preferences page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.notifications.channel_kinds import channel_kind
from keguan.runtime.notifications.kinds import Group
from keguan.runtime.notifications.models import Channel, ContactPoint
from keguan.runtime.notifications.preferring import HABIT, Wishes, wishes_of
from keguan.runtime.notifications.queries.channels import ChannelCard, channels
from keguan.runtime.notifications.sealing import address_of, masked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.notifications.moments import Quiet


@dataclass(frozen=True, slots=True)
class Contact:
    """One kind of address: the person's own, masked ("" when they have none), and whether they showed it is theirs."""

    address_kind: str
    shown: str
    verified: bool


@dataclass(frozen=True, slots=True)
class GroupWish:
    """How somebody is told of one group of kinds."""

    group: Group
    channel_ids: frozenset[int]
    digest: str


@dataclass(frozen=True, slots=True)
class Wish:
    """Everything about how one person is told. ``channels`` are those that a person may choose from."""

    groups: tuple[GroupWish, ...]
    channels: tuple[ChannelCard, ...]
    contacts: tuple[Contact, ...]
    quiet: Quiet


def wish(viewer: Viewer) -> Wish:
    """How the viewer is told. Six queries."""
    staff_id = viewer.staff_id or 0
    wishes = wishes_of([staff_id])[staff_id]
    personal = tuple(each for each in channels() if each.enabled and each.kind and not each.kind.for_everything)
    rows = list(Channel.objects.filter(pk__in=[each.id for each in personal]).order_by("id"))
    return Wish(
        groups=tuple(_group(group, wishes, rows) for group in Group),
        channels=personal,
        contacts=_contacts(staff_id, personal),
        quiet=wishes.quiet,
    )


def _group(group: Group, wishes: Wishes, rows: Sequence[Channel]) -> GroupWish:
    if group in wishes.chosen:
        ids, digest = wishes.chosen[group]
        return GroupWish(group, ids, digest)
    by_habit = [row.pk for row in rows if (kind := channel_kind(row.kind)) is not None and kind.by_default]
    return GroupWish(group, frozenset(by_habit), HABIT[group])


def _contacts(staff_id: int, personal: Sequence[ChannelCard]) -> tuple[Contact, ...]:
    """The kinds of addresses that some channel needs."""
    needed = dict.fromkeys(code for each in personal if each.kind for code in (each.kind.address, each.kind.mention))
    held = {each.address_kind: each for each in ContactPoint.objects.filter(staff_id=staff_id)}
    return tuple(_contact(code, held.get(code)) for code in needed if code)


def _contact(code: str, point: ContactPoint | None) -> Contact:
    if point is None:
        return Contact(code, "", verified=False)
    return Contact(code, masked(address_of(point.staff_id, code, point.sealed)), point.verified)
