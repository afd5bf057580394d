"""Outside systems on this machine: an HTTP server and an SMTP server that remember and answer as they are told."""

from __future__ import annotations

import json
import socket
import socketserver
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Request:
    """What came in."""

    method: str
    path: str
    query: dict[str, str]
    raw_query: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """Its body as JSON."""
        return json.loads(self.body)


@dataclass
class Receiver:
    """An HTTP server. ``answers`` by path: (status, body, headers), "slow" to answer too late, "cut" to hang up.

    ``pause`` is the seconds that every answer takes.
    """

    requests: list[Request] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)
    url: str = ""
    pause: float = 0.0

    def start(self) -> ThreadingHTTPServer:
        """Serve until ``shutdown``."""
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.take("GET")

            def do_POST(self) -> None:
                self.take("POST")

            def take(self, method: str) -> None:
                parts = urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.requests.append(Request(method, parts.path, query, parts.query, headers, body))
                threading.Event().wait(receiver.pause)
                answer = receiver.answers.get(parts.path, (200, {}))
                if isinstance(answer, list):
                    answer = answer.pop(0)
                if answer == "cut":
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                if answer == "slow":
                    threading.Event().wait(1.0)
                    answer = (200, {})
                status, content, *more = answer
                raw = content if isinstance(content, bytes) else json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(raw)))
                for name, value in (more[0] if more else {}).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its base names it so
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        self.url = f"http://127.0.0.1:{server.server_address[1]}"
        return server


@dataclass
class MailServer:
    """An SMTP server. ``answers`` by verb: the line to answer with, or "cut" to hang up."""

    mails: list[tuple[str, str, bytes]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    port: int = 0

    def start(self) -> socketserver.ThreadingTCPServer:
        """Serve until ``shutdown``."""
        post = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.say("220 stand-in")
                sender = recipient = ""
                while line := self.rfile.readline().decode().strip():
                    verb = line.partition(" ")[0].upper()
                    sender = line[10:] if verb == "MAIL" else sender
                    recipient = line[8:] if verb == "RCPT" else recipient
                    if verb == "DATA":
                        self.say(post.answers.get("DATA", "354 go on"))
                        if "DATA" in post.answers:
                            continue
                        post.mails.append((sender, recipient, self.text()))
                        verb = "END"
                    if post.answers.get(verb) == "cut":
                        return
                    self.say(post.answers.get(verb, "221 bye" if verb == "QUIT" else "250 fine"))
                    if verb == "QUIT":
                        return

            def text(self) -> bytes:
                lines = []
                while (line := self.rfile.readline()) not in {b".\r\n", b""}:
                    lines.append(line)
                return b"".join(lines)

            def say(self, line: str) -> None:
                self.wfile.write(f"{line}\r\n".encode())

        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        self.port = server.server_address[1]
        return server
