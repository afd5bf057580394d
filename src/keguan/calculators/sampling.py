"""Drawing a sample that anyone can draw again: the same seed and the same population give the same sample."""

from __future__ import annotations

from hashlib import blake2b
from heapq import nsmallest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

WHOLE = 10_000
"""Basis points in one whole."""


def size(population: int, share: int) -> int:
    """How many are drawn of so many at a share in basis points: rounded half up, and at least one of any.

    Raises ``ValueError`` for a share outside 0 to 10,000.
    """
    if not 0 <= share <= WHOLE:
        raise ValueError(f"a share of {share} basis points")
    if not population or not share:
        return 0
    return max(1, (population * share + WHOLE // 2) // WHOLE)


def draw(population: Collection[int], share: int, seed: str) -> tuple[int, ...]:
    """The members drawn, in the order drawn. The order in which ``population`` comes does not matter.

    Each member gets a number from the seed and itself, and the smallest numbers are drawn: who is drawn cannot be
    foreseen without the seed, and with it anyone can check. Raises ``ValueError`` as ``size``.
    """
    key = seed.encode()
    if len(key) > blake2b.MAX_KEY_SIZE:
        key = blake2b(key).digest()
    wanted = size(len(population), share)
    return tuple(nsmallest(wanted, population, key=lambda member: (_number(key, member), member)))


def _number(key: bytes, member: int) -> bytes:
    return blake2b(str(member).encode(), key=key, digest_size=16).digest()
