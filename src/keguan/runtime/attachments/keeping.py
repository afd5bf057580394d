"""Taking files in under a record, and letting go of them: called by actions, inside their transaction."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from keguan.runtime import clock
from keguan.runtime.access.attached import sealed_key, sealed_name
from keguan.runtime.attachments import folder
from keguan.runtime.attachments.models import Attachment

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from keguan.language.model.files import FileKind
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.attachments.received import Received

_PART = 500


def adopt(
    viewer: Viewer, record_type: str, record_id: int, field: str, files: Sequence[tuple[Received, FileKind]]
) -> list[Attachment]:
    """Put received files under a field of a record. They move to their place once this has committed."""
    made = Attachment.objects.bulk_create(
        Attachment(
            token=each.token,
            record_type=record_type,
            record_id=record_id,
            field=field,
            name=sealed_name(each.token, each.name or ""),
            key=sealed_key(each.token, each.key),
            kind=kind,
            extension=(each.name or "").rpartition(".")[2].lower(),
            size=each.size or 0,
            checksum=folder.checksum(each.token),
            by_id=viewer.staff_id,
            by_name=viewer.name,
            at=clock.now(),
        )
        for each, kind in files
    )
    for each, _kind in files:
        each.taken = True
        transaction.on_commit(partial(folder.settle, each.token), robust=True)
    return made


def discard(
    record_type: str, ids: Collection[int], fields: Collection[str] | None = None, only: int | None = None
) -> list[Attachment]:
    """Let go of the files of these records: all, those of some fields, or the ``only`` one. Gives what they were.

    Their names and keys are gone with the transaction, so that nothing reads them any more; the files themselves go
    from the disk once it has committed, or with the next sweep.
    """
    gone: list[Attachment] = []
    listed = sorted(ids)
    wanted = Q() if fields is None else Q(field__in=fields)
    wanted &= Q() if only is None else Q(pk=only)
    for first in range(0, len(listed), _PART):
        part = listed[first : first + _PART]
        gone += Attachment.objects.filter(
            wanted, record_type=record_type, record_id__in=part, gone_at__isnull=True
        ).order_by("id")
    for first in range(0, len(gone), _PART):
        some = [each.pk for each in gone[first : first + _PART]]
        Attachment.objects.filter(pk__in=some).update(name=None, key=None, gone_at=clock.now())
    if gone:
        transaction.on_commit(partial(delete_gone, [each.pk for each in gone]), robust=True)
    return gone


def delete_gone(ids: Collection[int]) -> int:
    """Delete files that were let go of, and then what is known of them; how many. Again after a death: no harm."""
    found = list(Attachment.objects.filter(pk__in=ids, gone_at__isnull=False))
    for each in found:
        folder.delete(each.token)
    Attachment.objects.filter(pk__in=[each.pk for each in found]).delete()
    return len(found)
