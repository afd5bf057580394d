"""One look at the calendar per request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.calendars.state import pinned

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase


class OneCalendarPerRequest:
    """Looks up the calendar at most once in a request, and anew in the next: every process notices a change before its
    next request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request by one calendar."""
        with pinned():
            return self.get_response(request)
