"""Plain text: UTF-8, or GB18030 as Excel writes it here, without anything that is no text."""

from __future__ import annotations

import codecs
import re
from typing import IO

from keguan.runtime.attachments.checking.unfit import other

_PART = 1 << 16
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


def check_text(content: IO[bytes], size: int, extension: str) -> None:
    """Raises ``Unfit``."""
    del size
    if not any(_reads(content, name) for name in ("utf-8-sig", "gb18030")):
        raise other(extension)


def _reads(content: IO[bytes], encoding: str) -> bool:
    content.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while part := content.read(_PART):
            if _CONTROL.search(decoder.decode(part)):
                return False
        return not _CONTROL.search(decoder.decode(b"", final=True))
    except UnicodeDecodeError:
        return False
