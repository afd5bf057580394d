"""What may happen to keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from keguan.runtime import keyring
from keguan.runtime.access.resealing import sealed_under
from keguan.runtime.jobs.actions import enqueue
from keguan.runtime.jobs.queries import State, jobs, unfinished
from keguan.runtime.keyring import file
from keguan.runtime.keys.rotating import ROTATED
from keguan.runtime.ledger.actions import Action, Record, Refused
from keguan.runtime.org.factors import resealing as factors

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLLOW_JOB = "keys.follow"

_SEALED = {"fields": sealed_under, "factors": factors.sealed_under}
"""Keys that seal, each with the question whether anything is still sealed under one."""


@dataclass(frozen=True, kw_only=True)
class RotateKey(Action[int]):
    """Make a new key for a purpose and begin to bring everything under it; the id of the job that does so.

    A key for search tokens waits until every record has tokens under it, so that everybody is found all the time.
    """

    name: ClassVar[str] = "keys.rotate"
    operation: ClassVar[str | None] = "manage_keys"
    purpose: str
    wake: bool = True

    def check(self) -> None:
        """Refuse a purpose whose keys cannot be exchanged, and a second rotation before the first is done."""
        if self.purpose not in ROTATED:
            raise Refused("keys.purpose", _("这一类密钥不能更换：它做过的凭据要用当时的密钥核对。"))
        if unfinished(FOLLOW_JOB):
            raise Refused("keys.busy", _("上一次更换还没有办完，请等它办完。"))

    def do(self) -> int:
        """Add the key, and have the job put in."""
        file.rotate(settings.KEYRING_PATH, self.purpose, waiting=self.purpose == "tokens")
        return enqueue(FOLLOW_JOB, {"purpose": self.purpose}, self.actor.staff_id, wake=self.wake)

    def log(self, result: int) -> Iterable[Record]:
        """Which purpose; never a key."""
        return [Record(self.name, "key", None, data={"purpose": self.purpose, "job": result})]


@dataclass(frozen=True, kw_only=True)
class RetireKey(Action[None]):
    """Destroy a key that nothing is sealed, indexed or found with any more. It cannot be brought back."""

    name: ClassVar[str] = "keys.retire"
    operation: ClassVar[str | None] = "manage_keys"
    key_id: int

    def check(self) -> None:
        """Refuse a key that is not there, one in use, one that something is still sealed with, and others' purposes."""
        key = next((each for each in keyring.all_keys() if each.id == self.key_id), None)
        if key is None:
            raise Refused("keys.unknown", _("密钥文件里没有编号%(id)s的密钥。") % {"id": self.key_id})
        if key.purpose not in ROTATED:
            raise Refused("keys.purpose", _("这一类密钥不能更换：它做过的凭据要用当时的密钥核对。"))
        if keyring.key(key.purpose)[0] <= self.key_id:
            raise Refused("keys.in_use", _("这把密钥正在使用，请先更换。"))
        if unfinished(FOLLOW_JOB):
            raise Refused("keys.busy", _("上一次更换还没有办完，请等它办完。"))
        if key.purpose in _SEALED and _SEALED[key.purpose](self.key_id):
            raise Refused("keys.needed", _("还有信息是用这把密钥加密的，请先更换一次密钥，等重新加密办完。"))
        if key.purpose not in _SEALED and not _followed(key.purpose):
            raise Refused("keys.needed", _("最近一次更换没有办完，还有档案要靠这把密钥查找。请再更换一次，等它办完。"))

    def do(self) -> None:
        """Take it out of the key file."""
        file.retire(settings.KEYRING_PATH, self.key_id)

    def log(self, result: None) -> Iterable[Record]:
        """Which key, by its number."""
        return [Record(self.name, "key", self.key_id)]


@dataclass(frozen=True, kw_only=True)
class HoldKeys(Action[None]):
    """Have another key-management system hold the key over the keys. The keys themselves stay as they are."""

    name: ClassVar[str] = "keys.hold"
    operation: ClassVar[str | None] = "manage_keys"
    holder: str

    def do(self) -> None:
        """Wrap the key file anew."""
        try:
            file.wrap(settings.KEYRING_PATH, self.holder)
        except keyring.KeyringError as error:
            sentence = _("密钥没有交出去，仍由原来的保管（%(reason)s）。") % {"reason": error}
            raise Refused("keys.holder", sentence) from error

    def log(self, result: None) -> Iterable[Record]:
        """Who holds them from now on, without its address."""
        return [Record(self.name, "key", None, data={"holder": self.holder.partition(":")[0]})]


def _followed(purpose: str) -> bool:
    """Whether the newest rotation of this purpose came to its end."""
    newest = next((job for job in jobs(name=FOLLOW_JOB, size=100) if job.arguments["purpose"] == purpose), None)
    return newest is not None and newest.state == State.DONE
