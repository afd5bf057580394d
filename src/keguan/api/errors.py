"""What the API answers when it does not do what was asked: an id for programs, a sentence for people."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from keguan.runtime.access.denied import note_denied
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.ledger.crowded import RETRY_AFTER, crowded
from keguan.runtime.records import queries as records

if TYPE_CHECKING:
    from ninja import NinjaAPI

    from keguan.runtime.access.viewer import Viewer

logger = logging.getLogger(__name__)

STATUS = {
    **dict.fromkeys(("not_found", "missing", "not_aside", "no_staff", "no_proposal", "no_appointment"), 404),
    **dict.fromkeys(("conflict", "stale", "duplicate", "proposal_decided", "appointment_over", "busy"), 409),
}
"""HTTP status by the last word of a refusal's code; others are 403 for rights and 400 for input."""

FORBIDDEN = {"scope", "forbidden", "not_allowed", "not_permitted", "not_writable", "hidden"}


class Problem(Schema):
    """Why something was not done."""

    id: str = Field(description="Stable id of the kind of problem, e.g. `records.duplicate`.")
    message: str = Field(description="A sentence for a person, in the language that the member of staff has chosen.")
    fields: dict[str, str] = Field(default_factory=dict, description="Sentences by field, where fields are at fault.")
    request_id: str = Field(description="To be quoted when asking for help; stands in the server's log.")


PROBLEMS: dict[int, type[Problem]] = dict.fromkeys((400, 401, 403, 404, 409, 422), Problem)
"""The problem answers of every operation, for its documentation."""

OF_RECORD: dict[int, type[Problem]] = {308: Problem, **PROBLEMS}
"""Those of reading something about one record: it may have been merged into another, which ``Location`` names."""


def status_of(refusal: Refused) -> int:
    """The HTTP status of a refusal."""
    word = refusal.code.rsplit(".", 1)[-1]
    return 403 if word in FORBIDDEN else STATUS.get(word, 400)


def _problem(request: HttpRequest, api: NinjaAPI, status: int, problem: dict[str, Any]) -> HttpResponse:
    request_id = str(getattr(request, "request_id", "")) or uuid.uuid4().hex
    response = api.create_response(request, {"fields": {}, **problem, "request_id": request_id}, status=status)
    response["X-Request-ID"] = request_id
    return response


Handler = Callable[[HttpRequest, Any], HttpResponse]


def install(api: NinjaAPI) -> None:
    """Answer every failure with a ``Problem``."""
    handlers: dict[type[Exception], Handler] = {
        Refused: partial(_refused, api),
        AuthenticationError: partial(_unauthenticated, api),
        Http404: partial(_missing, api),
        ValidationError: partial(_invalid, api),
        HttpError: partial(_unreadable, api),
        Exception: partial(_unexpected, api),
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _refused(api: NinjaAPI, request: HttpRequest, error: Refused) -> HttpResponse:
    problem = {"id": error.code, "message": error.message, "fields": error.fields}
    caller = getattr(getattr(request, "auth", None), "viewer", None)
    if caller is not None:
        asked = request.resolver_match.kwargs if request.resolver_match is not None else {}
        moved = _merged(api, request, error, caller, asked)
        if moved is not None:
            return moved
        note_denied(caller, error, asked, f"api {request.method} {request.path}")
    return _problem(request, api, status_of(error), problem)


def require_unmerged(caller: Viewer, record_type: str, record_id: int) -> None:
    """Refuse a record that was merged into another, before a list about it is answered with nothing: the refusal is
    answered with where it is now.
    """
    if records.leads_to(caller, record_type, record_id) is not None:
        raise Refused("records.not_found", _("没有这份档案，或者它不在您的可见范围内。"))


def _merged(
    api: NinjaAPI, request: HttpRequest, error: Refused, caller: Viewer, asked: Mapping[str, Any]
) -> HttpResponse | None:
    """A record that was merged into another: where it is now. Reading is sent on (308); a change is not, since whoever
    asked for it had another record in mind (409, with the same ``Location``).
    """
    if error.code != "records.not_found" or not {"record_type", "record_id"} <= asked.keys():
        return None
    survivor = records.leads_to(caller, str(asked["record_type"]), int(asked["record_id"]))
    if survivor is None:
        return None
    message = _("这份档案已经并入编号 %(id)s 的档案。") % {"id": survivor}
    reading = request.method in ("GET", "HEAD")
    response = _problem(request, api, 308 if reading else 409, {"id": "records.merged", "message": message})
    before, _found, after = request.path.partition(f"/{asked['record_type']}/{asked['record_id']}")
    address = f"{before}/{asked['record_type']}/{survivor}{after}"
    query = request.META.get("QUERY_STRING", "")
    response["Location"] = f"{address}?{query}" if query else address
    return response


def _unauthenticated(api: NinjaAPI, request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    message = _("没有令牌，或者令牌已经失效。请在 Authorization 头里给出 Bearer 令牌。")
    return _problem(request, api, 401, {"id": "api.unauthenticated", "message": message})


def _missing(api: NinjaAPI, request: HttpRequest, _error: Http404) -> HttpResponse:
    message = _("没有这一项，或者它不在您的可见范围内。")
    return _problem(request, api, 404, {"id": "api.not_found", "message": message})


def _invalid(api: NinjaAPI, request: HttpRequest, error: ValidationError) -> HttpResponse:
    # Pydantic repeats the offending input in its details; only the place and the kind may leave.
    fields = {".".join(str(part) for part in item["loc"]): str(item["type"]) for item in error.errors}
    message = _("请求的格式不对，见 fields 里列出的各项。")
    return _problem(request, api, 422, {"id": "api.invalid", "message": message, "fields": fields})


def _unreadable(api: NinjaAPI, request: HttpRequest, error: HttpError) -> HttpResponse:
    message = _("请求无法读取，请对照接口说明检查。")
    return _problem(request, api, error.status_code, {"id": "api.unreadable", "message": message})


def _unexpected(api: NinjaAPI, request: HttpRequest, error: Exception) -> HttpResponse:
    if crowded(error):
        sentence = _("系统正在处理一批数据，这一次没有轮到，什么也没有改变。请稍等片刻再试。")
        response = _problem(request, api, 503, {"id": "api.crowded", "message": sentence})
        response["Retry-After"] = str(RETRY_AFTER)
        return response
    # The exception's text may carry values: the log gets its type and place, the caller the request's number.
    message = _("系统出错了，这次请求没有生效。请凭编号联系管理员。")
    response = _problem(request, api, 500, {"id": "api.failed", "message": message})
    logger.error("api request failed", exc_info=error, extra={"facts": {"request_id": response["X-Request-ID"]}})
    return response
