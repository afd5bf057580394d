"""How versions come into force: what every door to publishing does, whoever signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime import clock
from keguan.runtime.policies.admission import admitted
from keguan.runtime.policies.draft import with_drafts
from keguan.runtime.policies.events import Published
from keguan.runtime.policies.hooks import run_hooks
from keguan.runtime.policies.in_force import forget, latest
from keguan.runtime.policies.models import PolicyVersion, Publication
from keguan.runtime.policies.refusals import linked
from keguan.runtime.policies.texts import as_source, exact_digest, text_digest
from keguan.runtime.policies.timeline import planned

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from keguan.language.model.model import Model, Policy
    from keguan.language.source import PackSource
    from keguan.runtime.ledger.actions import Actor
    from keguan.runtime.policies.timeline import Planned


def publishable(packs: Sequence[PackSource]) -> None:
    """Refuse texts that are wrong, would lose what is kept, or are not newer. Raises ``Refused``."""
    last = latest()
    model = linked(with_drafts(() if last is None else last.sources, packs), last)
    for pack in packs:
        admitted(pack, model)


def into_force(packs: Sequence[PackSource], effective: date | None, actor: Actor) -> Published:
    """Keep the versions, the sets they make, and let the hooks change the tables. Within the caller's transaction."""
    last = latest()
    model = linked(with_drafts(() if last is None else last.sources, packs), last)
    versions = [_kept(pack, model.policies[pack.id], effective, actor) for pack in packs]
    start = effective or min(version.effective for version in versions)
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


def _kept(pack: PackSource, policy: Policy, effective: date | None, actor: Actor) -> PolicyVersion:
    return PolicyVersion.objects.create(
        pack=pack.id,
        version=policy.version,
        title=policy.title,
        effective=effective or policy.effective,
        files=dict(pack.files),
        digest=text_digest(pack.files),
        published_at=clock.now(),
        published_by=actor.name,
        to_confirm=actor.staff_id is not None,
    )


def _made(planned_set: Planned) -> tuple[Publication, Model]:
    sources = tuple(as_source(version.pack, version.files) for version in planned_set.versions)
    model = linked(sources, None)
    publication = Publication.objects.create(
        effective=planned_set.effective, at=clock.now(), digest=exact_digest(sources)
    )
    publication.versions.set(planned_set.versions)
    return publication, model
