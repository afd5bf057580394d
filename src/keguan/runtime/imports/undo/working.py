"""Taking an import back, batch by batch, the newest first. It may be killed at any line and be called again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from keguan.runtime.access.viewer import system_viewer, viewer_for
from keguan.runtime.imports.actions.undo import EndUndo
from keguan.runtime.imports.models import Before, Import, Undoing
from keguan.runtime.imports.undo.batches import RemoveBatch, RestoreBatch
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.classes import rows_of

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.jobs.progress import Progress

BATCH = 500
"""Records taken back in one transaction."""

_LANGUAGES = {"zh": "zh-hans", "en": "en"}


def work(undoing_id: int, progress: Progress) -> str:
    """Take back what is not taken back yet, with the rights of today of whoever asked. Raises ``Cancelled``."""
    stored = Undoing.objects.select_related("of").get(pk=undoing_id)
    viewer = system_viewer("cli", stored.by_name) if stored.by_id is None else viewer_for(stored.by_id, "system")
    with override(_LANGUAGES[viewer.language]):
        if stored.ended_at is None:
            _remove(stored, viewer, progress)
            _restore(stored, viewer, progress)
            EndUndo(viewer=viewer, undoing_id=undoing_id).run()
        stored.refresh_from_db()
        return summary(stored)


def summary(stored: Undoing) -> str:
    """What it did, in a sentence."""
    return _("删除 %(removed)s 份，恢复 %(restored)s 份，保留 %(kept)s 份。") % {
        "removed": f"{stored.removed:,}",
        "restored": f"{stored.restored:,}",
        "kept": f"{stored.kept:,}",
    }


def created_by(stored: Import) -> QuerySet[Model]:
    """The records that an import created and that are still there."""
    return rows_of(policies.current().model, stored.record_type).filter(import_id=stored.pk)


def _remove(stored: Undoing, viewer: Viewer, progress: Progress) -> None:
    if stored.restoring:
        return
    rows = created_by(stored.of).order_by("-id")
    total = stored.of.created + stored.of.updated
    while True:
        progress.check_cancelled()
        left = rows if stored.position is None else rows.filter(id__lt=stored.position)
        ids = list(left.values_list("id", flat=True)[:BATCH])
        if not ids:
            break
        RemoveBatch(viewer=viewer, undoing_id=stored.pk, record_type=stored.of.record_type, ids=ids).run()
        stored.refresh_from_db()
        progress.step(stored.removed + stored.kept, max(total, stored.removed + stored.kept))
    Undoing.objects.filter(pk=stored.pk).update(restoring=True, position=None)
    stored.refresh_from_db()


def _restore(stored: Undoing, viewer: Viewer, progress: Progress) -> None:
    changes = Before.objects.filter(of_id=stored.of_id).order_by("-id")
    while True:
        progress.check_cancelled()
        left = changes if stored.position is None else changes.filter(pk__lt=stored.position)
        found = list(left.values_list("pk", flat=True)[:BATCH])
        if not found:
            return
        RestoreBatch(viewer=viewer, undoing_id=stored.pk, record_type=stored.of.record_type, befores=found).run()
        stored.refresh_from_db()
        done = stored.removed + stored.kept + stored.restored
        progress.step(done, max(stored.of.created + stored.of.updated, done))
