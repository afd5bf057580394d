"""What a change announces: plain dataclasses, handed to subscribers inside the same transaction."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

E = TypeVar("E", bound="Event")


class Event:
    """Base of everything announced. Subclasses are frozen dataclasses."""

    __slots__ = ()


_handlers: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(event: type[E], handler: Callable[[E], None]) -> None:
    """Call ``handler`` with every announced event of exactly this class, in the order of subscription.

    Called once, in ``AppConfig.ready``; a second time with the same handler changes nothing. A handler that raises
    undoes the whole action.
    """
    if handler not in _handlers[event]:
        _handlers[event].append(handler)


def announce(event: Event) -> None:
    """Hand the event to its subscribers now."""
    for handler in tuple(_handlers.get(type(event), ())):
        handler(event)


@contextmanager
def listening(event: type[E], handler: Callable[[E], None]) -> Iterator[None]:
    """Subscribe inside a ``with`` block only (tests)."""
    subscribe(event, handler)
    try:
        yield
    finally:
        _handlers[event].remove(handler)
