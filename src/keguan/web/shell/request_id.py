"""A number for every request, in the response, on error pages and in the log, so that one finds the other."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

HEADER = "X-Request-ID"
_GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestId:
    """Numbers requests; a proxy's own number is kept when it is one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request under its number."""
        given = request.headers.get(HEADER, "")
        request.request_id = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex[:12]  # type: ignore[attr-defined]  # ours
        response = self.get_response(request)
        response.headers.setdefault(HEADER, request.request_id)  # type: ignore[attr-defined]  # set above
        return response
