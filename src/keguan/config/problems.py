"""Who says what went wrong: the customers' pages on their addresses, the staff's everywhere else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from keguan.config.hosts import on_customers_host
from keguan.config.language import PUBLIC
from keguan.portal.shell import problems as portal
from keguan.runtime.ledger.crowded import RETRY_AFTER, crowded
from keguan.web.shell import problems as web

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: a request that makes no sense."""
    return portal.bad_request(request) if _public(request) else web.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 from the framework."""
    return portal.forbidden(request) if _public(request) else web.forbidden(request, exception)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing lives at this address."""
    return portal.not_found(request) if _public(request) else web.not_found(request, exception)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault; 503 where others were writing for so long that there was no turn."""
    if crowded(sys.exc_info()[1]):
        response = portal.crowded(request) if _public(request) else web.crowded(request)
        response["Retry-After"] = str(RETRY_AFTER)
        return response
    return portal.broken(request) if _public(request) else web.broken(request)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token has gone stale."""
    return portal.stale_form(request) if _public(request) else web.stale_form(request, reason)


def _public(request: HttpRequest) -> bool:
    return request.path.startswith(PUBLIC) or on_customers_host(request)
