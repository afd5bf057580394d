"""网上受理: what customers may do about a process by themselves, without signing in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fill:
    """A field of the record that is filled in with the submission: with ``text``, or with the moment it comes in (the
    day, for a date) where ``now``.
    """

    field: str
    text: str = ""
    now: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Whose record it is: ``reference`` is set to the one record that has what was typed, when there is exactly one.

    ``fields`` pairs a field of the record referred to with the form's field that must equal it.
    """

    reference: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Public:
    """How customers begin a case by themselves.

    Each submission files one record of the process's type, from the fields of ``form`` that go into it and from
    ``fills``. ``replies`` are what they may read afterwards, by (form, field), each once its step is completed.
    """

    form: str
    fills: tuple[Fill, ...] = ()
    match: Match | None = None
    replies: tuple[tuple[str, str], ...] = ()
    withdraw: bool = False
