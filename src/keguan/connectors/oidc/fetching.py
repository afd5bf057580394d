"""Asking the provider: the administrator names it, so it may stand in the house; no redirect leads anywhere else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings

from keguan.runtime.org.federation.doors import Unreachable

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS = 5.0
LARGEST = 256 * 1024
"""Bytes of an answer that are read."""

_HERE = {"localhost", "127.0.0.1", "::1"}


def get(url: str) -> dict[str, Any]:
    """The JSON object at an address. Raises ``Unreachable``."""
    return _asked("GET", url, None, None)


def post(url: str, form: Mapping[str, str], client: tuple[str, str] | None) -> dict[str, Any]:
    """The JSON object that answers a form, sent as ``client`` (name and secret). Raises ``Unreachable``."""
    return _asked("POST", url, form, client)


def trusted(url: str) -> str:
    """The address, when it is one that may be called. Raises ``Unreachable`` for anything but HTTPS to a host; plain
    HTTP only on this very machine, or where ``KEGUAN_PRIVATE_RECEIVERS`` says so.
    """
    parts = urlsplit(url)
    plain = parts.scheme == "http" and (parts.hostname in _HERE or settings.PRIVATE_RECEIVERS)
    if not parts.hostname or not (parts.scheme == "https" or plain):
        raise Unreachable("address")
    return url


def _asked(method: str, url: str, form: Mapping[str, str] | None, client: tuple[str, str] | None) -> dict[str, Any]:
    import httpx

    try:
        with (
            httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False) as browser,
            browser.stream(
                method, trusted(url), data=form, auth=client, headers={"Accept": "application/json"}
            ) as answer,
        ):
            body = _body(answer)
            status = answer.status_code
        found = json.loads(body)
    except (httpx.HTTPError, ValueError) as error:
        raise Unreachable(type(error).__name__) from None
    if status != httpx.codes.OK or not isinstance(found, dict):
        raise Unreachable(f"status {status}")
    return found


def _body(answer: Any) -> bytes:
    read = b""
    for piece in answer.iter_bytes():
        read += piece
        if len(read) > LARGEST:
            raise Unreachable("too long")
    return read
