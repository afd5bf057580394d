"""What a file is, told by its content; and whether it is one that may be kept."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.language.model.files import EXTENSIONS, FileKind
from keguan.runtime.attachments.checking.images import check_image
from keguan.runtime.attachments.checking.office import check_office
from keguan.runtime.attachments.checking.pdf import check_pdf
from keguan.runtime.attachments.checking.texts import check_text
from keguan.runtime.attachments.checking.unfit import Unfit

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.language.model.files import FileRule

__all__ = ["Unfit", "check"]

_CHECKS: dict[FileKind, Callable[[IO[bytes], int, str], None]] = {
    FileKind.IMAGE: check_image,
    FileKind.PDF: check_pdf,
    FileKind.WORD: check_office,
    FileKind.EXCEL: check_office,
    FileKind.TEXT: check_text,
}


def check(name: str, content: IO[bytes], size: int, rule: FileRule) -> FileKind:
    """The kind of a file of ``size`` bytes called ``name``, which its extension claims and its content confirms.

    Reads the content at any place, a little at a time. Raises ``Unfit`` for a file that the rule does not take, one
    that is another than it claims, one that is damaged, and one that holds what could run or swell.
    """
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    kind = next((each for each in rule.kinds if extension in EXTENSIONS[each]), None)
    if kind is None:
        listed = _("、").join(f".{each}" for each in rule.extensions)
        raise Unfit("kind", _("不收这种文件。这里可以放：%(kinds)s。") % {"kinds": listed})
    if size == 0:
        raise Unfit("empty", _("这是一个空文件。"))
    content.seek(0)
    _CHECKS[kind](content, size, extension)
    return kind
