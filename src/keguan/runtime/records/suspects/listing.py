"""The pairs that a viewer may know of: wholly in their reach, for reasons that they may see on both records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy

from keguan.runtime.access.exits import Exit
from keguan.runtime.access.present import Sight
from keguan.runtime.access.rights import may, reaches, readable
from keguan.runtime.access.viewer import place_of
from keguan.runtime.jobs.queries import job as job_card
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.lists import require_visible
from keguan.runtime.records.merging.sight import OPERATION
from keguan.runtime.records.models import Scan, Suspect
from keguan.runtime.records.shown_rows import rows_by_id, shown_rows
from keguan.runtime.records.suspects.features import compared
from keguan.runtime.records.suspects.scoring import THRESHOLD, Likeness, Reason, per_cent

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from keguan.language.model.model import Model
    from keguan.runtime.access.columns import Column
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.jobs.queries import JobCard
    from keguan.runtime.records.shown_rows import ShownRow

PAGE = 20
_LONGEST = 24
_LOOKED_AT = 200
"""So many stored pairs are looked through for a page; what is beyond them is on the next."""


@dataclass(frozen=True, slots=True)
class SuspectCard:
    """A pair as shown. ``score`` (1 to 100) comes from ``reasons`` alone, which are only those that may be seen."""

    id: int
    score: int
    one: ShownRow
    other: ShownRow
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class SuspectPage:
    """A page of pairs; ``next`` is the ``after`` of the following one, empty on the last."""

    columns: tuple[Column, ...]
    pairs: tuple[SuspectCard, ...]
    next: str


@dataclass(frozen=True, slots=True)
class ScanCard:
    """The newest search of a type."""

    at: datetime
    by_name: str
    ended_at: datetime | None
    job: JobCard | None


def suspects(viewer: Viewer, record_type: str, after: str = "", size: int = PAGE) -> SuspectPage:
    """Pairs of records that may be one, the likeliest first. A fixed number of queries. Raises ``Refused``."""
    model = policies.current().model
    require_visible(viewer, model, record_type)
    _require_merger(viewer)
    by = compared(model.record_types[record_type])
    if by is None:
        return SuspectPage((), (), "")
    stored = list(_after(record_type, after)[: _LOOKED_AT + 1])
    codes = [field.code for field in by.fields]
    ids = {each for row in stored for each in (row.low_id, row.high_id)}
    allowed = readable(viewer, record_type, Exit.DUPLICATE_HINT, model)
    shown = [code for code in codes if code in allowed]
    known = {row["id"]: row for row in rows_by_id(model, record_type, ids, shown)}
    sight = Sight(viewer, record_type, Exit.DUPLICATE_HINT, shown, model)
    found: list[tuple[Suspect, tuple[Reason, ...]]] = []
    following = ""
    for number, row in enumerate(stored):
        if len(found) == size or number == _LOOKED_AT:
            following = f"{stored[number - 1].points}.{stored[number - 1].pk}"
            break
        both = [known.get(row.low_id), known.get(row.high_id)]
        if any(
            each is None
            or not reaches(viewer, record_type, place_of(each), model)
            or not may(viewer, OPERATION, place_of(each))
            for each in both
        ):
            continue
        seen = frozenset(shown).intersection(*(sight.codes_on(each) for each in both if each is not None))
        reasons = tuple(
            Reason(code, Likeness(likeness), points) for code, likeness, points in row.reasons if code in seen
        )
        if sum(each.points for each in reasons) >= THRESHOLD:
            found.append((row, reasons))
    return SuspectPage(sight.columns, _cards(viewer, model, record_type, found, shown, known), following)


def last_scan(viewer: Viewer, record_type: str) -> ScanCard | None:
    """The newest search of a type; None when there was none. Two queries. Raises ``Refused``."""
    _require_merger(viewer)
    found = Scan.objects.filter(record_type=record_type).order_by("-id").first()
    if found is None:
        return None
    card = None if found.job_id is None else job_card(found.job_id)
    return ScanCard(found.at, found.by_name, found.ended_at, card)


def _after(record_type: str, after: str) -> QuerySet[Suspect]:
    """The open pairs of a type beyond a place, by points. Raises ``Refused`` for a damaged place."""
    found = Suspect.objects.filter(record_type=record_type, dismissed_at__isnull=True).order_by("-points", "id")
    if not after:
        return found
    points, _, number = after.partition(".")
    if not (points.isascii() and points.isdigit() and number.isascii() and number.isdigit() and len(after) < _LONGEST):
        raise Refused("records.place", gettext_lazy("这个翻页位置已经失效，请回到第一页。"))
    return found.filter(Q(points__lt=int(points)) | Q(points=int(points), pk__gt=int(number)))


def _require_merger(viewer: Viewer) -> None:
    if not may(viewer, OPERATION):
        raise Refused("not_permitted", gettext_lazy("您的岗位没有合并档案的权限，不能查找疑似重复。"))


def _cards(
    viewer: Viewer,
    model: Model,
    record_type: str,
    found: list[tuple[Suspect, tuple[Reason, ...]]],
    shown: list[str],
    known: dict[int, dict[str, object]],
) -> tuple[SuspectCard, ...]:
    ids = sorted({each for row, _reasons in found for each in (row.low_id, row.high_id)})
    rows = shown_rows(viewer, model, record_type, [known[each] for each in ids], shown, Exit.DUPLICATE_HINT)
    by_id = {row.id: row for row in rows}
    cards = [
        SuspectCard(
            row.pk, per_cent(sum(each.points for each in reasons)), by_id[row.low_id], by_id[row.high_id], reasons
        )
        for row, reasons in found
    ]
    return tuple(sorted(cards, key=lambda each: (-each.score, each.id)))
