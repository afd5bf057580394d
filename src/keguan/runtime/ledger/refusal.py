"""A change that may not happen, in a sentence for the person who asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import Promise


class Refused(Exception):
    """Raised by an action that may not or cannot be done; nothing has changed then.

    ``code`` is stable and dotted (``org.username_taken``), ``message`` a translatable sentence, ``fields`` a sentence
    for each input that is wrong.
    """

    def __init__(self, code: str, message: str | Promise, fields: Mapping[str, str | Promise] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self._message = message
        self._fields = dict(fields or {})
        self.noted = False  # whether an entry tells of it already

    @property
    def message(self) -> str:
        """The sentence in the language of whoever reads it now."""
        return str(self._message)

    @property
    def fields(self) -> dict[str, str]:
        """The sentences for the inputs, in the language of whoever reads them now."""
        return {name: str(sentence) for name, sentence in self._fields.items()}

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"
