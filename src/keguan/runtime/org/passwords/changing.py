"""Setting a password."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from keguan.runtime.ledger.actions import Action, Record, Refused
from keguan.runtime.org.actions.named import own_or_managed, person_of
from keguan.runtime.org.events import PasswordChanged
from keguan.runtime.org.federation.doors import DIRECTORY
from keguan.runtime.org.models import Identity
from keguan.runtime.org.passwords.rules import require_fresh, require_strong
from keguan.runtime.org.passwords.storing import store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class SetPassword(Action[None]):
    """Set a person's password: one's own, or another's with the permission to manage staff.

    All their sessions end with it, and so does a lock. One that another person has set is good for one thing only: to
    sign in and choose another.
    """

    name: ClassVar[str] = "org.set_password"
    staff_id: int
    password: str = field(repr=False)

    def run(self) -> None:
        """Set it. Raises ``Refused``."""
        own_or_managed(self.actor, self.staff_id)  # before anything that would tell about the person's passwords
        self.encoded  # noqa: B018 - hashing is slow: done before the transaction takes the write lock
        super().run()

    @cached_property
    def encoded(self) -> str:
        """The new hash. Raises ``Refused`` for a weak password, and for one of the last."""
        person = person_of(self.staff_id)
        require_strong(self.password, person)
        require_fresh(self.password, person)
        return make_password(self.password)

    def check(self) -> None:
        """Refuse an unknown person, somebody else's password without permission, and one that a directory keeps."""
        own_or_managed(self.actor, self.staff_id)
        if Identity.objects.filter(staff=self.staff_id, door=DIRECTORY).exists():
            raise Refused("org.directory_password", _("这个账号用公司目录（LDAP）的密码登录，请到公司目录修改密码。"))

    def do(self) -> None:
        """Store the hash."""
        store(self.staff_id, self.encoded, given=given_by(self.actor.staff_id, self.actor.via, self.staff_id))

    def log(self, result: None) -> Iterable[Record]:
        """That it was set, not to what."""
        return [Record(self.name, "staff", self.staff_id)]

    def announce(self, result: None) -> Iterable[Event]:
        """That it is another one."""
        return [PasswordChanged(self.staff_id, self.actor.staff_id)]


def given_by(actor_id: int | None, via: str, staff_id: int | None) -> bool:
    """Whether a password comes from somebody else than its owner: then it is to be changed. Data made by the system
    itself (samples, tests) are nobody's gift.
    """
    return via != "system" and (actor_id is None or actor_id != staff_id)
