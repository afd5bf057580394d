"""Where the id of a merged record leads."""

from __future__ import annotations

from keguan.runtime.records.models import Merge


def merged_into(record_type: str, record_id: int) -> int | None:
    """The surviving record, through any number of merges; None for a record that was not merged. A query for each."""
    seen: set[int] = set()
    found = record_id
    while found not in seen:
        seen.add(found)
        merges = Merge.objects.filter(record_type=record_type, gone_id=found, undone_at__isnull=True)
        following = merges.values_list("kept_id", flat=True).first()
        if following is None:
            break
        found = following
    return None if found == record_id else found
