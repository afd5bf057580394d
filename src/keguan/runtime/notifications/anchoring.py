"""Anchors of the ledger by e-mail, through the channel that the administrator set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.access.crypto import Unsealable
from keguan.runtime.ledger.anchors import NotAnchored, register
from keguan.runtime.notifications.channel_kinds import MaybeSent, Message, NotSent, channel_kind
from keguan.runtime.notifications.models import Channel
from keguan.runtime.notifications.sealing import secrets_of

if TYPE_CHECKING:
    from keguan.runtime.ledger.receipts import Receipt

_EMAIL = "email"


def to_mailbox(target: str, receipt: Receipt) -> None:
    """Send the receipt to the address. Raises ``NotAnchored``; perhaps sent counts as sent, the next says more."""
    kind = channel_kind(_EMAIL)
    channel = Channel.objects.filter(kind=_EMAIL, enabled=True).order_by("id").first()
    if kind is None or channel is None:
        raise NotAnchored(_("没有启用的电子邮件渠道，请在“通知渠道”里设置。"))
    message = Message(
        key=f"keguan-anchor-{receipt.block}-{receipt.seal[:16]}",
        to=target.removeprefix("mailto:"),
        name="",
        title=_("账本锚点：第 %(block)s 块") % {"block": receipt.block},
        sentences=(_("请保存这封邮件。下面一行是账本当时的状态和签名，以后可以用它证明账本没有被改动。"), receipt.text),
        link="",
        whole=True,
    )
    try:
        kind.send({**channel.settings, **secrets_of(channel.pk, channel.secrets)}, message)
    except NotSent as failure:
        raise NotAnchored(failure.sentence) from None
    except Unsealable:
        raise NotAnchored(_("电子邮件渠道的口令打不开，请重新填写。")) from None
    except MaybeSent:
        return


def register_mailbox() -> None:
    """Make ``mailto:`` a kind of anchor target. Called in ``AppConfig.ready``."""
    register("mailto", to_mailbox)
