"""A change is one action: check, do, log, announce, in one transaction, used by every door alike."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from django.db import transaction

from keguan.runtime.ledger import events, permission, refusals
from keguan.runtime.ledger.actor import SYSTEM, Actor
from keguan.runtime.ledger.append import Record, append
from keguan.runtime.ledger.readings import reading_noted
from keguan.runtime.ledger.refusal import Refused
from keguan.runtime.ledger.sealing import Sealed, seal
from keguan.runtime.ledger.subject_keys import forget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.ledger.events import Event

__all__ = ["SYSTEM", "Action", "Actor", "Record", "Refused", "Sealed", "append", "forget", "reading_noted", "seal"]

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Action(ABC, Generic[T]):
    """Base of every change. A subclass is a frozen dataclass whose fields are its inputs.

    ``name`` is the action's dotted name in the ledger; ``operation``, where set, is what the actor must be permitted.
    """

    actor: Actor
    name: ClassVar[str]
    operation: ClassVar[str | None] = None

    def check(self) -> None:
        """Raise ``Refused`` when this may not or cannot be done."""

    @abstractmethod
    def do(self) -> T:
        """Make the change and return what it made."""

    @abstractmethod
    def log(self, result: T) -> Iterable[Record]:
        """What the ledger will say. At least one record; never a sensitive value in clear."""

    def announce(self, result: T) -> Iterable[Event]:
        """What others may react to, inside the same transaction."""
        return ()

    def run(self) -> T:
        """Do all of it in one transaction. Raises ``Refused``; then, as after any error, nothing has changed.

        A refusal for want of a right is written down by itself, afterwards.
        """
        try:
            return self._run()
        except Refused as refused:
            about = getattr(self, "record_type", ""), getattr(self, "id", None)
            refusals.note(self.actor, self.name, refused, *(about if about[0] else ("", None)))
            raise

    @transaction.atomic
    def _run(self) -> T:
        if self.operation is not None:
            permission.require(self.actor, self.operation)
        self.check()
        result = self.do()
        append(self.actor, self.log(result))
        for event in self.announce(result):
            events.announce(event)
        return result
