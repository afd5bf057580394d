"""What has to be done before anything else: choosing another password, taking up a second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from keguan.runtime.org.sessions.owing import owed as owed_by

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

_OPEN = ("/sign-out", "/sign-in", "/language", "/static/", "/health/", "/portal/", "/api/", "/favicon.ico")
"""Where this does not hold: the way out, and what no session is asked for."""

_PAGES: dict[str, tuple[str, ...]] = {
    "password": ("/account/password",),
    "factor": ("/account/", "/account/again", "/account/codes/", "/account/passkeys/", "/account/recovery"),
}
"""The pages where what is owed is done. Those ending in a slash stand for all below them, but for ``/account/``."""


class FirstThingsFirst:
    """Leads whoever owes something to the page where it is done; every other staff page stays shut."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Stop before the view where something is owed."""
        if request.path.startswith(_OPEN):
            return None
        owed = owed_by(request)
        if owed is None or _is_one_of(request.path, _PAGES[owed]):
            return None
        page = reverse("account:password" if owed == "password" else "account:security")
        if "HX-Request" in request.headers:
            return HttpResponse(status=204, headers={"HX-Redirect": page})
        return HttpResponseRedirect(page)


def _is_one_of(path: str, pages: tuple[str, ...]) -> bool:
    return path in pages or any(page != "/account/" and page.endswith("/") and path.startswith(page) for page in pages)
