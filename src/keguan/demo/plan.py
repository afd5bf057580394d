"""How many of what the workbook holds."""

from __future__ import annotations

from dataclasses import dataclass

# Of a thousand customers: what the policy should find them to be.
GRADES = (("A", 6), ("B", 80), ("C", 350), ("D", 240), ("E", 324))
BAD_SHARE = 0.03
"""Bad rows as a share of the good ones, on every sheet."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Good rows of each sheet; bad ones come on top. The relations between the numbers are those of the real demo."""

    customers: int = 10_000
    contracts: int = 14_000
    attendances: int = 5_000
    receptions: int = 8_000
    activities: int = 22

    @classmethod
    def scaled(cls, customers: int) -> Plan:
        """A smaller (or larger) company with the same proportions."""
        return cls(customers, customers * 14 // 10, customers // 2, customers * 8 // 10)

    @staticmethod
    def bad(good: int) -> int:
        """How many bad rows go with that many good ones."""
        return round(good * BAD_SHARE)
