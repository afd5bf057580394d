"""Which machines a connector may call: none inside the house, unless the company says so."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from keguan.runtime.notifications.channel_kinds import NotSent


def checked(host: str, port: int) -> str:
    """An address of the host that may be called.

    Raises ``NotSent`` for a host that is not among those named (``permitted``), for one without an address and for one
    with an address inside the house (private, loopback, link-local and the like), which ``KEGUAN_PRIVATE_RECEIVERS``
    allows.
    """
    permitted(host)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise NotSent(_("找不到主机 %(host)s，请检查地址。") % {"host": host}, again=True) from None
    addresses = [str(each[4][0]) for each in found]
    if not settings.PRIVATE_RECEIVERS and not all(ip_address(each).is_global for each in addresses):
        sentence = _("%(host)s 是内网地址，不允许发送。确需发往内网时，请在服务器上设置允许。")
        raise NotSent(sentence % {"host": host}, again=False)
    return addresses[0]


def permitted(host: str) -> None:
    """Raise ``NotSent`` for a host that is not among ``KEGUAN_RECEIVERS``; where none are named, all may be called."""
    if settings.RECEIVERS and host.lower() not in settings.RECEIVERS:
        raise NotSent(_("%(host)s 不在服务器允许发往的主机之列。") % {"host": host}, again=False)


def wrong_address(url: str) -> str:
    """What is wrong with a receiver's address as typed; empty when nothing is."""
    parts = urlsplit(url)
    allowed = {"http", "https"} if settings.PRIVATE_RECEIVERS else {"https"}
    if parts.scheme not in allowed or not parts.hostname:
        return _("请填写以 https:// 开头的完整地址。")
    if parts.username or parts.password:
        return _("地址里不要写用户名和口令。")
    return ""
