"""Sharing whole things out: how many each gets, who gets which, and how even it came out."""

from __future__ import annotations

from keguan.calculators.apportionment.allotting import (
    Allotment,
    Given,
    Person,
    Row,
    Stays,
    allot_kinds,
    allot_people,
)
from keguan.calculators.apportionment.dealing import dealt
from keguan.calculators.apportionment.evenness import Evenness, evenness
from keguan.calculators.apportionment.largest_remainder import apportion
from keguan.calculators.apportionment.matching import Signature, Taker, fits, shared

__all__ = [
    "Allotment",
    "Evenness",
    "Given",
    "Person",
    "Row",
    "Signature",
    "Stays",
    "Taker",
    "allot_kinds",
    "allot_people",
    "apportion",
    "dealt",
    "evenness",
    "fits",
    "shared",
]
