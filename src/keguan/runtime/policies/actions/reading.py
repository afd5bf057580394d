"""Confirming that one has read a version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Action, Record, Refused
from keguan.runtime.org.queries import appointments_of
from keguan.runtime.policies.models import Confirmation, PolicyVersion
from keguan.runtime.policies.reading import to_be_read

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, kw_only=True)
class ConfirmRead(Action[None]):
    """Confirm, for oneself, having read a version that is in force or waits for its day."""

    pack: str
    version: str
    name: ClassVar[str] = "policies.confirm_read"

    def check(self) -> None:
        """Refuse who has no post, what need not be confirmed, and a second time."""
        staff_id = self._reader()
        if not any((each.pack, each.version) == (self.pack, self.version) for each in to_be_read()):
            raise Refused("policies.not_to_confirm", _("这一版不在施行，或不需要签收。"))
        if Confirmation.objects.filter(
            version__pack=self.pack, version__version=self.version, staff_id=staff_id
        ).exists():
            raise Refused("policies.confirmed", _("您已经签收过这一版。"))

    def do(self) -> None:
        """Keep who and when."""
        version = PolicyVersion.objects.only("id").get(pack=self.pack, version=self.version)
        Confirmation.objects.create(version=version, staff_id=self._reader(), at=clock.now())

    def log(self, result: None) -> Iterable[Record]:
        """Which version."""
        yield Record(self.name, "policy", self.pack, data={"version": self.version})

    def _reader(self) -> int:
        """Whoever confirms. Raises ``Refused`` for those without a post."""
        staff_id = self.actor.staff_id
        if staff_id is None or not appointments_of(staff_id):
            raise Refused("policies.no_post", _("在岗人员才需要签收制度。"))
        return staff_id
