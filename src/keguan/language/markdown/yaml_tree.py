"""YAML with spans: every value stays the text the author wrote (``5000万``, ``2026-03-02``, ``是``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml
from yaml.composer import Composer
from yaml.resolver import Resolver

from keguan.language.markdown.document import Written
from keguan.language.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Mapping:
    """Pairs in the order written."""

    pairs: tuple[tuple[Written, Tree], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Tree, ...]
    span: Span


Tree = Written | Mapping | Items


class YamlError(Exception):
    """The text is not YAML; ``line`` is where it was noticed."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def read_yaml(file: str, lines: Sequence[str], first: int) -> Tree | None:
    """The tree of these lines (``first`` is the number of the first one); None when they are empty.

    Raises ``YamlError``.
    """
    text = "\n".join(lines)
    try:
        root = _Tree(_limited(text, first)).get_single_node()
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        raise YamlError(first + (min(mark.line, len(lines) - 1) if mark else 0)) from problem
    return None if root is None else _tree(file, first, root)


class _Tree(Composer, Resolver):
    """Nodes from events that have been read already: reading them is what takes the time."""

    def __init__(self, events: Sequence[yaml.Event]) -> None:
        Composer.__init__(self)
        Resolver.__init__(self)
        self._events, self._next = events, 0

    def check_event(self, *choices: type[yaml.Event]) -> bool:
        """Whether there is another event, of one of these kinds."""
        return self._next < len(self._events) and (not choices or isinstance(self._events[self._next], choices))

    def peek_event(self) -> yaml.Event:
        """The next event, which stays the next."""
        return self._events[self._next]

    def get_event(self) -> yaml.Event:
        """The next event."""
        self._next += 1
        return self._events[self._next - 1]


def _limited(text: str, first: int) -> list[yaml.Event]:
    """The events of a text. Refuses what is nested too deep (reading it takes the square of its depth) and references:
    eight lines of them can stand for millions of values.
    """
    depth, events = 0, []
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST or isinstance(event, yaml.AliasEvent):
            raise YamlError(first + (event.start_mark.line if event.start_mark else 0))
        events.append(event)
    return events


def _tree(file: str, first: int, node: yaml.Node) -> Tree:
    span = _span(file, first, node)
    if isinstance(node, yaml.MappingNode):
        pairs = []
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise YamlError(first + key.start_mark.line)
            pairs.append((Written(str(key.value), _span(file, first, key)), _tree(file, first, value)))
        return Mapping(tuple(pairs), span)
    if isinstance(node, yaml.SequenceNode):
        return Items(tuple(_tree(file, first, item) for item in node.value), span)
    return Written(str(node.value), span)


def _span(file: str, first: int, node: yaml.Node) -> Span:
    start, end = node.start_mark, node.end_mark
    if (end.line, end.column) <= (start.line, start.column):
        return Span(file, first + start.line, start.column + 1, first + start.line, start.column + 2)
    return Span(file, first + start.line, start.column + 1, first + end.line, end.column + 1)
