"""Adding and removing passkeys."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.org.events import FactorChanged
from keguan.runtime.org.factors.enrolling import Own, drop_idle_codes, fresh_codes
from keguan.runtime.org.factors.models import Passkey, RecoveryCode
from keguan.runtime.org.factors.passkeys import House, NotProven, ask_to_register, register

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.runtime.ledger.events import Event

LONGEST_NAME = 60
MOST = 10
"""Passkeys that one person may have."""


def registration(house: House, staff_id: int, username: str) -> tuple[Any, dict[str, Any]]:
    """What to ask the browser for a new key of this person, and what to remember until it answers. One query."""
    return ask_to_register(house, staff_id, username, Passkey.objects.filter(staff=staff_id))


@dataclass(frozen=True, kw_only=True)
class AddPasskey(Own):
    """Register the key in a browser's answer. Returns recovery codes for whoever has none yet, else nothing."""

    name: ClassVar[str] = "org.add_passkey"
    house: House
    kept: Mapping[str, Any] = field(repr=False)
    answer: Mapping[str, Any] = field(repr=False)
    label: str

    def check(self) -> None:
        """Refuse a nameless key, one too many, and what does not prove anything."""
        if not 1 <= len(self.label.strip()) <= LONGEST_NAME:
            sentence = _("请给通行密钥起个名字，例如“办公电脑”，最多%(most)s个字。") % {"most": LONGEST_NAME}
            raise Refused("org.passkey_name", sentence, {"label": sentence})
        if Passkey.objects.filter(staff=self.owner).count() >= MOST:
            raise Refused("org.passkeys_many", _("通行密钥最多%(most)s个，请先删除不用的。") % {"most": MOST})
        self._registered()

    def do(self) -> tuple[str, ...]:
        """Store its public half."""
        found = self._registered()
        Passkey.objects.create(
            staff_id=self.owner,
            credential_id=found.credential_id,
            credential=found.credential,
            sign_count=found.sign_count,
            name=self.label.strip(),
            added_at=clock.now(),
        )
        return () if RecoveryCode.objects.filter(staff=self.owner).exists() else fresh_codes(self.owner)

    def log(self, result: object) -> Iterable[Record]:
        """That there is a key, by its name."""
        return [Record(self.name, "staff", self.owner, data={"name": self.label.strip()})]

    def announce(self, result: object) -> Iterable[Event]:
        """That there is a new factor."""
        return [FactorChanged(self.owner, "passkey_on", self.actor.staff_id)]

    def _registered(self) -> Any:
        try:
            found = register(self.house, self.kept, self.answer)
        except NotProven:
            raise Refused("org.passkey", _("通行密钥没有绑定成功，请重试；换一个浏览器或设备也可以。")) from None
        if Passkey.objects.filter(credential_id=found.credential_id).exists():
            raise Refused("org.passkey_known", _("这个通行密钥已经绑定过了。"))
        return found


@dataclass(frozen=True, kw_only=True)
class RemovePasskey(Own):
    """Forget one of one's own keys."""

    name: ClassVar[str] = "org.remove_passkey"
    passkey_id: int

    def check(self) -> None:
        """Refuse an unknown one and somebody else's, with the same answer."""
        if not Passkey.objects.filter(pk=self.passkey_id, staff=self.owner).exists():
            raise Refused("org.no_passkey", _("没有这个通行密钥。"))

    def do(self) -> str:
        """Delete it and return its name."""
        row = Passkey.objects.get(pk=self.passkey_id)
        row.delete()
        drop_idle_codes(self.owner)
        return row.name

    def log(self, result: object) -> Iterable[Record]:
        """Which."""
        return [Record(self.name, "staff", self.owner, data={"name": result})]

    def announce(self, result: object) -> Iterable[Event]:
        """That a factor is gone."""
        return [FactorChanged(self.owner, "passkey_off", self.actor.staff_id)]
