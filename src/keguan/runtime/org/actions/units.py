"""What may happen to units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime.ledger.actions import Action, Record, Refused
from keguan.runtime.org.actions.named import person_of, unit_of
from keguan.runtime.org.events import HeadNamed
from keguan.runtime.org.models import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class AddUnit(Action[int]):
    """Add a unit under another one (None: at the top) and return its id."""

    name: ClassVar[str] = "org.add_unit"
    operation: ClassVar[str | None] = "manage_staff"
    unit_name: str
    parent_id: int | None = None

    def check(self) -> None:
        """Refuse an empty name and an unknown unit above."""
        if not self.unit_name.strip():
            raise Refused("org.unit_name", _("请填写部门名称。"), {"unit_name": _("请填写部门名称。")})
        if self.parent_id is not None:
            unit_of(self.parent_id)

    def do(self) -> int:
        """The path needs the id, so it is filled in second."""
        unit = Unit.objects.create(name=self.unit_name.strip(), parent_id=self.parent_id, path="")
        unit.path = f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
        unit.save(update_fields=["path"])
        return unit.pk

    def log(self, result: int) -> Iterable[Record]:
        """The unit and where it stands."""
        return [Record(self.name, "unit", result, data={"name": self.unit_name, "parent": self.parent_id})]


@dataclass(frozen=True, kw_only=True)
class NameHead(Action[None]):
    """Name the head of a unit; None: it has none any more, and the one above decides."""

    name: ClassVar[str] = "org.name_head"
    operation: ClassVar[str | None] = "manage_staff"
    unit_id: int
    staff_id: int | None

    def check(self) -> None:
        """Refuse an unknown unit or person, a closed account, and naming oneself."""
        unit_of(self.unit_id)
        if self.staff_id is None:
            return
        person = person_of(self.staff_id)
        if self.staff_id == self.actor.staff_id:
            raise Refused("org.own_head", _("不能任命自己为部门负责人，请由另一位管理员办理。"))
        if not person.is_active:
            sentence = _("%(name)s的账号已停用，不能担任部门负责人，请换一个人。") % {"name": person.name}
            raise Refused("org.closed_head", sentence, {"staff_id": sentence})

    def do(self) -> None:
        """Set it."""
        Unit.objects.filter(pk=self.unit_id).update(head_id=self.staff_id)

    def log(self, result: None) -> Iterable[Record]:
        """Which unit, and who heads it now."""
        return [Record(self.name, "unit", self.unit_id, data={"head": self.staff_id})]

    def announce(self, result: None) -> Iterable[Event]:
        """That the unit has another head."""
        return [HeadNamed(self.unit_id, self.staff_id)]
