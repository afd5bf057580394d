"""What two records of a type are compared by: their name, numbers, addresses; held in memory only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from keguan.language.model.model import FieldKind
from keguan.runtime.access.crypto import Unsealable
from keguan.runtime.access.normal import normalised
from keguan.runtime.records.classes import attribute, rows_of
from keguan.runtime.records.editing import opened
from keguan.runtime.records.encoding import column_names
from keguan.runtime.records.suspects.spelling import family, firm_core, plain_address, plain_name, sound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from keguan.language.model.model import Field, Model, RecordType

STRONG = frozenset({FieldKind.ID_NUMBER, FieldKind.USCC, FieldKind.BANK_CARD})
"""Numbers that two people never share."""

NUMBERS = frozenset({FieldKind.PHONE, FieldKind.ID_NUMBER, FieldKind.USCC, FieldKind.BANK_CARD, FieldKind.EMAIL})
_LONG_TEXT = 100
"""A text field that takes so many signs holds an address rather than a word."""
_SHORTEST_ADDRESS = 6
_TWO = 2
"""A choice of two (man or woman, person or firm) is not outgrown."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The fields by which records of a type are compared: the title, numbers by code, addresses, and choices in which
    two records of one person cannot differ.
    """

    title: Field
    numbers: tuple[Field, ...]
    addresses: tuple[Field, ...]
    choices: tuple[Field, ...]

    @property
    def strong(self) -> frozenset[str]:
        """Codes of the numbers that nobody shares."""
        return frozenset(field.code for field in self.numbers if field.kind in STRONG)

    @property
    def fields(self) -> tuple[Field, ...]:
        """All of them."""
        return (self.title, *self.numbers, *self.addresses, *self.choices)


@dataclass(frozen=True, slots=True)
class Features:
    """One record's. ``core`` is a firm's name without its legal form; texts that are missing are empty."""

    id: int
    name: str
    sound: str
    family: str
    core: str
    numbers: Mapping[str, str]
    addresses: Mapping[str, str]
    choices: Mapping[str, str]


def compared(declared: RecordType) -> Compared | None:
    """What a type's records are compared by; None where there is nothing but a name, or not even that."""
    title = next((each for each in declared.fields if each.code == declared.title), None)
    if title is None or title.kind is not FieldKind.TEXT:
        return None
    numbers = tuple(each for each in declared.fields if each.kind in NUMBERS)
    if not numbers:
        return None
    addresses = tuple(
        each
        for each in declared.fields
        if each.kind is FieldKind.TEXT and each.code != title.code and (each.max_length or 0) >= _LONG_TEXT
    )
    choices = tuple(
        each
        for each in declared.fields
        if not each.sensitive and len(getattr(each.type, "choices", None) or ()) == _TWO
    )
    return Compared(title, numbers, addresses, choices)


def read(
    model: Model, declared: RecordType, by: Compared, *, after: int = 0, size: int = 0, ids: Sequence[int] = ()
) -> list[Features]:
    """The features of the next ``size`` records after an id, or of those with these ids. One query."""
    names = ("id", *(column_names(field)[0] for field in by.fields))
    rows = rows_of(model, declared.code).order_by("id")
    rows = rows.filter(id__in=ids) if ids else rows.filter(id__gt=after)
    found = rows.values_list(*map(attribute, names))
    listed = found if ids else found[:size]
    return [_features(declared, by, dict(zip(names, row, strict=True))) for row in listed]


def _features(declared: RecordType, by: Compared, row: Mapping[str, Any]) -> Features:
    name = plain_name(_text(declared, by.title, row))
    return Features(
        row["id"],
        name,
        sound(name),
        family(name),
        firm_core(name),
        {field.code: normalised(field.kind, text) for field, text in _texts(declared, by.numbers, row)},
        {
            field.code: plain
            for field, text in _texts(declared, by.addresses, row)
            if len(plain := plain_address(text)) >= _SHORTEST_ADDRESS
        },
        {field.code: text for field, text in _texts(declared, by.choices, row)},
    )


def _texts(declared: RecordType, fields: tuple[Field, ...], row: Mapping[str, Any]) -> Iterator[tuple[Field, str]]:
    for field in fields:
        text = _text(declared, field, row)
        if text:
            yield field, text


def _text(declared: RecordType, field: Field, row: Mapping[str, Any]) -> str:
    """A field's text; empty for one that does not open any more."""
    try:
        return opened(declared.code, field, row) or ""
    except Unsealable:
        return ""
