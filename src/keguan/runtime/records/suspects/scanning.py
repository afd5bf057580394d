"""Searching all records of a type for pairs that may be one: read once, put together by keys, compared in clear in
memory, a batch at a time. Killed at any line, it begins again and ends the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.policies import queries as policies
from keguan.runtime.records import sequence
from keguan.runtime.records.actions.scans import EndScan
from keguan.runtime.records.models import Scan, Suspect
from keguan.runtime.records.suspects.blocking import keys
from keguan.runtime.records.suspects.features import compared, read
from keguan.runtime.records.suspects.scoring import THRESHOLD, compare, total
from keguan.runtime.records.suspects.scratch import scratch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import Model, RecordType
    from keguan.runtime.jobs.progress import Progress
    from keguan.runtime.records.suspects.features import Compared

BATCH = 2_000
"""Records read, and pairs compared, at once."""


def scan(scan_id: int, progress: Progress) -> str:
    """Find the pairs of one scan and keep them. Raises ``Cancelled`` between batches."""
    stored = Scan.objects.get(pk=scan_id)
    if stored.ended_at is None:
        with policies.pinned():
            model = policies.current().model
            declared = model.record_types.get(stored.record_type)
            by = None if declared is None else compared(declared)
            records, pairs = (0, 0) if declared is None or by is None else _found(model, declared, by, stored, progress)
        EndScan(scan_id=scan_id, records=records, pairs=pairs).run()
        stored.refresh_from_db()
    return _("查了 %(records)s 份档案，找到 %(pairs)s 对疑似重复。") % {
        "records": f"{stored.records:,}",
        "pairs": f"{stored.pairs:,}",
    }


def _found(model: Model, declared: RecordType, by: Compared, stored: Scan, progress: Progress) -> tuple[int, int]:
    newest = max(sequence.newest(declared.code), 1)
    with scratch(stored.pk) as working:
        records = after = 0
        while batch := read(model, declared, by, after=after, size=BATCH):
            progress.check_cancelled()
            working.add((one.id, key) for one in batch for key in keys(one))
            records, after = records + len(batch), batch[-1].id
            progress.step(min(after, newest), 2 * newest)
        candidates = max(working.pair(), 1)
        done = pairs = 0
        for part in working.pairs(BATCH):
            progress.check_cancelled()
            pairs += _keep(stored, _compared(model, declared, by, part))
            done += len(part)
            progress.step(newest + newest * done // candidates, 2 * newest)
    return records, pairs


def _compared(model: Model, declared: RecordType, by: Compared, part: list[tuple[int, int]]) -> Iterable[Suspect]:
    ids = sorted({each for pair in part for each in pair})
    known = {one.id: one for one in read(model, declared, by, ids=ids)}
    strong = by.strong
    for low, high in part:
        if low in known and high in known:
            reasons = compare(known[low], known[high], by.title.code, strong)
            points = total(reasons)
            if points >= THRESHOLD:
                kept = [[each.field, str(each.likeness), each.points] for each in reasons]
                yield Suspect(record_type=declared.code, low_id=low, high_id=high, points=points, reasons=kept)


def _keep(stored: Scan, found: Iterable[Suspect]) -> int:
    """Pairs of an earlier scan are brought up to date; what somebody dismissed stays dismissed."""
    rows = list(found)
    for row in rows:
        row.scan = stored
    Suspect.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["record_type", "low_id", "high_id"],
        update_fields=["points", "reasons", "scan"],
    )
    return len(rows)
