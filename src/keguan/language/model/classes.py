"""类别 classes: the kinds of information there are, how they are protected, who answers for them and what for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.language.model.label import ClauseRef, Label
    from keguan.language.source import Span


class Display(StrEnum):
    """How values of a class are shown, whoever looks and whatever else is granted."""

    AS_GRANTED = "as_granted"  # 原样: as roles and access rows say
    MASKED = "masked"  # 遮盖: never but masked on screen
    NEVER = "never"  # 从不: nothing of it is ever shown, exported, printed or revealed (JR/T 0171-2020: C3)


@dataclass(frozen=True, slots=True)
class InformationClass:
    """One information class, as the 信息类别 column of records names it by its label.

    ``level`` is one of the model's ``protection_levels``; ``sensitive`` is what a field of it is that says nothing;
    ``traced``: opening a record with such a field is written into the ledger;
    ``responsible`` is the unit or post that answers for it, ``purposes`` what it may be used for.
    """

    code: str
    label: Label
    level: str
    sensitive: bool
    display: Display
    responsible: str
    purposes: tuple[str, ...]
    note: str
    clause: ClauseRef
    span: Span
    traced: bool = False
