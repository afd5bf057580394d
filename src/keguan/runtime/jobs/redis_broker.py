"""Redis as the broker: django-q2's own, made patient. What it carries only wakes workers, so losing it loses nothing.

A list per cluster holds the messages; Redis needs no persistence. While it does not answer, workers wait for it instead
of dying, and whoever enqueues is told at once.
"""

from __future__ import annotations

import hashlib
import logging
from time import sleep
from typing import TYPE_CHECKING, Any

import redis
from django.conf import settings
from django_q.brokers.redis_broker import Redis

if TYPE_CHECKING:
    from redis import Redis as Connection

_log = logging.getLogger(__name__)

CONNECT_SECONDS, ANSWER_SECONDS = 1.0, 5.0
"""How long Redis may take to be reached and to answer; a worker asks it to hold an answer back for one second."""

PAUSE = 1.0
"""Seconds after which a worker asks again whether Redis is back."""


class RedisBroker(Redis):  # type: ignore[misc]  # django-q2 has no types
    """The queue of one installation in Redis: two that share a server never take each other's messages."""

    def __init__(self, list_key: str | None = None) -> None:
        super().__init__(list_key)
        whose = hashlib.sha256(settings.SECRET_KEY.encode()).hexdigest()[:12]
        self.list_key = f"keguan:{whose}:{list_key or 'jobs'}"

    @staticmethod
    def get_connection(list_key: str | None = None) -> Connection:  # noqa: ARG004 - its base has it
        """A connection that fails quickly."""
        return redis.from_url(settings.BROKER, socket_connect_timeout=CONNECT_SECONDS, socket_timeout=ANSWER_SECONDS)

    def dequeue(self) -> list[tuple[None, bytes]] | None:
        """The next message, None after a second without one, or a pause when Redis does not answer."""
        try:
            found: list[tuple[None, bytes]] | None = super().dequeue()
        except redis.RedisError:
            _log.warning("the broker does not answer; asked again in a moment")
            sleep(PAUSE)
            return None
        return found

    def ping(self) -> bool:
        """Always well: a worker that starts before Redis does waits for it."""
        return True

    def set_stat(self, key: str, value: Any, timeout: int) -> None:
        """Note how the cluster is. Nobody needs it badly enough to fail for it."""
        try:
            super().set_stat(key, value, timeout)
        except redis.RedisError:
            return
