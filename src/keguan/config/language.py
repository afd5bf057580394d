"""Which language a page is in: what the person chose, else what this browser chose, else Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

PUBLIC = "/portal/"
"""Where the customers' pages are: who signed in as staff in the same browser is nobody there."""


class ChosenLanguage:
    """Chinese first: unlike Django's own middleware it does not ask the browser's ``Accept-Language``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request in the chosen language."""
        language = chosen(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


def chosen(request: HttpRequest) -> str:
    """``zh-hans`` or ``en`` for this request."""
    person = None if request.path.startswith(PUBLIC) else getattr(request.user, "language", None)
    spoken = person or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return "en" if spoken == "en" else "zh-hans"
