"""Read receipts: which versions staff must confirm, who has, and who has not yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.clock import local, today
from keguan.runtime.org import queries as org
from keguan.runtime.policies.documents import versions_of
from keguan.runtime.policies.models import Confirmation

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.runtime.policies.documents import Version


@dataclass(frozen=True, slots=True)
class Reader:
    """A person who must confirm a version; ``at`` is when they did, None while they have not."""

    staff_id: int
    name: str
    unit_name: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Receipts:
    """Who must confirm one version, the outstanding first, by unit and name. ``days`` since it was published."""

    version: Version
    readers: tuple[Reader, ...]
    days: int

    @property
    def confirmed(self) -> tuple[Reader, ...]:
        """Those who have."""
        return tuple(reader for reader in self.readers if reader.at is not None)

    @property
    def outstanding(self) -> tuple[Reader, ...]:
        """Those to be reminded."""
        return tuple(reader for reader in self.readers if reader.at is None)


def to_be_read(pack: str | None = None) -> tuple[Version, ...]:
    """The versions, of one pack or all, that are in force or wait for their day and that a person signed. One query."""
    return tuple(each for each in versions_of(pack) if each.to_confirm and (each.in_force or each.waiting))


def unread(staff_id: int | None) -> tuple[Version, ...]:
    """What this person still has to confirm; nothing for those without a post. At most four queries, two mostly."""
    asked = to_be_read() if staff_id is not None else ()
    if staff_id is None or not asked:
        return ()
    mine = Confirmation.objects.filter(staff_id=staff_id)
    done = set(mine.values_list("version__pack", "version__version"))
    left = tuple(each for each in asked if (each.pack, each.version) not in done)
    return left if left and org.appointments_of(staff_id) else ()


def receipts(pack: str) -> tuple[Receipts, ...]:
    """The receipts of every version of a pack that is to be read, newest first. At most five queries."""
    asked = to_be_read(pack)
    if not asked:
        return ()
    held = org.appointments_of_all()
    people = [person for person in org.staff() if person.is_active and person.id in held]
    kept = Confirmation.objects.filter(version__pack=pack, version__version__in=[each.version for each in asked])
    done = {(version, staff_id): at for version, staff_id, at in kept.values_list("version__version", "staff_id", "at")}
    made = []
    for each in asked:
        readers = [Reader(who.id, who.name, who.unit_name, done.get((each.version, who.id))) for who in people]
        readers.sort(key=lambda reader: reader.at is not None)
        made.append(Receipts(each, tuple(readers), (today() - local(each.published_at).date()).days))
    return tuple(made)


def readers_of(pack: str, version: str) -> tuple[Reader, ...]:
    """Who must confirm a version, with the moments of those who have; of a version that is no longer to be read, those
    who did. At most seven queries.
    """
    for each in receipts(pack):
        if each.version.version == version:
            return tuple(sorted(each.readers, key=lambda reader: (reader.unit_name, reader.name)))
    kept = dict(Confirmation.objects.filter(version__pack=pack, version__version=version).values_list("staff_id", "at"))
    people = org.staff() if kept else ()
    return tuple(Reader(who.id, who.name, who.unit_name, kept[who.id]) for who in people if who.id in kept)
