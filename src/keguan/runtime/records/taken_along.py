"""What is destroyed with a record: every noun that keeps something of it says here how it lets go of that.

What is kept about the work (that a step was done, by whom, when) stays; what is said about the record goes, sealed or
not.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from keguan.language.model.model import Model

Taking = Callable[[Model, str, Collection[int]], int]
"""Given the policy, a record type and ids: destroys what belongs to these records and returns how many rows it touched.

Runs inside the transaction of the destruction, before the records themselves go, and does nothing when called again.
"""


@dataclass(frozen=True, slots=True)
class Belonging:
    """What one noun keeps of records, by a name that stands in the ledger."""

    name: str
    take: Taking


_named: dict[str, Belonging] = {}


def register(name: str, take: Taking) -> None:
    """Have ``take`` called with every destruction. Called in ``AppConfig.ready``; a second time changes nothing."""
    _named[name] = Belonging(name, take)


def belongings() -> Iterator[Belonging]:
    """Everything that is taken along, in order of registration."""
    yield from tuple(_named.values())
