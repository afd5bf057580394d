"""The picture in the browser's tab, for pages that name none (downloads, the interface's own errors)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponsePermanentRedirect
from django.templatetags.static import static

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def icon(_request: HttpRequest) -> HttpResponse:
    """``/favicon.ico``, which browsers ask for by themselves: our drawing."""
    return HttpResponsePermanentRedirect(static("keguan/icon.svg"))
