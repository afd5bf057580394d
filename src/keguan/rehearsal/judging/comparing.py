"""What is there against what is written: exactly, in order, including, without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.testing.result import Failure
from keguan.language.testing.staged.expectations import Manner
from keguan.runtime import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from typing import TypeVar

    from keguan.language.source import Span
    from keguan.language.testing.staged.expectations import When
    from keguan.rehearsal.words import Words

    Wanted = TypeVar("Wanted")
    There = TypeVar("There")


def is_at(moment: datetime | None, when: When) -> bool:
    """Whether a stored moment is the one that is written; where only a day is, whether it is on that day."""
    if moment is None:
        return False
    local = clock.local(moment).replace(tzinfo=None)
    return local.date() == when.moment.date() if when.whole_day else local == when.moment


def when_words(when: When) -> str:
    """A moment as it is written."""
    return when.moment.strftime("%Y-%m-%d" if when.whole_day else "%Y-%m-%d %H:%M")


def holds(
    manner: Manner, wanted: Sequence[Wanted], there: Sequence[There], fits: Callable[[Wanted, There], bool]
) -> bool:
    """Whether what is there is as wanted. Nothing that is there counts for two things that are wanted."""
    if manner is Manner.WITHOUT:
        return not any(fits(each, one) for each in wanted for one in there)
    if manner is Manner.IN_ORDER:
        return len(wanted) == len(there) and all(map(fits, wanted, there))
    found = _matched(wanted, there, fits)
    return found == len(wanted) and (manner is Manner.INCLUDING or len(there) == len(wanted))


def _matched(wanted: Sequence[Wanted], there: Sequence[There], fits: Callable[[Wanted, There], bool]) -> int:
    """How many of the wanted can be given something each that is there, no two the same."""
    given: dict[int, int] = {}

    def give(one: int, tried: set[int]) -> bool:
        for place, other in enumerate(there):
            if place not in tried and fits(wanted[one], other):
                tried.add(place)
                if place not in given or give(given[place], tried):
                    given[place] = one
                    return True
        return False

    return sum(give(one, set()) for one in range(len(wanted)))


def unlike(
    span: Span, given: str, manner: Manner, told: tuple[Sequence[str], Sequence[str]], words: Words
) -> Iterator[Failure]:
    """The failure that it does not hold; ``told`` is what is wanted and what is there, in words."""
    how = {
        Manner.EXACTLY: words.say("只有", "exactly ") if told[0] else "",
        Manner.IN_ORDER: words.say("依次是", "in order ") if told[0] else "",
        Manner.INCLUDING: words.say("包括", "including "),
        Manner.WITHOUT: words.say("不含", "without "),
    }[manner]
    wanted, there = (words.listed(each) for each in told)
    yield Failure(span, words.given(given), f"{how}{wanted}", there, "", "", words.language)
