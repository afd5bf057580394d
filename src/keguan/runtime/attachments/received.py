"""A file that has come in and lies encrypted on the disk, and belongs to no record yet."""

from __future__ import annotations

import secrets
import shutil
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from keguan.language.model.files import show_size
from keguan.runtime.access.attached import new_key
from keguan.runtime.attachments import folder
from keguan.runtime.attachments.checking import Unfit, check

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.files import FileKind, FileRule

FREE = 256 * 1024 * 1024
"""Bytes of the disk that attachments leave free: the database must be able to go on."""
LONGEST_NAME = 120
_TOKEN_BITS = 63


class Received(UploadedFile):  # type: ignore[type-arg]  # generic in the stubs alone
    """One uploaded file. It is deleted when the request is over unless a record has taken it: ``taken``.

    ``failed`` says why it could not be received whole: too large, or no room.
    """

    def __init__(self, name: str, limit: int) -> None:
        self.token, self.key, self.limit = secrets.randbits(_TOKEN_BITS), new_key(), limit
        self.taken, self.failed = False, ""
        self._writer = None if not self._room(limit) else folder.writer(self.token, self.key)
        super().__init__(None, cleaned(name), "application/octet-stream", 0)

    def take(self, part: bytes) -> None:
        """Add what has come. Beyond the limit, or where the disk is full, the file is dropped and the rest ignored."""
        if self._writer is None:
            return
        self.size = (self.size or 0) + len(part)
        if self.size > self.limit:
            self._drop(_("文件太大：每个文件最多 %(limit)s。") % {"limit": show_size(self.limit)})
            return
        try:
            self._writer.write(part)
        except OSError:
            self._drop(_no_room())

    def finish(self) -> None:
        """All has come: the file is on the disk when this returns."""
        if self._writer is not None:
            try:
                self._writer.close()
            except OSError:
                self._drop(_no_room())

    def inspect(self, rule: FileRule) -> FileKind:
        """What it is. Raises ``Unfit`` when the rule does not take it."""
        if self.failed:
            raise Unfit("size" if (self.size or 0) > self.limit else "room", self.failed)
        if (self.size or 0) > rule.size:
            raise Unfit("size", _("文件太大：每个文件最多 %(limit)s。") % {"limit": show_size(rule.size)})
        with folder.reader(self.token, self.key) as content:
            return check(self.name or "", content, self.size or 0, rule)

    def close(self) -> None:
        """The request is over."""
        if not self.taken:
            self._drop(self.failed)

    def _drop(self, why: str) -> None:
        self.failed = why
        if self._writer is not None:
            self._writer.abandon()
            self._writer = None
        folder.delete(self.token)

    def _room(self, limit: int) -> bool:
        home = Path(settings.HOME)
        if shutil.disk_usage(home).free - limit >= FREE:
            return True
        self.failed = _no_room()
        return False


def received(name: str, parts: Iterable[bytes], limit: int) -> Received:
    """A file from bytes that are at hand: for programs and tests, as the upload handler does it for requests."""
    found = Received(name, limit)
    for part in parts:
        found.take(part)
    found.finish()
    return found


def cleaned(name: str) -> str:
    """The file's own name, without folders and signs that do not show; its end is kept when it is too long."""
    shown = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C").replace("\\", "/")
    last = shown.rpartition("/")[2].strip(" .") or "file"
    stem, dot, extension = last.rpartition(".")
    return last if len(last) <= LONGEST_NAME else stem[: LONGEST_NAME - len(extension) - 1] + dot + extension


def _no_room() -> str:
    return _("服务器的磁盘快满了，文件没有收下。请联系系统管理员。")
