"""Where a request comes from, for the limits."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest

NETWORK = 64
"""Bits of an IPv6 address that name a customer's connection; the rest is theirs to choose."""


def address(request: HttpRequest) -> str:
    """The address that asked. Behind our proxy (``KEGUAN_HTTPS``) the last that it wrote down (``X-Forwarded-For``):
    what stands before that was written by whoever asked. Empty for none.
    """
    told = request.META.get("REMOTE_ADDR", "")
    if settings.HTTPS:
        told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or told
    try:
        found = ip_address(told)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or found
    if isinstance(found, IPv6Address):
        return str(ip_network((found, NETWORK), strict=False))
    return str(found)
