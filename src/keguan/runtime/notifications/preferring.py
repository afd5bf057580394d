"""Which ways somebody is told of what: their own choice, else the company's habit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from keguan.runtime.notifications.channel_kinds import channel_kind
from keguan.runtime.notifications.kinds import Group
from keguan.runtime.notifications.models import Channel, ContactPoint, Digest, Preference, QuietHours
from keguan.runtime.notifications.moments import NIGHT, Quiet, quiet_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

HABIT: dict[Group, Digest] = {
    Group.TODO: Digest.AT_ONCE,
    Group.DEADLINE: Digest.AT_ONCE,
    Group.NEWS: Digest.DAILY,
    Group.RESULT: Digest.AT_ONCE,
    Group.SYSTEM: Digest.AT_ONCE,
}
"""How soon those are told who chose nothing."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How one person wants to be told. ``chosen`` holds (channels, digest) for each group that they chose for."""

    chosen: Mapping[str, tuple[frozenset[int], str]] = field(default_factory=dict)
    quiet: Quiet = NIGHT
    reached: frozenset[str] = frozenset()
    """The kinds of addresses that they have shown to be theirs."""

    def ways(self, group: Group, channels: Sequence[Channel]) -> tuple[list[Channel], str]:
        """The channels by which they are told of this group, and how soon."""
        mine, digest = self.chosen.get(group, (None, HABIT[group]))
        return [each for each in channels if self._reaches(each, mine)], digest

    def _reaches(self, channel: Channel, mine: frozenset[int] | None) -> bool:
        kind = channel_kind(channel.kind)
        if kind is None or kind.for_everything or (kind.address and kind.address not in self.reached):
            return False
        return kind.by_default if mine is None else channel.pk in mine


def wishes_of(staff_ids: Collection[int]) -> dict[int, Wishes]:
    """The wishes of these people. Three queries."""
    chosen: dict[int, dict[str, tuple[frozenset[int], str]]] = defaultdict(dict)
    for each in Preference.objects.filter(staff_id__in=staff_ids):
        chosen[each.staff_id][each.group] = (frozenset(each.channels), each.digest)
    quiet = {each.staff_id: quiet_of(each) for each in QuietHours.objects.filter(staff_id__in=staff_ids)}
    reached: dict[int, set[str]] = defaultdict(set)
    points = ContactPoint.objects.filter(staff_id__in=staff_ids, verified=True)
    for staff_id, address_kind in points.values_list("staff_id", "address_kind"):
        reached[staff_id].add(address_kind)
    return {
        staff_id: Wishes(chosen.get(staff_id, {}), quiet.get(staff_id, NIGHT), frozenset(reached.get(staff_id, ())))
        for staff_id in set(staff_ids)
    }
