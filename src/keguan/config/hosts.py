"""The customers' pages on a host name of their own, so that a browser keeps the two apart.

``settings.PORTAL_HOSTS`` are the customers' names. Where there are some, the staff's pages, the API and the machines'
addresses are not on them, and the customers' pages are on no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponseRedirect

from keguan.config.language import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase


def on_customers_host(request: HttpRequest) -> bool:
    """Whether the request came to one of the customers' host names."""
    host: str = request.META.get("HTTP_HOST") or request.META.get("SERVER_NAME", "")  # checked before, or refused
    return urlsplit(f"//{host}").hostname in settings.PORTAL_HOSTS if settings.PORTAL_HOSTS else False


class HostsApart:
    """Answers 404 for what does not live on this host; the customers' host leads to the customers' first page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer what belongs here. Static files are answered further out."""
        if settings.PORTAL_HOSTS:
            here = on_customers_host(request)
            if here and request.path == "/":
                return HttpResponseRedirect(PUBLIC)
            if here != request.path.startswith(PUBLIC):
                raise Http404
        return self.get_response(request)
