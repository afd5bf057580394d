"""Signing in through a provider that vouches for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org.attempt import Attempt, SignedIn
from keguan.runtime.org.models import Identity, Staff

if TYPE_CHECKING:
    from keguan.runtime.org.federation.doors import Vouched


@dataclass(frozen=True, kw_only=True)
class SignInAs(Attempt):
    """Sign in the person to whom the vouched subject is bound. Nobody is bound here, and nobody is added.

    ``vouched`` is None when the answer proved nothing; ``why`` then names the check, for the ledger. Who has left here
    stays out, whatever the provider says; whoever has a second factor here is asked for it, unless the provider has
    asked for one.
    """

    failing: ClassVar[str] = "unvouched"
    door: str
    vouched: Vouched | None
    why: str = ""

    def do(self) -> SignedIn:
        """Find the person behind the subject."""
        if self.vouched is None:
            return SignedIn(None, self.door, self.why or self.failing)
        bound = Identity.objects.filter(door=self.door, subject=self.vouched.subject).first()
        if bound is None:
            return SignedIn(None, self.door, "unbound")
        staff = Staff.objects.select_for_update().get(pk=bound.staff_id)
        return self.judge(staff, fits=True, means=self.door, strong=self.vouched.strong, unlocks=True)

    def refusal(self) -> Refused:
        """One answer to everything that fails."""
        return Refused(
            "org.vouched",
            _(
                "外部登录没有通过：这个外部账号没有绑定本系统的账号，或者对方的答复没有通过核对。请用密码登录，再到“账号安全”绑定。"
            ),
        )
