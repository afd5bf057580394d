"""Publishing texts as they are: at set-up, on the command line, and where one person may publish."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime.ledger.actions import Action, Record, Refused
from keguan.runtime.policies.events import Published
from keguan.runtime.policies.exclusive import busy_told, claim
from keguan.runtime.policies.in_force import forget, latest
from keguan.runtime.policies.publishing import into_force, publishable
from keguan.runtime.policies.steps import direct

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from keguan.language.source import PackSource

PUBLISHED = "policies.publish"
"""The ledger's name of the entry that every published version has."""


@dataclass(frozen=True, kw_only=True)
class Publish(Action[Published]):
    """Publish new versions of one or more packs in one transaction, tables included.

    ``effective`` overrides the day that the documents themselves name; a day gone by means at once. ``based_on`` is the
    publication that the author started from: when another has been made since, this one is refused. A person may do
    this only where the company lets one person publish; everywhere else a draft is reviewed and signed.
    Raises ``PolicyRefused`` with diagnostics when the language or what is kept forbids it, ``Refused`` otherwise;
    nothing is left behind then, nor when a hook fails.
    """

    packs: tuple[PackSource, ...]
    effective: date | None = None
    based_on: int | None = None
    name: ClassVar[str] = PUBLISHED
    operation: ClassVar[str | None] = "publish"

    def run(self) -> Published:
        """As every action; afterwards this process looks up anew what is in force."""
        try:
            with busy_told():
                return super().run()
        finally:
            forget()

    def check(self) -> None:
        """Refuse whatever is overtaken, wrong, or not newer, and a person who would go round the signing."""
        if self.actor.staff_id is not None and not direct():
            raise Refused(
                "policies.to_be_signed", _("制度要先起草、再由另两个人审核和签发才施行。请在制度页起草修订。")
            )
        claim()
        last = latest()
        if self.based_on is not None and last is not None and last.publication_id != self.based_on:
            raise Refused("policies.overtaken", _("您改稿期间已有新的制度发布。请先看看新版改了什么，再发布您的改动。"))
        publishable(self.packs)

    def do(self) -> Published:
        """Bring them into force."""
        return into_force(self.packs, self.effective, self.actor)

    def log(self, result: Published) -> Iterable[Record]:
        """One entry per pack."""
        return published_entries(result)

    def announce(self, result: Published) -> Iterable[Published]:
        """Whoever computes from the policy hears of it within the transaction."""
        yield result


def published_entries(result: Published) -> Iterable[Record]:
    """What the ledger says of each version that was published."""
    for pack, version in result.versions:
        data = {
            "version": version,
            "effective": result.effective.isoformat(),
            "publications": list(result.publication_ids),
        }
        yield Record(PUBLISHED, "policy", pack, data=data)
