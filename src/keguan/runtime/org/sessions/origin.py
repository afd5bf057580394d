"""Where a request comes from: the address, and the device in two words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest

_BROWSERS = (
    ("wxwork", "WeCom"),
    ("MicroMessenger", "WeChat"),
    ("DingTalk", "DingTalk"),
    ("Lark", "Feishu"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Origin:
    """An address in its shortest form (empty: unknown) and a device such as ``Chrome · Windows``."""

    address: str = ""
    device: str = ""


NOWHERE = Origin()
"""Where nobody is told from: the command line, tests."""


def origin_of(request: HttpRequest) -> Origin:
    """Where a request comes from. Behind the proxy that ``KEGUAN_HTTPS`` speaks of, its last hop is believed."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.HTTPS:
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).rpartition(",")[2].strip()
    return Origin(_address(address), _device(request.META.get("HTTP_USER_AGENT", "")))


def _address(text: str) -> str:
    try:
        return ip_address(text).compressed
    except ValueError:
        return ""


def _device(header: str) -> str:
    browser = _first(_BROWSERS, header)
    system = _first(_SYSTEMS, header)
    return " · ".join(part for part in (browser, system) if part)


def _first(known: tuple[tuple[str, str], ...], header: str) -> str:
    return next((name for sign, name in known if re.search(rf"\b{re.escape(sign)}", header)), "")
