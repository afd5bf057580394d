"""A scenario to be acted out, as data: who there is, what is there already, what happens, what must be so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.language.markdown.document import Written
    from keguan.language.markdown.yaml_tree import Mapping, Tree
    from keguan.language.source import Span
    from keguan.language.testing.staged.events import Event
    from keguan.language.testing.staged.expectations import Expectation


@dataclass(frozen=True, slots=True)
class Person:
    """One of the people. ``roles`` are codes; ``unit`` and ``area`` are paths of names from the top (``总部/江南``):
    where they sit (empty: at the top) and for which unit they hold their roles (empty: their own).
    """

    name: str
    roles: tuple[str, ...]
    unit: str
    area: str
    head: bool  # 负责: they head their unit
    deputies: tuple[str, ...]  # 代理: who stands in for them
    span: Span


@dataclass(frozen=True, slots=True)
class RecordRef:
    """A record that is meant: its type by code, and its title or some of its fields as written."""

    record_type: str
    which: Tree
    span: Span

    @property
    def title(self) -> str:
        """As it is called in what is told about it."""
        text = getattr(self.which, "text", None)
        return text if isinstance(text, str) else "…"


@dataclass(frozen=True, slots=True)
class CaseRef:
    """A case that is meant: by its number, by its process or record, or the only one there is."""

    number: str | None
    process: str | None
    record: RecordRef | None
    span: Span


@dataclass(frozen=True, slots=True)
class StepRef:
    """A step of a process, both by code."""

    process: str
    step: str


FormValue = str | RecordRef | None
"""What is filled in: text as people type it, already known to be of the field's type; a record; or nothing."""


@dataclass(frozen=True, slots=True)
class Staged:
    """One scenario. ``begins`` is in the company's time; ``given`` are records as written, filed by the system."""

    id: str
    name: str
    begins: datetime
    people: tuple[Person, ...]
    given: tuple[Mapping, ...]
    events: tuple[Event, ...]
    expected: tuple[Expectation, ...]
    span: Span

    def person(self, name: str) -> Person:
        """The person of this name. Raises ``KeyError``."""
        for person in self.people:
            if person.name == name:
                return person
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Said:
    """Who does what (None: the system), and what they must be told when it may not be done (None: it may)."""

    by: str | None
    what: str
    refused: Written | None
    span: Span
