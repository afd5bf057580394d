"""One request and its answer, or why there is none: was it certainly not taken, or perhaps?"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from keguan.connectors.http.addresses import checked
from keguan.runtime.notifications.channel_kinds import MaybeSent, NotSent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from ssl import SSLContext

    import httpx

CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 10.0
"""How long a receiver may take to be reached, and to answer."""

LONGEST_ANSWER = 64 * 1024
"""Bytes of an answer that are read."""

_BUSY = {429, 503}
_PERHAPS = {500, 502, 504}


def post(url: str, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
    """POST and return an answer of 2xx. Raises ``NotSent`` and ``MaybeSent``."""
    return _request("POST", url, body, headers)


def post_json(url: str, payload: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """POST a JSON object and return the one that comes back. Raises ``NotSent`` and ``MaybeSent``."""
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    answer = post(url, body, {"Content-Type": "application/json; charset=utf-8", **(headers or {})})
    return read(answer)


def get_json(url: str) -> dict[str, Any]:
    """GET a JSON object: something to ask for, never to send. Raises ``NotSent`` alone."""
    try:
        return read(_request("GET", url, b"", {}))
    except MaybeSent as unknown:
        raise NotSent(unknown.sentence, again=True) from None


def read(answer: httpx.Response) -> dict[str, Any]:
    """The JSON object of an answer. Raises ``MaybeSent`` for anything else: the receiver answered, but what?"""
    try:
        found = json.loads(answer.content[:LONGEST_ANSWER])
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise MaybeSent(_("对方的回答看不懂，可能已经收到。"))
    return found


@cache
def _trusted() -> SSLContext:
    """Whose certificates are believed. Reading them takes longer than sending a message, so it is done once."""
    import httpx

    return httpx.create_ssl_context(trust_env=False)


def _request(method: str, url: str, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
    import httpx

    asked = httpx.URL(url)
    port = asked.port or (443 if asked.scheme == "https" else 80)
    numeric = checked(asked.host, port)  # the checked address is the one called: a name may point elsewhere next time
    host = asked.host if asked.port is None else f"{asked.host}:{asked.port}"
    timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
    try:
        with httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False, verify=_trusted()) as client:
            request = client.build_request(
                method,
                asked.copy_with(host=numeric),
                content=body,
                headers={**headers, "Host": host, "User-Agent": "Keguan"},
                extensions={"sni_hostname": asked.host},
            )
            answer = client.send(request)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
        raise NotSent(_("连不上 %(host)s，请检查网络和地址。") % {"host": asked.host}, again=True) from None
    except httpx.TimeoutException:
        raise MaybeSent(_("%(host)s 没有及时回答，可能已经收到。") % {"host": asked.host}) from None
    except httpx.HTTPError:
        raise MaybeSent(_("与 %(host)s 的连接中断，可能已经收到。") % {"host": asked.host}) from None
    _judge(answer)
    return answer


def _judge(answer: httpx.Response) -> None:
    code = answer.status_code
    if code in _BUSY:
        raise NotSent(_("对方说发得太快或正忙（%(code)s）。") % {"code": code}, again=True, after=_after(answer))
    if code in _PERHAPS:
        raise MaybeSent(_("对方出错（%(code)s），可能已经收到。") % {"code": code})
    if not answer.is_success:
        raise NotSent(_("对方不接受（%(code)s），请检查渠道的设置。") % {"code": code}, again=code >= 500)


def _after(answer: httpx.Response) -> float:
    """Seconds that the receiver asks us to wait, at most a day."""
    asked = answer.headers.get("Retry-After", "")
    return min(float(asked), 86400.0) if asked.isascii() and asked.isdigit() else 0.0
