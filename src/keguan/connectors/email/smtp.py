"""E-mail over SMTP (RFC 5321), through Django's mail.

``Message-ID`` follows from our key, so that two of one message can be told apart from two messages; mail servers are
not bound to drop the second, so it is never sent again on a guess. ``Auto-Submitted`` (RFC 3834) keeps machines from
answering.
"""

from __future__ import annotations

import smtplib
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from keguan.connectors.http.addresses import permitted
from keguan.runtime.notifications.channel_kinds import ChannelKind, MaybeSent, Message, NotSent, Setting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.core.mail.backends.smtp import EmailBackend

SECONDS = 15
SAFETY = {"tls": "587", "ssl": "465", "none": "25"}
"""How the connection is protected, with the usual port."""

_PERMANENT = 500


class Email(ChannelKind):
    """A plain e-mail."""

    code = "email"
    label = _("电子邮件")
    note = _("发到本人的电子邮箱。")
    settings = (
        Setting("host", _("邮件服务器"), "smtp.example.com"),
        Setting("safety", _("连接方式"), _("tls、ssl 或 none；none 不加密，只用于内网"), default="tls"),
        Setting("port", _("端口"), _("空着用常见的：tls 587，ssl 465，none 25"), required=False),
        Setting("user", _("用户名"), required=False),
        Setting("password", _("口令或授权码"), secret=True, required=False),
        Setting("sender", _("发件人"), "客管 <notice@example.com>"),
    )
    address = "email"
    by_default = True

    def wrong(self, settings: Mapping[str, str]) -> dict[str, str]:
        """A protection that there is not, a port that is none, a sender without an address."""
        found = {}
        if settings["safety"] not in SAFETY:
            found["safety"] = gettext("连接方式请填 tls、ssl 或 none。")
        if settings.get("port") and not settings["port"].isdecimal():
            found["port"] = gettext("端口是一个整数。")
        if "@" not in settings["sender"] or "\n" in settings["sender"]:
            found["sender"] = gettext("发件人要有邮箱地址。")
        return found

    def send(self, settings: Mapping[str, str], message: Message) -> str:
        """Send it; the number is our ``Message-ID``. Raises ``NotSent`` and ``MaybeSent``."""
        from django.core.mail import EmailMessage

        permitted(settings["host"])
        backend = _backend(settings)
        try:
            backend.open()
        except smtplib.SMTPAuthenticationError:
            raise NotSent(gettext("邮件服务器不认用户名或口令。"), again=False) from None
        except (OSError, smtplib.SMTPException):
            raise NotSent(gettext("连不上邮件服务器，请检查地址、端口和连接方式。"), again=True) from None
        domain = settings["sender"].rpartition("@")[2].strip("> ")
        number = f"<{message.key}@{domain}>"
        mail = EmailMessage(
            subject=" ".join(message.title.split()),  # a line break would be another header
            body=message.text,
            from_email=settings["sender"],
            to=[message.to],
            connection=backend,
            headers={"Message-ID": number, "Auto-Submitted": "auto-generated"},
        )
        try:
            mail.send()
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as refusal:
            raise _refused(refusal) from None
        except (OSError, smtplib.SMTPException):
            raise MaybeSent(gettext("与邮件服务器的连接中断，可能已经发出。")) from None
        finally:
            _quit(backend)
        return number


def _backend(settings: Mapping[str, str]) -> EmailBackend:
    from django.core.mail.backends.smtp import EmailBackend

    port = int(settings.get("port") or SAFETY[settings["safety"]])
    return EmailBackend(
        host=settings["host"],
        port=port,
        username=settings.get("user") or "",
        password=settings.get("password") or "",
        use_tls=settings["safety"] == "tls",
        use_ssl=settings["safety"] == "ssl",
        timeout=SECONDS,
        fail_silently=False,
    )


def _refused(refusal: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException) -> NotSent:
    """The server's code alone: its words may name the address."""
    if isinstance(refusal, smtplib.SMTPRecipientsRefused):
        code = next(iter(refusal.recipients.values()))[0]
    else:
        code = refusal.smtp_code
    return NotSent(gettext("邮件服务器不接受（%(code)s）。") % {"code": code}, again=code < _PERMANENT)


def _quit(backend: EmailBackend) -> None:
    """Say goodbye; whether the server hears it does not matter any more."""
    try:
        backend.close()
    except (OSError, smtplib.SMTPException):
        backend.connection = None
