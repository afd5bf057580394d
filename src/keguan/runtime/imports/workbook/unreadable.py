"""Why a whole file cannot be read. Raised before anything is stored."""

from __future__ import annotations

from keguan.runtime.ledger.actions import Refused


class Unreadable(Refused):
    """The file as a whole is refused; ``code`` says which limit or form, the message what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"imports.{code}", message)
