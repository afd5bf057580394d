"""Calling out: what was certainly not taken, what perhaps was, and whom we never call."""

from __future__ import annotations

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from keguan.connectors.http.addresses import checked, wrong_address
from keguan.connectors.http.posting import get_json, post, post_json
from keguan.runtime.notifications.channel_kinds import MaybeSent, NotSent
from tests.connectors.stand_in import Receiver

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("answer", "again", "after"),
    [
        ((429, {}, {"Retry-After": "120"}), True, 120.0),
        ((429, {}, {"Retry-After": "tomorrow"}), True, 0.0),
        ((503, {}), True, 0.0),
        ((501, {}), True, 0.0),
        ((404, {}), False, 0.0),
        ((302, {}, {"Location": "http://127.0.0.1/"}), False, 0.0),
    ],
)
def test_it_was_not_taken(receiver: Receiver, answer: Any, again: bool, after: float) -> None:
    """A busy receiver is asked again, a refusal is final, and nobody is followed elsewhere."""
    receiver.answers["/"] = answer
    with pytest.raises(NotSent) as failure:
        post(f"{receiver.url}/", b"{}", {})
    assert (failure.value.again, failure.value.after, len(receiver.requests)) == (again, after, 1)


@pytest.mark.parametrize("answer", [(500, {}), (502, {}), (504, {}), "cut", "slow"])
def test_it_was_perhaps_taken(receiver: Receiver, answer: Any) -> None:
    """A gateway's failure, a connection that breaks and an answer that does not come leave it open."""
    receiver.answers["/"] = answer
    with pytest.raises(MaybeSent):
        post(f"{receiver.url}/", b"{}", {})


def test_nobody_there_is_not_sent(receiver: Receiver) -> None:
    """Where nobody listens, nothing was taken."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NotSent) as failure:
        post(f"http://127.0.0.1:{port}/", b"{}", {})
    assert failure.value.again is True


def test_an_answer_that_is_no_json(receiver: Receiver) -> None:
    """A page instead of an answer leaves a message open, and a mere question unanswered."""
    receiver.answers["/"] = (200, b"<html>")
    with pytest.raises(MaybeSent):
        post_json(f"{receiver.url}/", {})
    with pytest.raises(NotSent):
        get_json(f"{receiver.url}/")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "10.1.2.3", "192.168.0.9", "169.254.169.254", "::1", "fd00::1"]
)
def test_machines_inside_the_house_are_not_called(host: str, settings: Any) -> None:
    """Neither loopback nor private nor link-local addresses, unless the company allows it."""
    settings.PRIVATE_RECEIVERS = False
    with pytest.raises(NotSent) as failure:
        checked(host, 443)
    assert failure.value.again is False
    settings.PRIVATE_RECEIVERS = True
    assert checked(host, 443)


def test_one_private_address_of_many_is_enough(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that also points into the house is not called."""
    settings.PRIVATE_RECEIVERS = False
    found = [(socket.AF_INET, 1, 6, "", (each, 443)) for each in ("1.1.1.1", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found)
    with pytest.raises(NotSent):
        checked("example.com", 443)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found[:1])
    assert checked("example.com", 443) == "1.1.1.1"


def test_the_name_is_looked_up_once(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """The call goes to the checked address under the host's own name, so a name cannot point elsewhere in between."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def looked_up(host: str, *args: Any, **more: Any) -> Any:
        asked.append(host)
        return real("127.0.0.1", *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    port = receiver.url.rpartition(":")[2]
    post(f"http://notices.example.com:{port}/", b"{}", {})
    assert receiver.requests[0].headers["host"] == f"notices.example.com:{port}"
    assert [each for each in asked if not each.startswith("127.")] == ["notices.example.com"]


def test_addresses_as_typed(settings: Any) -> None:
    """Only HTTPS, without credentials in it."""
    settings.PRIVATE_RECEIVERS = False
    assert wrong_address("https://example.com/hook") == ""
    for typed in ("http://example.com/", "ftp://example.com", "example.com", "https://", "https://a:b@example.com/"):
        assert wrong_address(typed)


def test_only_the_hosts_that_are_named_are_called(receiver: Receiver, settings: Any) -> None:
    """Where receivers are named, no other is called, and nothing arrives there; without names any may be."""
    settings.RECEIVERS = frozenset({"hooks.example.com"})
    with pytest.raises(NotSent) as failure:
        post(f"{receiver.url}/", b"{}", {})
    assert (failure.value.again, receiver.requests) == (False, [])
    settings.RECEIVERS = frozenset({"127.0.0.1"})
    post(f"{receiver.url}/", b"{}", {})
    assert len(receiver.requests) == 1


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(settings: Any, tmp_path: Path) -> None:
    """A machine that shows a certificate of its own making gets nothing, whatever name stands in it."""
    settings.PRIVATE_RECEIVERS = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_own_certificate(tmp_path))
    taken: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            line, _address = door.accept()
            try:
                with context.wrap_socket(line, server_side=True) as safe:
                    taken.append(safe.recv(65_536))
            except OSError:
                line.close()

        serving = threading.Thread(target=serve, daemon=True)
        serving.start()
        with pytest.raises(NotSent):
            post(f"https://localhost:{door.getsockname()[1]}/", b'{"secret": 1}', {})
        serving.join(timeout=10)
    assert b"".join(taken) == b""


def _own_certificate(folder: Path) -> Path:
    """A key and a certificate for localhost that it has signed itself, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begun = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begun - timedelta(days=1))
        .not_valid_after(begun + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    written = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file = folder / "own.pem"
    file.write_bytes(written + made.public_bytes(serialization.Encoding.PEM))
    return file
