"""Taking up and giving up one-time codes and recovery codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Action, Record, Refused
from keguan.runtime.org.actions.named import person_of
from keguan.runtime.org.events import FactorChanged
from keguan.runtime.org.factors.models import Authenticator, Passkey, RecoveryCode
from keguan.runtime.org.factors.queries import has_factor
from keguan.runtime.org.factors.recovery import digest, new_codes
from keguan.runtime.org.factors.sealing import opened, sealed
from keguan.runtime.org.factors.totp import matching_step, new_secret
from keguan.runtime.org.sessions.ending import end_all

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class Own(Action[object]):
    """Base of what people change about their own factors."""

    @property
    def owner(self) -> int:
        """The person themselves. Raises ``Refused`` for the system, which has no factors."""
        if self.actor.staff_id is None:
            raise Refused("org.no_staff", _("没有这个人员。"))
        return self.actor.staff_id


@dataclass(frozen=True, kw_only=True)
class BeginAuthenticator(Own):
    """Make a secret for an authenticator app and return it: shown this once, in force only when confirmed."""

    name: ClassVar[str] = "org.begin_authenticator"

    def check(self) -> None:
        """Refuse a second one while one is in force."""
        if Authenticator.objects.filter(staff=self.owner, confirmed_at__isnull=False).exists():
            raise Refused("org.authenticator_on", _("已经在用动态口令；要换手机，请先停用再重新绑定。"))

    def do(self) -> bytes:
        """Store it sealed; an unconfirmed one from before is forgotten."""
        secret = new_secret()
        key_id, stored = sealed(self.owner, secret)
        Authenticator.objects.update_or_create(
            staff_id=self.owner, defaults={"sealed": stored, "key_id": key_id, "begun_at": clock.now(), "last_step": 0}
        )
        return secret

    def log(self, result: object) -> Iterable[Record]:
        """That it was begun; never the secret."""
        return [Record(self.name, "staff", self.owner)]


@dataclass(frozen=True, kw_only=True)
class ConfirmAuthenticator(Own):
    """Confirm the app with its first code. Returns recovery codes for whoever has none yet, else nothing."""

    name: ClassVar[str] = "org.confirm_authenticator"
    code: str = field(repr=False)

    def check(self) -> None:
        """Refuse a wrong code, and where nothing was begun."""
        if self._step() is None:
            sentence = _("验证码不对。请看手机时间是否准确，输入现在显示的6位数字。")
            raise Refused("org.wrong_code", sentence, {"code": sentence})

    def do(self) -> tuple[str, ...]:
        """Put it in force; this code is used up."""
        Authenticator.objects.filter(staff=self.owner).update(confirmed_at=clock.now(), last_step=self._step())
        return () if RecoveryCode.objects.filter(staff=self.owner).exists() else fresh_codes(self.owner)

    def log(self, result: object) -> Iterable[Record]:
        """That codes are asked for from now on."""
        return [Record(self.name, "staff", self.owner)]

    def announce(self, result: object) -> Iterable[Event]:
        """That there is a new factor."""
        return [FactorChanged(self.owner, "totp_on", self.actor.staff_id)]

    def _step(self) -> int | None:
        row = Authenticator.objects.filter(staff=self.owner, confirmed_at=None).first()
        if row is None:
            raise Refused("org.no_authenticator", _("还没有开始绑定动态口令，请从“账号安全”重新开始。"))
        return matching_step(opened(self.owner, row.key_id, row.sealed), self.code, clock.now(), row.last_step)


@dataclass(frozen=True, kw_only=True)
class RemoveAuthenticator(Own):
    """Stop using the app. Recovery codes go with the last factor."""

    name: ClassVar[str] = "org.remove_authenticator"

    def check(self) -> None:
        """Refuse where there is none in force."""
        if not Authenticator.objects.filter(staff=self.owner, confirmed_at__isnull=False).exists():
            raise Refused("org.no_authenticator", _("没有在用的动态口令。"))

    def do(self) -> None:
        """Delete it: a secret that is not used is not kept."""
        Authenticator.objects.filter(staff=self.owner).delete()
        drop_idle_codes(self.owner)

    def log(self, result: object) -> Iterable[Record]:
        """That it is gone."""
        return [Record(self.name, "staff", self.owner)]

    def announce(self, result: object) -> Iterable[Event]:
        """That a factor is gone."""
        return [FactorChanged(self.owner, "totp_off", self.actor.staff_id)]


@dataclass(frozen=True, kw_only=True)
class NewRecoveryCodes(Own):
    """Make fresh recovery codes and return them, shown this once; the old ones do not work any more."""

    name: ClassVar[str] = "org.new_recovery_codes"

    def check(self) -> None:
        """Refuse where there is no factor that they could stand in for."""
        if not has_factor(self.owner):
            raise Refused("org.no_factor", _("请先绑定动态口令或通行密钥，再生成恢复码。"))

    def do(self) -> tuple[str, ...]:
        """Replace them."""
        return fresh_codes(self.owner)

    def log(self, result: object) -> Iterable[Record]:
        """That there are new ones."""
        return [Record(self.name, "staff", self.owner)]

    def announce(self, result: object) -> Iterable[Event]:
        """That there are new ones."""
        return [FactorChanged(self.owner, "recovery", self.actor.staff_id)]


@dataclass(frozen=True, kw_only=True)
class ResetFactors(Action[None]):
    """Take away all second factors of somebody who has lost them; their sessions end. Never one's own."""

    name: ClassVar[str] = "org.reset_factors"
    operation: ClassVar[str | None] = "manage_staff"
    staff_id: int

    def check(self) -> None:
        """Refuse an unknown person, oneself, and where there is nothing to take away."""
        person_of(self.staff_id)
        if self.staff_id == self.actor.staff_id:
            raise Refused("org.own_factors", _("不能重置自己的登录验证，请由另一位管理员办理。"))
        if not has_factor(self.staff_id):
            raise Refused("org.no_factor", _("这个人员没有绑定动态口令或通行密钥。"))

    def do(self) -> None:
        """Delete them, and end the sessions that rest on them."""
        Authenticator.objects.filter(staff=self.staff_id).delete()
        Passkey.objects.filter(staff=self.staff_id).delete()
        RecoveryCode.objects.filter(staff=self.staff_id).delete()
        end_all(self.staff_id, "factors")

    def log(self, result: None) -> Iterable[Record]:
        """Whose."""
        return [Record(self.name, "staff", self.staff_id)]

    def announce(self, result: None) -> Iterable[Event]:
        """That they are gone, and by whom."""
        return [FactorChanged(self.staff_id, "reset", self.actor.staff_id)]


def fresh_codes(staff_id: int) -> tuple[str, ...]:
    """Replace a person's recovery codes, inside the running transaction, and return the new ones."""
    RecoveryCode.objects.filter(staff=staff_id).delete()
    codes, now = new_codes(), clock.now()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(staff_id=staff_id, digest=digest(code), made_at=now) for code in codes
    )
    return codes


def drop_idle_codes(staff_id: int) -> None:
    """Recovery codes stand in for another factor: with the last of them they go."""
    if not has_factor(staff_id):
        RecoveryCode.objects.filter(staff=staff_id).delete()
