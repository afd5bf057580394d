"""Publishing policies: the only change to what is in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Action, Record, Refused
from keguan.runtime.policies.admission import admitted
from keguan.runtime.policies.draft import with_drafts
from keguan.runtime.policies.events import Published
from keguan.runtime.policies.exclusive import busy_told, claim
from keguan.runtime.policies.hooks import run_hooks
from keguan.runtime.policies.in_force import forget, latest
from keguan.runtime.policies.models import PolicyVersion, Publication
from keguan.runtime.policies.refusals import linked
from keguan.runtime.policies.texts import as_source, exact_digest, text_digest
from keguan.runtime.policies.timeline import planned

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from keguan.language.model.model import Model, Policy
    from keguan.language.source import PackSource
    from keguan.runtime.policies.timeline import Planned


@dataclass(frozen=True, kw_only=True)
class Publish(Action[Published]):
    """Publish new versions of one or more packs in one transaction, tables included.

    ``effective`` overrides the day that the documents themselves name; a day gone by means at once. ``based_on`` is the
    publication that the author started from: when another has been made since, this one is refused.
    Raises ``PolicyRefused`` with diagnostics when the language or what is kept forbids it, ``Refused`` otherwise;
    nothing is left behind then, nor when a hook fails.
    """

    packs: tuple[PackSource, ...]
    effective: date | None = None
    based_on: int | None = None
    name: ClassVar[str] = "policies.publish"
    operation: ClassVar[str | None] = "publish"

    def run(self) -> Published:
        """As every action; afterwards this process looks up anew what is in force."""
        try:
            with busy_told():
                return super().run()
        finally:
            forget()

    def check(self) -> None:
        """Refuse whatever is overtaken, wrong, or not newer."""
        claim()
        last = latest()
        if self.based_on is not None and last is not None and last.publication_id != self.based_on:
            raise Refused("policies.overtaken", _("您改稿期间已有新的制度发布。请先看看新版改了什么，再发布您的改动。"))
        model = linked(with_drafts(() if last is None else last.sources, self.packs), last)
        for pack in self.packs:
            admitted(pack, model)

    def do(self) -> Published:
        """Keep the versions, the sets they make, and let the hooks change the tables."""
        last = latest()
        model = linked(with_drafts(() if last is None else last.sources, self.packs), last)
        versions = [self._kept(pack, model.policies[pack.id]) for pack in self.packs]
        start = self.effective or min(version.effective for version in versions)
        sets = planned(versions, start, clock.today())
        old = None if last is None else last.model
        made = []
        for each in sets:
            publication, new = _made(each)
            run_hooks(old, new)
            old = new
            made.append(publication.pk)
        forget()
        return Published(tuple(made), sets[0].effective, tuple((row.pack, row.version) for row in versions))

    def log(self, result: Published) -> Iterable[Record]:
        """One entry per pack."""
        for pack, version in result.versions:
            data = {
                "version": version,
                "effective": result.effective.isoformat(),
                "publications": list(result.publication_ids),
            }
            yield Record(self.name, "policy", pack, data=data)

    def announce(self, result: Published) -> Iterable[Published]:
        """Whoever computes from the policy hears of it within the transaction."""
        yield result

    def _kept(self, pack: PackSource, policy: Policy) -> PolicyVersion:
        return PolicyVersion.objects.create(
            pack=pack.id,
            version=policy.version,
            title=policy.title,
            effective=self.effective or policy.effective,
            files=dict(pack.files),
            digest=text_digest(pack.files),
            published_at=clock.now(),
            published_by=self.actor.name,
        )


def _made(planned_set: Planned) -> tuple[Publication, Model]:
    sources = tuple(as_source(version.pack, version.files) for version in planned_set.versions)
    model = linked(sources, None)
    publication = Publication.objects.create(
        effective=planned_set.effective, at=clock.now(), digest=exact_digest(sources)
    )
    publication.versions.set(planned_set.versions)
    return publication, model
