"""Largest remainder (最大余额, Hamilton's method) with a limit for each: whole numbers that add up exactly.

What holds, for ``given = apportion(house, weights, limits)``:

- **The house total is kept**: ``sum(given)`` is ``house``, or the sum of the limits of all with a weight where that is
  less.
- **Quota rule**: whoever is not at their limit gets their exact share of what those at their limits leave over, rounded
  down or up, never further off.
- **Monotone in the weight**: with no lower limit, more weight never gets less; the same weight never differs by more
  than one.
- **Nothing but the figures counts**: all weights multiplied by the same number give the same; in another order everyone
  gets the same, but for ties.

What does not hold, as for every method of quotas (Balinski and Young 1982): a larger house can give somebody less
(Alabama paradox), a weight that grows faster than another can lose to it (population paradox), and somebody who joins
can move a seat between two others (new-states paradox). Divisor methods have none of these and break the quota rule; a
month's shares are made once from fixed figures, where the quota rule is what people check by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def apportion(
    house: int,
    weights: Sequence[int],
    limits: Sequence[int | None] | None = None,
    ties: Sequence[int] | None = None,
    wants: Sequence[int] | None = None,
) -> list[int]:
    """How many of ``house`` things each gets, in proportion to whole weights from 0 and never beyond their limits
    (None: no limit). Of equal remainders the one with the smaller ``ties`` comes first, then the earlier one.

    With ``wants`` those with a remainder who want the most come first, then the larger remainder: for one row of a
    table whose columns are to add up as well. Everyone still gets their exact share rounded down or up.

    Raises ``ValueError`` for a negative number or lists that differ in length.
    """
    count = len(weights)
    rooms = [None] * count if limits is None else list(limits)
    order = [0] * count if ties is None else list(ties)
    if len(rooms) != count or len(order) != count:
        raise ValueError("weights, limits and ties are one for each")
    if house < 0 or min(weights, default=0) < 0 or any(room is not None and room < 0 for room in rooms):
        raise ValueError("a house, a weight or a limit is below nothing")
    given = [0] * count
    active = [index for index in range(count) if weights[index] > 0 and rooms[index] != 0]
    left = house
    while active and left:
        whole = sum(weights[index] for index in active)
        full: list[int] = []
        rest: list[int] = []
        for index in active:
            room = rooms[index]
            (full if room is not None and left * weights[index] // whole >= room else rest).append(index)
        if not full:
            _round(left, whole, active, weights, (order, [0] * count if wants is None else wants), given)
            return given
        for index in full:
            given[index] = rooms[index] or 0
            left -= given[index]
        active = rest
    return given


def _round(
    left: int,
    whole: int,
    active: Sequence[int],
    weights: Sequence[int],
    order: tuple[Sequence[int], Sequence[int]],
    given: list[int],
) -> None:
    """Nobody comes to their limit any more: whole parts to all, and one more to the first in order."""
    ties, wants = order
    remainders = []
    for index in active:
        given[index], remainder = divmod(left * weights[index], whole)
        remainders.append((not remainder, -wants[index], -remainder, ties[index], index))
    more = left - sum(given[index] for index in active)
    remainders.sort()
    for *_order, index in remainders[:more]:
        given[index] += 1
