"""What may be asked about attachments. Names come out sealed: ``access`` opens them for whoever may see them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from keguan.language.model.naming import LARGEST_ID
from keguan.runtime.access.attached import opened_key
from keguan.runtime.attachments import folder
from keguan.runtime.attachments.models import Attachment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import datetime

MEDIA_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Stored:
    """One file as it is kept; ``name`` is sealed. ``size`` is in bytes."""

    id: int
    token: int
    record_type: str
    record_id: int
    field: str
    name: bytes
    kind: str
    extension: str
    size: int
    checksum: str
    by_name: str
    at: datetime


_FIELDS = (
    *("id", "token", "record_type", "record_id", "field", "name", "kind", "extension", "size", "checksum"),
    *("by_name", "at"),
)


def files_of(
    record_type: str, ids: Collection[int], fields: Collection[str]
) -> Mapping[tuple[str, int], tuple[Stored, ...]]:
    """The files of these records by (field, record id), oldest first. One query; none where nothing is asked."""
    if not ids or not fields:
        return {}
    found: dict[tuple[str, int], list[Stored]] = defaultdict(list)
    rows = Attachment.objects.filter(
        record_type=record_type, record_id__in=list(ids), field__in=list(fields), gone_at__isnull=True
    )
    for row in rows.order_by("id").values_list(*_FIELDS):
        found[row[4], row[3]].append(_stored(row))
    return {where: tuple(files) for where, files in found.items()}


def listed(record_type: str, ids: Collection[int]) -> Mapping[int, tuple[Stored, ...]]:
    """All files of these records by record id, also of fields that the policy has no more; oldest first. One query."""
    found: dict[int, list[Stored]] = defaultdict(list)
    rows = Attachment.objects.filter(record_type=record_type, record_id__in=list(ids), gone_at__isnull=True)
    for row in rows.order_by("id").values_list(*_FIELDS):
        found[row[3]].append(_stored(row))
    return {record_id: tuple(files) for record_id, files in found.items()}


def one(record_type: str, record_id: int, attachment_id: int) -> Stored | None:
    """One file of a record; None when it is not there."""
    if not 0 < attachment_id <= LARGEST_ID:
        return None
    rows = Attachment.objects.filter(
        pk=attachment_id, record_type=record_type, record_id=record_id, gone_at__isnull=True
    )
    row = rows.values_list(*_FIELDS).first()
    return None if row is None else _stored(row)


def numbers(record_type: str, record_id: int) -> Mapping[str, int]:
    """How many files a record has, by field. One query."""
    rows = Attachment.objects.filter(record_type=record_type, record_id=record_id, gone_at__isnull=True)
    return dict(rows.order_by().values_list("field").annotate(number=Count("pk")))


def key(attachment_id: int) -> bytes:
    """The key of a file that is there: for the action that has checked who reads it. Raises ``crypto.Unsealable``."""
    row = Attachment.objects.get(pk=attachment_id)
    return opened_key(row.token, bytes(row.key or b""))


def pieces(token: int, key: bytes) -> Iterator[bytes]:
    """A file in clear, piece by piece. Raises ``Refused`` (``attachments.file_gone``)."""
    return folder.pieces(token, key)


def _stored(row: tuple[Any, ...]) -> Stored:
    values = dict(zip(_FIELDS, row, strict=True))
    values["name"] = bytes(values["name"])  # PostgreSQL gives a memoryview
    return Stored(**values)
