"""What an auditor does with the ledger: looking, keeping searches, taking a copy. It stands in the ledger too."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keguan.runtime.ledger import exporting, readings
from keguan.runtime.ledger.actions import Action
from keguan.runtime.ledger.append import Record, append
from keguan.runtime.ledger.models import Search
from keguan.runtime.ledger.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.runtime.ledger.actor import Actor
    from keguan.runtime.ledger.finding import EntryFilters

LOOKED = "ledger.look"
MOST = 30
LONGEST_TITLE, LONGEST_QUERY = 40, 1000


def looked(actor: Actor, asked: Mapping[str, str]) -> None:
    """Write down that the actor looked at the ledger, and for what: each search once a day."""
    told = {name: value for name, value in sorted(asked.items()) if value}
    mark = hashlib.sha256(repr(told).encode()).hexdigest()[:32]
    if actor.staff_id is None:
        return
    with transaction.atomic():
        if readings.first_today(actor.staff_id, LOOKED, mark):
            append(actor, [Record(LOOKED, "ledger", None, data={"asked": told})])


@dataclass(frozen=True, kw_only=True)
class SaveSearch(Action[int]):
    """Keep a search under a name; one of the same name is replaced. ``query`` is the page's query string."""

    name: ClassVar[str] = "ledger.save_search"
    operation: ClassVar[str | None] = "audit"
    title: str
    query: str

    def check(self) -> None:
        """Refuse a search without a name, one that is too long, and one too many."""
        title = self.title.strip()
        if not title or len(title) > LONGEST_TITLE:
            message = _("请给这次查找起一个名字，不超过%(count)s个字。") % {"count": LONGEST_TITLE}
            raise Refused("ledger.search_title", message, {"title": message})
        if len(self.query) > LONGEST_QUERY:
            raise Refused("ledger.search_long", _("查找的条件太长，存不下。"))
        if Search.objects.filter(owner_id=self._owner).exclude(title=title).count() >= MOST:
            raise Refused("ledger.search_many", _("最多保存%(count)s个查找，请先删去不用的。") % {"count": MOST})

    def do(self) -> int:
        """Keep it."""
        title = self.title.strip()
        kept, _made = Search.objects.update_or_create(owner_id=self._owner, title=title, defaults={"query": self.query})
        return kept.pk

    def log(self, result: int) -> Iterable[Record]:
        """Which."""
        return [Record(self.name, "ledger", None, data={"search": result})]

    @property
    def _owner(self) -> int:
        return self.actor.staff_id or 0


@dataclass(frozen=True, kw_only=True)
class DropSearch(Action[None]):
    """Forget a kept search of one's own."""

    name: ClassVar[str] = "ledger.drop_search"
    operation: ClassVar[str | None] = "audit"
    id: int

    def check(self) -> None:
        """Refuse one that is not there, or somebody else's."""
        if not Search.objects.filter(owner_id=self.actor.staff_id or 0, pk=self.id).exists():
            raise Refused("ledger.search_missing", _("没有这个保存的查找。"))

    def do(self) -> None:
        """Forget it."""
        Search.objects.filter(pk=self.id).delete()

    def log(self, result: None) -> Iterable[Record]:
        """Which."""
        return [Record(self.name, "ledger", None, data={"search": self.id})]


@dataclass(frozen=True, kw_only=True)
class ExportLedger(Action["exporting.Export"]):
    """Take entries out of the house with their proofs, for somebody who has only the public key.

    ``asked`` is what the page was asked for, in its words: it goes into the entry and into the export.
    """

    name: ClassVar[str] = "ledger.export"
    operation: ClassVar[str | None] = "audit"
    filters: EntryFilters
    asked: Mapping[str, str]

    def do(self) -> exporting.Export:
        """Gather entries and proofs. Raises ``Refused`` when there are none, or too many for one file."""
        return exporting.gathered(self.filters, self.asked)

    def log(self, result: exporting.Export) -> Iterable[Record]:
        """How many, by which search, up to which block."""
        data = {"count": len(result.cards), "asked": dict(self.asked), "block": result.receipt.block}
        return [Record(self.name, "ledger", None, data=data)]
