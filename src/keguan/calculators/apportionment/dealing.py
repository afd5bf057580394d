"""Dealing things out in their order, so that good ones and less good ones go round."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_BITS, _PEOPLE = 40, 24
_MASK = (1 << _PEOPLE) - 1
"""A place on the way in so many bits, before the index of whoever has it."""


def dealt(counts: Sequence[int]) -> list[int]:
    """Who gets the first thing, the second, …: everybody as often as ``counts`` says, spread evenly over the whole.

    The ``k``-th thing of somebody with ``n`` comes at ``(2k − 1) / 2n`` of the way; at the same point the earlier one
    is first. With equal counts that is one each, round after round.
    """
    places = [
        ((2 * turn + 1 << _BITS) // count << _PEOPLE) | index
        for index, count in enumerate(counts)
        if count
        for turn in range(count)
    ]
    places.sort()  # whole numbers: sorting pairs takes three times as long
    return [place & _MASK for place in places]
