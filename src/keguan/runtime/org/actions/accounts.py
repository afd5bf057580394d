"""What may happen to a person's account."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Action, Record, Refused
from keguan.runtime.org.actions.named import own_or_managed, person_of, unit_of
from keguan.runtime.org.models import Staff
from keguan.runtime.org.passwords.rules import require_strong
from keguan.runtime.org.sessions.ending import end_all

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, kw_only=True)
class AddStaff(Action[int]):
    """Add a person and return their id. They can do nothing until they are appointed to something.

    ``encoded``, for accounts brought over from elsewhere, is a password as Django stores it; then ``password`` is not
    looked at. A password that a person typed in for somebody else has to be changed at the first sign-in.
    """

    name: ClassVar[str] = "org.add_staff"
    operation: ClassVar[str | None] = "manage_staff"
    username: str
    staff_name: str
    unit_id: int
    password: str = field(repr=False, default="")
    encoded: str = field(repr=False, default="")
    language: str = "zh"

    def check(self) -> None:
        """Refuse an unknown unit, a name that is taken, and a weak password."""
        unit_of(self.unit_id)
        if not self.username.strip() or not self.staff_name.strip():
            raise Refused("org.staff_name", _("请填写用户名和姓名。"))
        if Staff.objects.filter(username=self.username.strip()).exists():
            sentence = _("用户名 %(username)s 已经有人用了，请换一个。") % {"username": self.username}
            raise Refused("org.username_taken", sentence, {"username": sentence})
        if not self.encoded:
            require_strong(self.password, Staff(username=self.username, name=self.staff_name))

    def do(self) -> int:
        """Add the row."""
        return Staff.objects.create(
            username=self.username.strip(),
            name=self.staff_name.strip(),
            unit_id=self.unit_id,
            language=self.language,
            password=self.encoded or make_password(self.password),
            password_given=not self.encoded and self.actor.via != "system",
            password_set_at=clock.now(),
            added_at=clock.now(),
        ).pk

    def log(self, result: int) -> Iterable[Record]:
        """Who was added, where."""
        data = {"username": self.username, "name": self.staff_name, "unit": self.unit_id}
        return [Record(self.name, "staff", result, data=data)]


@dataclass(frozen=True, kw_only=True)
class Unlock(Action[None]):
    """Let a locked person try again at once."""

    name: ClassVar[str] = "org.unlock"
    operation: ClassVar[str | None] = "manage_staff"
    staff_id: int

    def check(self) -> None:
        """Refuse an unknown person."""
        person_of(self.staff_id)

    def do(self) -> None:
        """Forget the failed attempts."""
        Staff.objects.filter(pk=self.staff_id).update(failed_attempts=0, locked_until=None)

    def log(self, result: None) -> Iterable[Record]:
        """Who was unlocked."""
        return [Record(self.name, "staff", self.staff_id)]


@dataclass(frozen=True, kw_only=True)
class SetActive(Action[None]):
    """Close a person's account, or open it again. A closed account is signed out at its next request."""

    name: ClassVar[str] = "org.set_active"
    operation: ClassVar[str | None] = "manage_staff"
    staff_id: int
    active: bool

    def check(self) -> None:
        """Refuse an unknown person, and closing one's own account."""
        person_of(self.staff_id)
        if self.staff_id == self.actor.staff_id and not self.active:
            raise Refused("org.own_account", _("不能停用自己的账号，请由另一位管理员办理。"))

    def do(self) -> None:
        """Set it."""
        Staff.objects.filter(pk=self.staff_id).update(is_active=self.active)
        if not self.active:
            end_all(self.staff_id, "closed")

    def log(self, result: None) -> Iterable[Record]:
        """Who, and which."""
        return [Record(self.name, "staff", self.staff_id, data={"active": self.active})]


@dataclass(frozen=True, kw_only=True)
class ChooseLanguage(Action[None]):
    """Choose the language of one's own pages: ``zh`` or ``en``."""

    name: ClassVar[str] = "org.choose_language"
    staff_id: int
    language: str

    def check(self) -> None:
        """Refuse an unknown language and an unknown person."""
        own_or_managed(self.actor, self.staff_id)
        if self.language not in {"zh", "en"}:
            raise Refused("org.language", _("只能选择中文或英文。"), {"language": _("只能选择中文或英文。")})

    def do(self) -> None:
        """Set it."""
        Staff.objects.filter(pk=self.staff_id).update(language=self.language)

    def log(self, result: None) -> Iterable[Record]:
        """Who, and which."""
        return [Record(self.name, "staff", self.staff_id, data={"language": self.language})]
