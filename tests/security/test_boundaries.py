"""Where one HTTP message ends and the next begins, asked of the server that we ship, over bare sockets."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Home

UP_WITHIN = 90.0
HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n"
"""A second request, hidden in the body of a first: whoever reads it as one lets it pass by the proxy's rules."""


@pytest.fixture(scope="module")
def server(_migrated_home: Home) -> Iterator[int]:
    """The port of the web server, started as ``keguan run`` starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    quiet = ["--workers", "1", "--blocking-threads", "2", "--log-level", "warning", "keguan.config.wsgi:application"]
    environment = _migrated_home.environment | {"PATH": os.environ["PATH"]}
    running = subprocess.Popen([*command, *quiet], env=environment, cwd=REPOSITORY, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + UP_WITHIN
        while b"200 OK" not in _answers(port, b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"):
            assert time.monotonic() < until, "the server did not come up"
            time.sleep(0.2)
        yield port
    finally:
        running.terminate()
        running.wait(timeout=30)


def _answers(port: int, sent: bytes) -> bytes:
    """Everything that comes back within a moment of silence; nothing when nobody listens."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            line.sendall(sent)
            line.settimeout(1.5)
            found = b""
            while True:
                try:
                    piece = line.recv(65_536)
                except TimeoutError:
                    return found
                if not piece:
                    return found
                found += piece
    except OSError:
        return b""


def answers(port: int, sent: bytes) -> list[int]:
    """The statuses that come back, one for each request that was seen."""
    return [int(each) for each in re.findall(rb"HTTP/1\.1 (\d{3}) ", _answers(port, sent))]


def _posted(headers: bytes, body: bytes) -> bytes:
    return b"POST /health/live HTTP/1.1\r\nHost: localhost\r\n" + headers + b"\r\n" + body


@pytest.mark.parametrize(
    "sent",
    [
        _posted(b"Content-Length: 4\r\nContent-Length: 60\r\n", b"abcd" + HIDDEN),
        _posted(b"Content-Length: 4, 60\r\n", b"abcd" + HIDDEN),
        _posted(b"Content-Length: +4\r\n", b"abcd" + HIDDEN),
        _posted(b"Content-Length: 0x4\r\n", b"abcd" + HIDDEN),
        _posted(b"Content-Length: -1\r\n", HIDDEN),
        _posted(b"Content-Length : 4\r\n", b"abcd" + HIDDEN),
        _posted(b"Transfer-Encoding: chunked, identity\r\n", b"0\r\n\r\n" + HIDDEN),
        _posted(b"Transfer-Encoding: xchunked\r\n", b"0\r\n\r\n" + HIDDEN),
        _posted(b"Transfer-Encoding: chunked\r\n", b"4 \x01\r\nabcd\r\nzz\r\n\r\n" + HIDDEN),
        _posted(b"X-One: a\r\n X-Folded: b\r\nContent-Length: zero\r\n", HIDDEN),
        b"GET /health/live HTTP/1.1\r\nHost: localhost\r\nX\0: a\r\n\r\n" + HIDDEN,
    ],
    ids=[
        "two lengths", "a list of lengths", "a plus", "hexadecimal", "negative", "a blank before the colon",
        "chunked is not last", "unknown coding", "a chunk that is none", "a folded line", "NUL in a name",
    ],
)  # fmt: skip
def test_an_unclear_end_is_refused(server: int, sent: bytes) -> None:
    """What two readers could cut in two ways is no good request (403 and 405 come before its body is looked at), and
    the line is closed: what hides behind it is never answered.
    """
    found = answers(server, sent)
    assert len(found) <= 1
    assert set(found) <= {400, 403, 405, 501}


def test_length_and_chunks_together_hide_nothing(server: int) -> None:
    """With both, the chunks count (RFC 9112, 6.3) or it is refused; in neither case does the length end the message
    early, and the line is not used again.
    """
    both = b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"
    found = answers(server, _posted(both, b"0\r\n\r\n" + HIDDEN))
    assert len(found) <= 1
    assert set(found) <= {400, 403, 405}


def test_two_requests_that_are_clear_get_two_answers(server: int) -> None:
    """One after the other on one line, each with its own end, in order."""
    clear = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
    last = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert answers(server, clear + last) == [200, 200]


def test_a_body_is_never_read_as_a_request(server: int) -> None:
    """A request that stands in a body of the length that was said stays a body: one answer."""
    sent = _posted(b"Content-Length: %d\r\nConnection: close\r\n" % len(HIDDEN), HIDDEN)
    assert len(answers(server, sent)) == 1
