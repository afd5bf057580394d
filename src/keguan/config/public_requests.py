"""What somebody unknown may send: small requests only. Forms for customers take no files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.config.language import PUBLIC
from keguan.portal.shell.problems import too_large

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

LARGEST = 64 * 1024
"""Bytes of a request to the customers' pages."""


class SmallPublicRequests:
    """Refuses a larger one (413) before any of it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request, or say that it is too large."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if request.path.startswith(PUBLIC) and not (length.isdecimal() and int(length) <= LARGEST):
            return too_large(request)
        return self.get_response(request)
