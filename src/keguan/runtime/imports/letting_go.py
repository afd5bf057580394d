"""What imports keep of records, and how it goes when the records are destroyed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from keguan.runtime.imports.models import Before, Import, Rejection
from keguan.runtime.imports.uploads import destroy
from keguan.runtime.records.classes import rows_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from keguan.language.model.model import Model

_PART = 500


def imports(model: Model, record_type: str, ids: Collection[int]) -> int:
    """The values from before an import, and the whole uploads in which these records came: a file cannot lose a row,
    and what it has brought in is in the records. It goes from the disk once the destruction has committed.
    """
    gone = 0
    listed = sorted(ids)
    for first in range(0, len(listed), _PART):
        part = listed[first : first + _PART]
        gone += Before.objects.filter(record_type=record_type, record_id__in=part).delete()[0]
        came = set(
            rows_of(model, record_type).filter(id__in=part, import_id__isnull=False).values_list("import_id", flat=True)
        )
        uploads = Import.objects.filter(id__in=came).exclude(file="")
        for name in list(uploads.values_list("file", flat=True)):
            transaction.on_commit(lambda name=name: destroy(name), robust=True)  # type: ignore[misc]
        gone += Rejection.objects.filter(of__in=came).delete()[0]
        gone += uploads.update(file="")
    return gone
