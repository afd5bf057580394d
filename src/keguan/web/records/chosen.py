"""Which records of a list were chosen: by their boxes, or all that its address finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import QueryDict

_LONGEST = 18
_MOST = 1_000


def chosen_ids(asked: QueryDict) -> tuple[int, ...]:
    """The ids among the parameters, in their order; what is no number is left out."""
    texts = dict.fromkeys(asked.getlist("id"))
    return tuple(int(each) for each in texts if each.isascii() and each.isdigit() and len(each) <= _LONGEST)[:_MOST]
