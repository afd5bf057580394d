"""The parts of a pattern as functions: each tries to match at a place and goes on with what follows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from keguan.language.dmn.budget import spend
from keguan.language.dmn.patterns.characters import Characters


@dataclass(slots=True)
class State:
    """One search: the text, and where the groups matched. Every place that is tried is a step of the run."""

    text: str
    groups: dict[int, tuple[int, int]] = field(default_factory=dict)


Next = Callable[[int], "int | None"]
"""What follows: from a place to the end of the whole match, or None."""

Part = Callable[[State, int, Next], "int | None"]


def character(characters: Characters) -> Part:
    """One character of a set."""

    def run(state: State, at: int, following: Next) -> int | None:
        spend()
        return following(at + 1) if at < len(state.text) and characters(state.text[at]) else None

    return run


def place(holds: Callable[[str, int], bool]) -> Part:
    """A condition on the place itself."""
    return lambda state, at, following: following(at) if holds(state.text, at) else None


def sequence(parts: Sequence[Part]) -> Part:
    """One after the other."""
    if not parts:
        return lambda _state, at, following: following(at)
    first, *rest = parts
    if not rest:
        return first
    others = sequence(rest)
    return lambda state, at, following: first(state, at, lambda then: others(state, then, following))


def choice(parts: Sequence[Part]) -> Part:
    """The first of them with which the whole matches."""

    def run(state: State, at: int, following: Next) -> int | None:
        for part in parts:
            end = part(state, at, following)
            if end is not None:
                return end
        return None

    return run


def group(number: int, part: Part) -> Part:
    """A group that a replacement or a later part may refer to."""

    def run(state: State, at: int, following: Next) -> int | None:
        def close(end: int) -> int | None:
            before = state.groups.get(number)
            state.groups[number] = (at, end)
            found = following(end)
            if found is None:
                if before is None:
                    del state.groups[number]
                else:
                    state.groups[number] = before
            return found

        return part(state, at, close)

    return run


def reference(number: int) -> Part:
    """The same text that a group matched; nothing when it matched none."""

    def run(state: State, at: int, following: Next) -> int | None:
        spend()
        start, end = state.groups.get(number, (0, 0))
        return following(at + end - start) if state.text.startswith(state.text[start:end], at) else None

    return run


def repeat_one(characters: Characters, least: int, most: int | None, *, greedy: bool) -> Part:
    """A character of a set, several times: a loop, so that a long text is not a deep recursion."""

    def run(state: State, at: int, following: Next) -> int | None:
        limit = len(state.text) if most is None else min(len(state.text), at + most)
        end = at
        while end < limit and (greedy or end < at + least) and characters(state.text[end]):
            spend()
            end += 1
        while greedy and end >= at + least:
            found = following(end)
            if found is not None:
                return found
            spend()
            end -= 1
        while not greedy and end >= at + least:
            found = following(end)
            if found is not None or end >= limit or not characters(state.text[end]):
                return found
            spend()
            end += 1
        return None

    return run


def repeat(part: Part, least: int, most: int | None, *, greedy: bool) -> Part:
    """A part several times. A turn that matches nothing is the last one."""

    def turn(state: State, at: int, following: Next, count: int) -> int | None:
        spend()

        def onward(end: int) -> int | None:
            return None if end == at and count >= least else turn(state, end, following, count + 1)

        may_go_on = most is None or count < most
        if count < least:
            return part(state, at, onward)
        if not greedy:
            found = following(at)
            return part(state, at, onward) if found is None and may_go_on else found
        found = part(state, at, onward) if may_go_on else None
        return following(at) if found is None else found

    return lambda state, at, following: turn(state, at, following, 0)
