"""Use a permit for what happens outside the system: hand information to a third party, copy, maintain, destroy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.language.model.granting import GrantedRight
from keguan.runtime.access.actions import SHORTEST_REASON, ViewerAction
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.permits.deciding import entry
from keguan.runtime.permits.models import Permit
from keguan.runtime.permits.standing import use

if TYPE_CHECKING:
    from collections.abc import Iterable

OUTSIDE = frozenset({GrantedRight.DISCLOSE, GrantedRight.COPY, GrantedRight.MAINTAIN, GrantedRight.DESTROY})
"""Rights whose use the system cannot see by itself; the others are counted where they are used."""


@dataclass(frozen=True, kw_only=True)
class UsePermit(ViewerAction[int]):
    """Write down one use of one's own permit: what was done (``note``) and where (``address``). Gives the permit's id.

    The ledger then says who, when, where, what, for what purpose and to whom.
    """

    name: ClassVar[str] = "permits.use"
    permit_id: int
    note: str
    address: str = ""

    def check(self) -> None:
        """Refuse a use that is not said, and rights that are counted where they are used."""
        if len(self.note.strip()) < SHORTEST_REASON:
            message = _("请写明做了什么。")
            raise Refused("permits.note", message, {"note": message})
        found = Permit.objects.filter(pk=self.permit_id, staff_id=self.viewer.staff_id or 0).first()
        if found is not None and found.right not in OUTSIDE:
            raise Refused("permits.used_elsewhere", _("这项准予在导出、打印、看原文或修改时自动计次，不用登记。"))

    def do(self) -> int:
        """Count it."""
        right = Permit.objects.filter(pk=self.permit_id).values_list("right", flat=True).first()
        return use(self.viewer, self.permit_id, right=right or "").pk

    def log(self, result: int) -> Iterable[Record]:
        """Who did what, where, for whom."""
        permit = Permit.objects.get(pk=result)
        place = {"address": self.address, "unit": self.viewer.unit_name}
        yield entry(permit, self.name, uses=permit.uses, note=self.note.strip(), **place)
