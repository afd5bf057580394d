"""JSON with Chinese as Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from ninja.renderers import BaseRenderer

if TYPE_CHECKING:
    from django.http import HttpRequest


class JSONRenderer(BaseRenderer):
    """UTF-8 JSON; the stock renderer escapes every Chinese character."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """The bytes of an answer."""
        del request, response_status
        return orjson.dumps(data, default=str)
