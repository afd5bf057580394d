"""Which sets of versions come into force on which days once new versions are published.

A newer version of a pack takes the place of an older one from its day on, also of one that has not yet come into
force. Each publication stands for the whole set, so a set that waits for its day is made anew with the new versions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.policies.models import Publication

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from keguan.runtime.policies.models import PolicyVersion


@dataclass(frozen=True, slots=True)
class Planned:
    """The versions that are to be in force together from a day on, in order of pack."""

    effective: date
    versions: tuple[PolicyVersion, ...]


def planned(new: Sequence[PolicyVersion], effective: date, today: date) -> tuple[Planned, ...]:
    """The publications that publishing ``new`` for ``effective`` calls for, earliest first.

    A day gone by means at once: the publication then starts with the one now in force, whose place it takes.
    """
    now = _set_on(today)
    start = effective if now is None or effective > today else max(effective, now.effective)
    waiting = Publication.objects.filter(effective__gt=start).order_by("effective").values_list("effective", flat=True)
    return tuple(_with(new, day) for day in [start, *dict.fromkeys(waiting)])


def _set_on(day: date) -> Publication | None:
    return Publication.objects.filter(effective__lte=day).order_by("-effective", "-id").first()


def _with(new: Sequence[PolicyVersion], day: date) -> Planned:
    base = _set_on(day)
    versions = {} if base is None else {version.pack: version for version in base.versions.all()}
    versions.update({version.pack: version for version in new})
    return Planned(day, tuple(versions[pack] for pack in sorted(versions)))
