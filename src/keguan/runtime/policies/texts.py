"""A pack's text: digests, version numbers, and what its front matter says before anything is checked."""

from __future__ import annotations

import hashlib
import json
import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from keguan.language.source import PackSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_VERSION_LINE = re.compile(r"\A(\ufeff?---\r?\n(?:(?!---)[^\n]*\n)*?)version:[^\n]*\n")
_NUMBER = re.compile(r"\d+(\.\d+)*")


def text_digest(files: Mapping[str, str]) -> str:
    """SHA-256 over a pack's files, leaving out the ``version:`` line, so that a new number alone is no new text."""
    bare = {path: _VERSION_LINE.sub(r"\1", text, count=1) for path, text in files.items()}
    return hashlib.sha256(json.dumps(bare, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def exact_digest(sources: Iterable[PackSource]) -> str:
    """SHA-256 over every file of every pack, to the letter: what a compiled model is cached by."""
    whole = {source.id: dict(source.files) for source in sources}
    return hashlib.sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def version_number(version: str) -> tuple[int, ...]:
    """``1.10.0`` as comparable numbers. Raises ``ValueError`` for anything but digits and dots."""
    if not _NUMBER.fullmatch(version):
        raise ValueError(f"not a version: {version!r}")
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def as_source(pack: str, files: Mapping[str, str]) -> PackSource:
    """A pack's text that nobody can change any more."""
    return PackSource(pack, MappingProxyType(dict(files)))
