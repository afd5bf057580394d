"""附件(图片, pdf; 5MB; 3个): kinds of files, then the size of one and their number, each of which may be left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from keguan.language.blocks.block import split_list
from keguan.language.diagnostics.catalogue import attachments as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.markdown.document import Written
from keguan.language.model.files import (
    FILE_KIND_NAMES,
    KILOBYTE,
    LARGEST_NUMBER,
    LARGEST_SIZE,
    MEGABYTE,
    USUAL_NUMBER,
    USUAL_SIZE,
    FileKind,
    FileRule,
    show_size,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.diagnostics.findings import Findings

_KINDS = {name.lower(): kind for kind, names in FILE_KIND_NAMES.items() for name in names}
_CHINESE = [zh for zh, _ in FILE_KIND_NAMES.values()]
_UNITS = {"KB": KILOBYTE, "MB": MEGABYTE}
_SIZE = re.compile(r"([0-9]{1,9})\s*(KB|MB)", re.IGNORECASE)
_NUMBER = re.compile(r"([0-9]{1,9})\s*(?:个|files?)", re.IGNORECASE)
_PARTS = re.compile(r"[^;；]+")


def read_file_rule(written: Written | None, findings: Findings) -> tuple[FileRule | None, bool]:
    """What stands in the brackets, and whether it was shaped as it must be; no rule after a diagnostic."""
    parts = [] if written is None else list(_parts(written))
    if not parts or not split_list(parts[0]):
        return None, False
    size = number = None
    for part in parts[1:]:
        sized, counted = _SIZE.fullmatch(part.text), _NUMBER.fullmatch(part.text)
        if sized is not None and size is None:
            size = (int(sized[1]) * _UNITS[sized[2].upper()], part)
        elif counted is not None and number is None:
            number = (int(counted[1]), part)
        else:
            return None, False
    kinds = [_kind(each, findings) for each in split_list(parts[0])]
    fits = all(each is not None for each in kinds)
    if size is not None and not 0 < size[0] <= LARGEST_SIZE:
        findings.add(entries.SIZE, size[1].span, written=size[1].text, most=show_size(LARGEST_SIZE))
        fits = False
    if number is not None and not 0 < number[0] <= LARGEST_NUMBER:
        findings.add(entries.NUMBER, number[1].span, written=number[1].text, most=str(LARGEST_NUMBER))
        fits = False
    if not fits:
        return None, True
    named = tuple(dict.fromkeys(each for each in kinds if each is not None))
    return FileRule(named, size[0] if size else USUAL_SIZE, number[0] if number else USUAL_NUMBER), True


def _parts(written: Written) -> Iterator[Written]:
    for found in _PARTS.finditer(written.text):
        text = found.group().strip()
        if text:
            start = found.start() + len(found.group()) - len(found.group().lstrip())
            yield Written(text, written.span.within(start, len(text)))


def _kind(name: Written, findings: Findings) -> FileKind | None:
    kind = _KINDS.get(name.text.lower())
    if kind is None:
        findings.add(entries.KIND, name.span, name=name.text, **suggest(name.text, _KINDS, _CHINESE))
    return kind
