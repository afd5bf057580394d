"""A file that may not be kept."""

from __future__ import annotations

from django.utils.translation import gettext as _


class Unfit(Exception):
    """``sentence`` says to whoever sent the file what is wrong and what to do; ``code`` is for programs."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(code)
        self.code, self.sentence = code, sentence


def other(extension: str) -> Unfit:
    """The content is none of what the name claims."""
    return Unfit(
        "content", _("文件的内容不是 .%(extension)s，或者已经损坏。请重新另存一份。") % {"extension": extension}
    )
