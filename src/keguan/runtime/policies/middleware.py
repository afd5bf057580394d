"""One look at the policy in force per request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.policies.in_force import pinned

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase


class OnePolicyPerRequest:
    """Looks up the policy in force at most once in a request, and anew in the next: every process notices a publication
    before its next request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request under one policy."""
        with pinned():
            return self.get_response(request)
