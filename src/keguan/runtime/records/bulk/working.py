"""Doing a bulk edit or a hand-over of many: the records are listed once, then changed batch by batch. Killed at any
line, it goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from keguan.runtime import clock
from keguan.runtime.access.viewer import Viewer, system_viewer, viewer_for
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.bulk.asking import OWNER, Asked, chosen, opened
from keguan.runtime.records.bulk.handing import HandOverBatch
from keguan.runtime.records.bulk.settling import BulkBatch
from keguan.runtime.records.models import BulkEdit, BulkRow, Outcome
from keguan.runtime.records.validation import read
from keguan.runtime.records.writing import declared_type, refuse

if TYPE_CHECKING:
    from keguan.runtime.jobs.progress import Progress

BATCH = 500
"""Records changed in one transaction."""

_LANGUAGES = {"zh": "zh-hans", "en": "en"}


def work(edit_id: int, progress: Progress) -> str:
    """Change what is not settled yet, with the rights of today of whoever asked. Raises ``Cancelled``, ``Refused``."""
    stored = BulkEdit.objects.get(pk=edit_id)
    viewer = system_viewer("cli", stored.by_name) if stored.by_id is None else viewer_for(stored.by_id, "system")
    with override(_LANGUAGES[viewer.language]):
        asked = opened(bytes(stored.asked), stored.by_id or 0)
        if stored.listed_at is None:
            _list(stored, viewer, asked, progress)
        _change(stored, viewer, asked, progress)
        stored.refresh_from_db()
        if stored.ended_at is None:
            BulkEdit.objects.filter(pk=edit_id).update(ended_at=clock.now())
        said = (
            _("移交 %(changed)s 份，本来就归接收人 %(unchanged)s 份，不能移交 %(refused)s 份。")
            if stored.fields == [OWNER]
            else _("修改 %(changed)s 份，本来就是这样 %(unchanged)s 份，不能改 %(refused)s 份。")
        )
        return said % {
            "changed": f"{stored.changed:,}",
            "unchanged": f"{stored.unchanged:,}",
            "refused": f"{stored.refused:,}",
        }


def _list(stored: BulkEdit, viewer: Viewer, asked: Asked, progress: Progress) -> None:
    """Note every record; nothing is changed before all are noted, so that a change cannot move one out of the query."""
    for ids in chosen(viewer, stored.record_type, asked):
        progress.check_cancelled()
        BulkRow.objects.bulk_create(
            [BulkRow(edit=stored, record_id=each) for each in ids], batch_size=500, ignore_conflicts=True
        )
    BulkEdit.objects.filter(pk=stored.pk).update(listed_at=clock.now())


def _change(stored: BulkEdit, viewer: Viewer, asked: Asked, progress: Progress) -> None:
    total = stored.rows.count()
    waiting = stored.rows.filter(outcome=Outcome.WAITING).order_by("record_id")
    left = waiting.count()
    while left:
        progress.check_cancelled()
        progress.step(total - left, total)
        ids = list(waiting.values_list("record_id", flat=True)[:BATCH])
        _batch(stored, viewer, asked, ids).run()
        left -= len(ids)
    progress.step(total, total)


def _batch(stored: BulkEdit, viewer: Viewer, asked: Asked, ids: list[int]) -> BulkBatch | HandOverBatch:
    """What is done to so many of them. Raises ``Refused`` for values that a later policy does not take."""
    if stored.fields == [OWNER]:
        about = stored.record_type
        return HandOverBatch(viewer=viewer, edit_id=stored.pk, record_type=about, ids=ids, values=asked.values)
    values = read(declared_type(policies.current().model, stored.record_type), asked.values, complete=False)
    refuse(values.errors)
    return BulkBatch(viewer=viewer, edit_id=stored.pk, record_type=stored.record_type, ids=ids, values=values.values)
