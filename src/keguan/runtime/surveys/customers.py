"""Whom an invitation goes to: the record that the customer's address belongs to; addresses are read when needed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from keguan.runtime.access.columns import columns
from keguan.runtime.access.reaching_out import REACHED_AT, address_in, address_mark
from keguan.runtime.records.classes import attribute, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.model import FieldKind, Model
    from keguan.language.model.survey import Address, Survey


@dataclass(frozen=True, slots=True)
class Customer:
    """A record, and by which marks its addresses are known again, by kind of address (``phone``, ``email``)."""

    record_type: str
    record_id: int
    marks: Mapping[str, int] = field(default_factory=dict)


def customer_of(model: Model, survey: Survey, record_type: str, record_id: int) -> Customer:
    """Who is asked about a record: whom its first filled reference among 发给 names, else the record itself. One query
    for each reference and each address.
    """
    named = (_owner(model, each, record_type, record_id) for each in survey.addresses if len(each.path) > 1)
    owner = next((each for each in named if each is not None), (record_type, record_id))
    marks = {}
    for kind in REACHED_AT:
        found = address_of(model, survey, kind, record_type, record_id)
        if found:
            marks[REACHED_AT[kind]] = address_mark(kind, found)
    return Customer(*owner, marks)


def address_of(model: Model, survey: Survey, kind: FieldKind, record_type: str, record_id: int) -> str:
    """The customer's first filled address of a kind, in clear, for the outbox; empty where there is none."""
    for each in survey.addresses:
        owner = _owner(model, each, record_type, record_id) if each.kind is kind else None
        found = address_in(model, owner[0], each.path[-1], owner[1]) if owner is not None else ""
        if found:
            return found
    return ""


def _owner(model: Model, address: Address, record_type: str, record_id: int) -> tuple[str, int] | None:
    """The record whose field the address is; None while the reference is empty."""
    if len(address.path) == 1:
        return record_type, record_id
    column = columns(model, record_type)[address.path[0]]
    rows = rows_of(model, record_type).filter(id=record_id)
    found = rows.values_list(attribute(column.physical), flat=True).first()
    return None if found is None else (address.record_type, int(found))
