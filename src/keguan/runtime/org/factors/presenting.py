"""The second step of signing in, and signing in with a passkey alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org.attempt import Attempt, SignedIn
from keguan.runtime.org.factors.models import Authenticator, Passkey, RecoveryCode
from keguan.runtime.org.factors.passkeys import House, NotProven, ask_to_prove, credential_id, prove
from keguan.runtime.org.factors.recovery import digest
from keguan.runtime.org.factors.sealing import opened
from keguan.runtime.org.factors.totp import DIGITS, matching_step
from keguan.runtime.org.models import Staff
from keguan.runtime.org.passwords.figures import figures

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Assertion:
    """A browser's answer by a passkey, with what was remembered of the question. A question is answered once."""

    house: House
    kept: Mapping[str, Any] = field(repr=False)
    answer: Mapping[str, Any] = field(repr=False)


def proof_asked(house: House, staff_id: int | None) -> tuple[Any, dict[str, Any]]:
    """What to ask the browser: for one of this person's keys, or (None) for any key it has for us. One query."""
    return ask_to_prove(house, () if staff_id is None else Passkey.objects.filter(staff=staff_id))


@dataclass(frozen=True, kw_only=True)
class PresentFactor(Attempt):
    """Finish a sign-in whose first step (``first``: its means) was right, with a code or with a passkey's answer.

    ``code`` is six digits of the app or a recovery code. ``proven`` stands for the password of the first step: who has
    changed it meanwhile begins anew. Failures count like wrong passwords, so codes cannot be tried out.
    """

    failing: ClassVar[str] = "factor"
    staff_id: int
    first: str
    proven: str = field(repr=False)
    code: str = field(repr=False, default="")
    assertion: Assertion | None = None

    def check(self) -> None:
        """Refuse when the first step does not hold any more."""
        person = Staff.objects.filter(pk=self.staff_id).first()
        if person is None or not constant_time_compare(person.get_session_auth_hash(), self.proven):
            raise begin_anew()

    def do(self) -> SignedIn:
        """Count the attempt. A code that is taken is used up."""
        staff = Staff.objects.select_for_update().get(pk=self.staff_id)
        if not staff.is_active or (staff.locked_until is not None and staff.locked_until > clock.now()):
            return self.judge(staff, fits=False, means="")
        with_what = self._taken()
        return self.judge(staff, fits=bool(with_what), means=f"{self.first}+{with_what}", strong=True)

    def refusal(self) -> Refused:
        """One answer, whether the code was wrong, used, late or the account is locked."""
        limits = figures()
        sentence = _(
            "验证没有通过：验证码不对、已经用过或已过期，或者账号正锁定着。连续输错%(times)s次，账号锁定%(minutes)s分钟。"
        )
        return Refused("org.factor", sentence % {"times": limits.lock_failures, "minutes": limits.lock_minutes})

    def _taken(self) -> str:
        """What fitted: ``totp``, ``recovery``, ``passkey`` or nothing."""
        return take_factor(self.staff_id, self.code, self.assertion)


@dataclass(frozen=True, kw_only=True)
class SignInWithPasskey(Attempt):
    """Sign in with a passkey alone: the device has checked its owner, so it is two factors in one.

    A signature cannot be guessed, so failures lock nobody out, and a lock against guessing does not hold it up.
    """

    failing: ClassVar[str] = "factor"
    assertion: Assertion

    def do(self) -> SignedIn:
        """Find the key, and check that it has signed."""
        try:
            wanted = credential_id(self.assertion.answer)
        except NotProven:
            return SignedIn(None, "***", "unknown")
        key = Passkey.objects.select_for_update().select_related("staff").filter(credential_id=wanted).first()
        if key is None:
            return SignedIn(None, "***", "unknown")
        staff = Staff.objects.select_for_update().get(pk=key.staff_id)
        failure = _signed(key, self.assertion)
        if failure and staff.is_active:
            return SignedIn(None, staff.username, failure, whose=staff.pk)
        return self.judge(staff, fits=not failure, means="passkey", strong=True, unlocks=True)

    def refusal(self) -> Refused:
        """One answer to everything that fails."""
        return Refused("org.passkey_sign_in", _("通行密钥没有通过验证。请重试，或用密码登录。"))


def take_factor(staff_id: int, code: str, assertion: Assertion | None) -> str:
    """Use up a person's code or accept their key's answer, inside the running transaction.

    ``totp``, ``recovery`` or ``passkey``; nothing when it does not hold.
    """
    if assertion is not None:
        return "passkey" if _signed_by(staff_id, assertion) else ""
    bare = "".join(code.split())
    if len(bare) == DIGITS and bare.isascii() and bare.isdigit():
        return "totp" if _code_taken(staff_id, bare) else ""
    gone, _rows = RecoveryCode.objects.filter(staff=staff_id, digest=digest(bare)).delete()
    return "recovery" if gone else ""


def begin_anew() -> Refused:
    """The first step has to be done again."""
    return Refused("org.begin_anew", _("登录已过期，请重新输入用户名和密码。"))


def _code_taken(staff_id: int, code: str) -> bool:
    row = Authenticator.objects.select_for_update().filter(staff=staff_id, confirmed_at__isnull=False).first()
    if row is None:
        return False
    step = matching_step(opened(staff_id, row.key_id, row.sealed), code, clock.now(), row.last_step)
    if step is None:
        return False
    row.last_step = step
    row.save(update_fields=["last_step"])
    return True


def _signed_by(staff_id: int, assertion: Assertion) -> bool:
    try:
        wanted = credential_id(assertion.answer)
    except NotProven:
        return False
    key = Passkey.objects.select_for_update().filter(credential_id=wanted, staff=staff_id).first()
    return key is not None and not _signed(key, assertion)


def _signed(key: Passkey, assertion: Assertion) -> str:
    """Nothing when the key has signed, and its counter moves on; else which failure: ``factor`` or ``cloned``."""
    try:
        key.sign_count = prove(assertion.house, assertion.kept, key, assertion.answer)
    except NotProven as wrong:
        return "cloned" if str(wrong) == "cloned" else "factor"
    key.used_at = clock.now()
    key.save(update_fields=["sign_count", "used_at"])
    return ""
