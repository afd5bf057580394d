"""What a name may mean where an expression stands. The model builds scopes; typing reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.feel.types import Type


@dataclass(frozen=True, slots=True)
class RecordName:
    """A field, fact or decision outcome of the record at hand. ``usable`` is False for encrypted fields, which an
    expression may not read.
    """

    code: str
    type: Type
    usable: bool = True


@dataclass(frozen=True, slots=True)
class ParameterName:
    """A policy parameter."""

    code: str
    type: Type


@dataclass(frozen=True, slots=True)
class ChildName:
    """The child records of one type; ``via`` is the child's reference field that points here."""

    child: str
    via: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class AmbiguousChildren:
    """The child records of one type that refer to this record through several fields. ``choices`` are (label of the
    reference field, the children through it); an expression then writes ``客户关系(客户甲)``, by label or code.
    """

    choices: tuple[tuple[str, ChildName], ...]


@dataclass(frozen=True, slots=True)
class ReferenceName:
    """The field ``via`` that refers to another record, of type ``record_type``, in which ``scope`` is in reach.

    It is no value itself: one reads through it (``客户.等级``).
    """

    via: str
    record_type: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class StampName:
    """A moment that the system keeps of every record, or its ``day`` (建档日)."""

    code: str
    day: bool


Meaning = RecordName | ParameterName | ChildName | AmbiguousChildren | ReferenceName | StampName


class Scope(Protocol):
    """Names in reach of an expression, by Chinese label or by code."""

    def find(self, name: str) -> Meaning | None:
        """What ``name`` (label or code) means here, or None."""

    def names(self) -> Iterable[str]:
        """Every name in reach, for "did you mean"."""
