"""E-mail: what arrives, and what a server's no means."""

from __future__ import annotations

import socket
from email import message_from_bytes
from email.header import decode_header, make_header

import pytest

from keguan.connectors.email.smtp import Email
from keguan.runtime.notifications.channel_kinds import MaybeSent, Message, NotSent
from tests.connectors.stand_in import MailServer


def settings(server: MailServer) -> dict[str, str]:
    """The settings of this server."""
    return {
        "host": "127.0.0.1",
        "port": str(server.port),
        "safety": "none",
        "sender": "客管 <notice@example.com>",
    }


@pytest.fixture
def letter(message: Message) -> Message:
    """The message, to an address."""
    from dataclasses import replace

    return replace(message, to="lin@example.com")


def test_a_mail_arrives(mail_server: MailServer, letter: Message) -> None:
    """Chinese subject and text, the key in the Message-ID, and a word to machines that they need not answer."""
    assert Email().send(settings(mail_server), letter) == "<n17-c3@example.com>"
    ((sender, recipient, text),) = mail_server.mails
    mail = message_from_bytes(text)
    assert ("notice@example.com" in sender, recipient) == (True, "<lin@example.com>")
    assert str(make_header(decode_header(mail["Subject"]))) == letter.title
    payload = mail.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert payload.decode().strip().replace("\r\n", "\n") == letter.text
    assert (mail["Message-ID"], mail["Auto-Submitted"]) == ("<n17-c3@example.com>", "auto-generated")


@pytest.mark.parametrize(
    ("verb", "line", "again"),
    [
        ("RCPT", "550 no such user", False),
        ("RCPT", "452 too many recipients", True),
        ("MAIL", "550 not you", False),
        ("DATA", "451 try later", True),
        ("END", "554 spam", False),
    ],
)
def test_a_server_says_no(mail_server: MailServer, letter: Message, verb: str, line: str, again: bool) -> None:
    """4xx is for now, 5xx for good; its words, which may name the address, are not repeated."""
    mail_server.answers[verb] = line
    with pytest.raises(NotSent) as failure:
        Email().send(settings(mail_server), letter)
    assert (failure.value.again, line[4:] in failure.value.sentence) == (again, False)


def test_a_server_that_hangs_up(mail_server: MailServer, letter: Message) -> None:
    """After the text it may have taken it."""
    mail_server.answers["END"] = "cut"
    with pytest.raises(MaybeSent):
        Email().send(settings(mail_server), letter)


def test_a_server_that_is_not_there(mail_server: MailServer, letter: Message) -> None:
    """Nothing was sent."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NotSent) as failure:
        Email().send({**settings(mail_server), "port": str(port)}, letter)
    assert failure.value.again is True


def test_a_server_without_tls_is_not_trusted_with_it(mail_server: MailServer, letter: Message) -> None:
    """Where TLS is asked for and not offered, nothing is sent in clear."""
    with pytest.raises(NotSent):
        Email().send({**settings(mail_server), "safety": "tls"}, letter)
    assert mail_server.mails == []


def test_what_is_wrong_with_it() -> None:
    """An unknown protection, a port that is none and a sender without an address are said."""
    wrong = {"host": "h", "safety": "maybe", "port": "x", "sender": "客管"}
    assert set(Email().wrong(wrong)) == {"safety", "port", "sender"}
    assert Email().wrong({"host": "h", "safety": "tls", "port": "", "sender": "a@b"}) == {}


def test_a_server_that_is_not_named_is_not_called(
    mail_server: MailServer, letter: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where receivers are named, a mail server that is not among them gets nothing."""
    from django.conf import settings as configured

    monkeypatch.setattr(configured, "RECEIVERS", frozenset({"smtp.example.com"}), raising=False)
    with pytest.raises(NotSent) as failure:
        Email().send(settings(mail_server), letter)
    assert (failure.value.again, mail_server.mails) == (False, [])


def test_a_line_break_makes_no_header(mail_server: MailServer, letter: Message) -> None:
    """A sender with a line break is refused as a setting; one in a title adds neither a header nor a receiver."""
    from dataclasses import replace

    injected = "通知\r\nBcc: eve@example.com"
    assert set(Email().wrong({**settings(mail_server), "sender": f"a@b.c\nBcc: {injected}"})) == {"sender"}
    Email().send(settings(mail_server), replace(letter, title=injected))
    ((_sender, recipient, text),) = mail_server.mails
    assert recipient == "<lin@example.com>"
    mail = message_from_bytes(text)
    assert mail["Bcc"] is None
    assert str(make_header(decode_header(mail["Subject"]))) == "通知 Bcc: eve@example.com"
