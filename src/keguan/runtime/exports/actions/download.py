"""Fetch an exported file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.exports import files
from keguan.runtime.exports.actions.begin import entry
from keguan.runtime.exports.forms import MEDIA_TYPES, Form
from keguan.runtime.exports.models import Export, ExportState
from keguan.runtime.exports.standing import owned
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.permits.telling import type_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Given:
    """A file to be sent. ``pieces`` opens it piece by piece, so that it is never whole in memory or on the disk."""

    file_name: str
    media_type: str
    size: int
    stored: str = field(repr=False)

    def pieces(self) -> Iterator[bytes]:
        """The file. Raises ``Refused`` (``exports.file_gone``)."""
        return files.read(self.stored)

    def data(self) -> bytes:
        """The file at once."""
        return b"".join(self.pieces())


@dataclass(frozen=True, kw_only=True)
class Download(ViewerAction[Given]):
    """Fetch the file of one's own export while it is there, from ``address``. Each time is an entry of the ledger."""

    name: ClassVar[str] = "exports.download"
    export_id: int
    address: str = ""

    def check(self) -> None:
        """Refuse somebody else's, one that is not ready, and one whose time is over."""
        export = owned(self.viewer, self.export_id, lock=True)
        if export.state == ExportState.EXPIRED or (export.expires_at is not None and export.expires_at <= clock.now()):
            raise Refused("exports.expired", _("文件已过保留期，已经删除。请重新导出。"))
        if export.state != ExportState.READY:
            raise Refused("exports.not_ready", _("文件还没有生成。"))

    def do(self) -> Given:
        """Count it, and find that the file opens."""
        export = Export.objects.get(pk=self.export_id)
        next(files.read(export.file))
        counted = {"downloads": F("downloads") + 1, "downloaded_at": clock.now()}
        Export.objects.filter(pk=export.pk).update(**counted)
        title = type_label(export.record_type, export.language)
        name = "".join(sign for sign in title if sign.isalnum()) or export.record_type
        return Given(f"{name}-{export.number}.{export.form}", MEDIA_TYPES[Form(export.form)], export.size, export.file)

    def log(self, result: Given) -> Iterable[Record]:
        """Person, time, place, what, how many, for whom and what for."""
        del result
        export = Export.objects.get(pk=self.export_id)
        yield entry(export, self.name, address=self.address, times=export.downloads, sha256=export.digest)
