"""Setting up the ways out: by whoever administers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from django.utils.translation import gettext as _

from keguan.runtime import clock
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.jobs.actions import enqueue
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.notifications.channel_kinds import ChannelKind, channel_kind
from keguan.runtime.notifications.models import Channel, Delivery, Purpose
from keguan.runtime.notifications.sealing import sealed_secrets, secrets_of
from keguan.runtime.notifications.trouble import ADMINISTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LONGEST_LABEL = 80
LONGEST_SETTING = 500
"""Characters of a channel's name, and of one of its settings."""


@dataclass(frozen=True, kw_only=True)
class AddChannel(ViewerAction[int]):
    """Set up a way out; returns its id."""

    name: ClassVar[str] = "notifications.add_channel"
    operation: ClassVar[str | None] = ADMINISTERS
    kind: str
    label: str
    settings: Mapping[str, str] = field(default_factory=dict)

    def check(self) -> None:
        """Refuse unknown kinds, a name that is taken, and settings that are missing or wrong."""
        taken = Channel.objects.filter(label=self.label.strip()).exists()
        _check(_kind(self.kind), self.label, self.settings, {}, taken)

    def do(self) -> int:
        """Store it, its secrets sealed."""
        kind = _kind(self.kind)
        row = Channel.objects.create(kind=self.kind, label=self.label.strip(), settings=_open(kind, self.settings))
        row.secrets = sealed_secrets(row.pk, _secret(kind, self.settings, {}))
        row.save(update_fields=["secrets"])
        return row.pk

    def log(self, result: int) -> Iterable[Record]:
        """Which kind of channel under which name; no setting, for some are secrets in disguise."""
        data = {"kind": self.kind, "label": self.label.strip()}
        yield Record(action=self.name, subject_type="channel", subject_id=result, data=data)


@dataclass(frozen=True, kw_only=True)
class ChangeChannel(ViewerAction[None]):
    """Change a way out. A secret that is left empty stays as it is."""

    name: ClassVar[str] = "notifications.change_channel"
    operation: ClassVar[str | None] = ADMINISTERS
    channel_id: int
    label: str
    settings: Mapping[str, str] = field(default_factory=dict)

    def check(self) -> None:
        """Refuse what ``AddChannel`` refuses."""
        row = _channel(self.channel_id)
        taken = Channel.objects.filter(label=self.label.strip()).exclude(pk=row.pk).exists()
        _check(_kind(row.kind), self.label, self.settings, secrets_of(row.pk, row.secrets), taken)

    def do(self) -> None:
        """Store it."""
        row = _channel(self.channel_id)
        kind = _kind(row.kind)
        row.label, row.settings = self.label.strip(), _open(kind, self.settings)
        row.secrets = sealed_secrets(row.pk, _secret(kind, self.settings, secrets_of(row.pk, row.secrets)))
        row.save(update_fields=["label", "settings", "secrets"])

    def log(self, result: None) -> Iterable[Record]:
        """Which one."""
        data = {"label": self.label.strip()}
        yield Record(action=self.name, subject_type="channel", subject_id=self.channel_id, data=data)


@dataclass(frozen=True, kw_only=True)
class SwitchChannel(ViewerAction[None]):
    """Switch a way out on or off. What waits while it is off goes out when it is on again."""

    name: ClassVar[str] = "notifications.switch_channel"
    operation: ClassVar[str | None] = ADMINISTERS
    channel_id: int
    enabled: bool

    def check(self) -> None:
        """Refuse a channel that there is not."""
        _channel(self.channel_id)

    def do(self) -> None:
        """Store it."""
        Channel.objects.filter(pk=self.channel_id).update(enabled=self.enabled)

    def log(self, result: None) -> Iterable[Record]:
        """Which one, and which way."""
        data = {"enabled": self.enabled}
        yield Record(action=self.name, subject_type="channel", subject_id=self.channel_id, data=data)


@dataclass(frozen=True, kw_only=True)
class TryChannel(ViewerAction[int]):
    """Send a trial to oneself; returns the delivery's id, whose state tells how it went."""

    name: ClassVar[str] = "notifications.try_channel"
    operation: ClassVar[str | None] = ADMINISTERS
    channel_id: int

    def check(self) -> None:
        """Refuse a channel that is missing or off."""
        if not _channel(self.channel_id).enabled:
            raise Refused("notifications.channel_off", _("这个渠道已停用，请先启用再试发。"))

    def do(self) -> int:
        """Put it into the outbox and wake it."""
        now = clock.now()
        made = Delivery.objects.create(
            key=f"t{uuid4().hex}",
            staff_id=self.viewer.staff_id or 0,
            channel_id=self.channel_id,
            purpose=Purpose.TRIAL,
            urgent=True,
            next_at=now,
            made_at=now,
        )
        enqueue("notifications.deliver", {})
        return made.pk

    def log(self, result: int) -> Iterable[Record]:
        """Which one."""
        yield Record(action=self.name, subject_type="channel", subject_id=self.channel_id, data={"delivery": result})


def _channel(channel_id: int) -> Channel:
    found = Channel.objects.filter(pk=channel_id).first()
    if found is None:
        raise Refused("notifications.no_such_channel", _("没有这个通知渠道。"))
    return found


def _kind(code: str) -> ChannelKind:
    found = channel_kind(code)
    if found is None:
        raise Refused("notifications.channel_kind", _("没有这一种通知渠道。"))
    return found


def _check(kind: ChannelKind, label: str, settings: Mapping[str, str], secrets: Mapping[str, str], taken: bool) -> None:
    fields: dict[str, str] = {}
    if not 0 < len(label.strip()) <= LONGEST_LABEL:
        fields["label"] = _("请给渠道起一个名称，最多%(most)s个字。") % {"most": LONGEST_LABEL}
    elif taken:
        fields["label"] = _("已有同名的渠道，请换一个名称。")
    given = {**secrets, **{name: value.strip() for name, value in settings.items() if value.strip()}}
    for each in kind.settings:
        if each.required and not given.get(each.name):
            fields[each.name] = _("请填写“%(label)s”。") % {"label": each.label}
        elif len(given.get(each.name, "")) > LONGEST_SETTING:
            fields[each.name] = _("“%(label)s”太长，最多%(most)s个字。") % {
                "label": each.label,
                "most": LONGEST_SETTING,
            }
    if not fields:
        fields = kind.wrong(given)
    if fields:
        raise Refused("notifications.channel", _("渠道没有保存：有几项需要改正。"), fields)


def _open(kind: ChannelKind, settings: Mapping[str, str]) -> dict[str, str]:
    return {each.name: settings.get(each.name, "").strip() for each in kind.settings if not each.secret}


def _secret(kind: ChannelKind, settings: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """The secrets; one that is left empty stays."""
    names = [each.name for each in kind.settings if each.secret]
    return {name: settings.get(name, "").strip() or before.get(name, "") for name in names}
