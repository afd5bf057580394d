"""How files come in: sealed while they are received, never whole in memory and never in clear on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers, StopUpload

from keguan.language.model.files import LARGEST_SIZE
from keguan.runtime.attachments.received import Received
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

PREFIX = "file."
"""What the name of a form's input begins with; the field's code follows."""
_MOST_FILES = 40
_MOST_BYTES = 8 * LARGEST_SIZE
"""Of one request."""


class SealedUploads(FileUploadHandler):
    """Takes the files for attachment fields that somebody signed in sends to a page that says it takes them
    (``takes_files`` on the view); every other file goes to the next handler.

    A file beyond its field's limit is received to its end and thrown away, so that the page can say so; a request that
    is far too large is broken off.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._current: Received | None = None
        self._files = self._bytes = 0

    def new_file(self, field_name: str, file_name: str, *args: Any, **kwargs: Any) -> None:  # Django's own signature
        """Begin a file, if it is for an attachment."""
        super().new_file(field_name, file_name, *args, **kwargs)
        self._current = None
        limit = self._limit(field_name)
        if limit is None:
            return
        self._files += 1
        if self._files > _MOST_FILES:
            raise StopUpload(connection_reset=True)
        self._current = Received(file_name, limit)
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Seal some bytes."""
        del start
        if self._current is None:
            return raw_data
        self._bytes += len(raw_data)
        if self._bytes > _MOST_BYTES:
            self._current.close()
            raise StopUpload(connection_reset=True)
        self._current.take(raw_data)
        return None

    def file_complete(self, file_size: int) -> Received | None:
        """The file is whole."""
        del file_size
        current, self._current = self._current, None
        if current is not None:
            current.finish()
        return current

    def upload_interrupted(self) -> None:
        """The sender has gone."""
        if self._current is not None:
            self._current.close()

    def _limit(self, field_name: str) -> int | None:
        """Bytes that the field takes of one file; None where this is no file for an attachment."""
        match = getattr(self.request, "resolver_match", None)
        if not field_name.startswith(PREFIX) or match is None or not getattr(match.func, "takes_files", False):
            return None
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            return None
        return limit_of(match.kwargs, field_name.removeprefix(PREFIX))


def limit_of(kwargs: Mapping[str, Any], code: str) -> int | None:
    """What the policy lets one file of a field have; None for what is no attachment field of the page's type."""
    declared = policies.current().model.record_types.get(str(kwargs.get("record_type", "")))
    found = None if declared is None else next((each for each in declared.fields if each.code == code), None)
    return None if found is None or found.files is None else found.files.size
