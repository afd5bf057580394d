"""What the API answers when it does not do what was asked: an id for programs, a sentence for people."""

from __future__ import annotations

import logging
import uuid
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from ninja import NinjaAPI

logger = logging.getLogger(__name__)

STATUS = {"not_found": 404, "missing": 404, "conflict": 409, "stale": 409, "duplicate": 409}
"""HTTP status by the last word of a refusal's code; others are 403 for rights and 400 for input."""

FORBIDDEN = {"scope", "forbidden", "not_allowed", "hidden"}


class Problem(Schema):
    """Why something was not done."""

    id: str = Field(description="Stable id of the kind of problem, e.g. `records.duplicate`.")
    message: str = Field(description="A sentence for a person, in the language of Accept-Language.")
    fields: dict[str, str] = Field(default_factory=dict, description="Sentences by field, where fields are at fault.")
    request_id: str = Field(description="To be quoted when asking for help; stands in the server's log.")


PROBLEMS: dict[int, type[Problem]] = dict.fromkeys((400, 401, 403, 404, 409, 422), Problem)
"""The problem answers of every operation, for its documentation."""


def status_of(refusal: Refused) -> int:
    """The HTTP status of a refusal."""
    word = refusal.code.rsplit(".", 1)[-1]
    return 403 if word in FORBIDDEN else STATUS.get(word, 400)


def _problem(request: HttpRequest, api: NinjaAPI, status: int, problem: dict[str, Any]) -> HttpResponse:
    request_id = request.headers.get("X-Request-ID", "")[:64] or uuid.uuid4().hex
    response = api.create_response(request, {"fields": {}, **problem, "request_id": request_id}, status=status)
    response["X-Request-ID"] = request_id
    return response


def install(api: NinjaAPI) -> None:
    """Answer every failure with a ``Problem``."""

    def refused(request: HttpRequest, error: Refused) -> HttpResponse:
        problem = {"id": error.code, "message": str(error.message), "fields": {k: str(v) for k, v in error.fields.items()}}
        return _problem(request, api, status_of(error), problem)

    def unauthenticated(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
        message = _("没有令牌，或者令牌已经失效。请在 Authorization 头里给出 Bearer 令牌。")
        return _problem(request, api, 401, {"id": "api.unauthenticated", "message": message})

    def missing(request: HttpRequest, _error: Http404) -> HttpResponse:
        return _problem(request, api, 404, {"id": "api.not_found", "message": _("没有这一项，或者它不在您的可见范围内。")})

    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        # Pydantic repeats the offending input in its details; only the place and the kind may leave.
        fields = {".".join(str(part) for part in item["loc"]): str(item["type"]) for item in error.errors}
        message = _("请求的格式不对，见 fields 里列出的各项。")
        return _problem(request, api, 422, {"id": "api.invalid", "message": message, "fields": fields})

    def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
        message = _("请求无法读取，请对照接口说明检查。")
        return _problem(request, api, error.status_code, {"id": "api.unreadable", "message": message})

    def unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
        # The exception's text may carry values; the log gets its type and place, the caller the request id.
        response = _problem(request, api, 500, {"id": "api.failed", "message": _("系统出错了，这次请求没有生效。请凭编号联系管理员。")})
        logger.error("api request failed", extra={"request_id": response["X-Request-ID"], "kind": type(error).__name__})
        return response

    api.add_exception_handler(Refused, refused)
    api.add_exception_handler(AuthenticationError, unauthenticated)
    api.add_exception_handler(Http404, missing)
    api.add_exception_handler(ValidationError, invalid)
    api.add_exception_handler(HttpError, http_error)
    api.add_exception_handler(Exception, unexpected)
