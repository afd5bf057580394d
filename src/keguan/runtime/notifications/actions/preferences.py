"""How somebody wants to be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.notifications.channel_kinds import channel_kind
from keguan.runtime.notifications.kinds import Group
from keguan.runtime.notifications.models import Channel, Digest, Preference, QuietHours

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import time


@dataclass(frozen=True, kw_only=True)
class SetPreferences(ViewerAction[None]):
    """Choose, for every group of kinds, the channels and how soon, and the quiet hours.

    What is in the house is told in any case. Quiet hours that begin when they end are none.
    """

    name: ClassVar[str] = "notifications.prefer"
    groups: Mapping[str, tuple[frozenset[int], str]] = field(default_factory=dict)
    quiet_since: time
    quiet_until: time
    urgent_too: bool = False

    def check(self) -> None:
        """Refuse the system, and groups, channels and rhythms that there are not."""
        if self.viewer.staff_id is None:
            raise Refused("notifications.nobody", _("只有人员才有通知偏好。"))
        chosen = {channel_id for ids, _digest in self.groups.values() for channel_id in ids}
        offered = {
            row.pk
            for row in Channel.objects.filter(pk__in=chosen)
            if (kind := channel_kind(row.kind)) is not None and not kind.for_everything
        }
        digests = {digest for _ids, digest in self.groups.values()}
        if not (set(self.groups) <= set(Group) and digests <= set(Digest.values) and chosen <= offered):
            raise Refused("notifications.preference", _("有一项选择已经不存在，请刷新页面后重选。"))

    def do(self) -> None:
        """Write the choice."""
        staff_id = self.viewer.staff_id or 0
        for group, (ids, digest) in self.groups.items():
            wanted = {"channels": sorted(ids), "digest": digest}
            Preference.objects.update_or_create(staff_id=staff_id, group=group, defaults=wanted)
        hours = {"since": self.quiet_since, "until": self.quiet_until, "urgent_too": self.urgent_too}
        QuietHours.objects.update_or_create(staff_id=staff_id, defaults=hours)

    def log(self, result: None) -> Iterable[Record]:
        """What was chosen."""
        yield Record(
            action=self.name,
            subject_type="staff",
            subject_id=self.viewer.staff_id or 0,
            data={
                "groups": {group: [sorted(ids), digest] for group, (ids, digest) in self.groups.items()},
                "quiet": f"{self.quiet_since:%H:%M}-{self.quiet_until:%H:%M}",
                "urgent_too": self.urgent_too,
            },
        )
