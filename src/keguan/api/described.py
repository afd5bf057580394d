"""Who may read what the API says of itself: on a real system only people who are signed in."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


def described(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap the pages that describe the API (``KEGUAN_API_DOCS``)."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.API_DOCS and not request.user.is_authenticated:
            raise Http404
        return view(request, *args, **kwargs)

    return answer
