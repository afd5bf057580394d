"""Pages for what went wrong: refused, not found, broken. Each says what happened and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import get_language, gettext

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from keguan.runtime.ledger.actions import Refused


def request_id(request: HttpRequest) -> str:
    """The id under which this request stands in the log; empty when none was given."""
    return str(getattr(request, "request_id", ""))


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The answer to an action or query that was refused: a notice for htmx, a page otherwise. Status 403."""
    if "HX-Request" in request.headers:
        context = {"sentence": refused.message, "fields": list(refused.fields.values())}
        return render(request, "shell/refusal.html", context, status=403)
    return _problem(request, 403, gettext("不能这样做"), str(refused.message), code=refused.code)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing lives at this address, or not for this viewer."""
    del exception  # Django gives it by name
    return _problem(
        request, 404, gettext("没有找到"), gettext("这个地址没有内容，或者您看不到它。请检查地址，或从菜单重新进入。")
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 from the framework."""
    del exception  # Django gives it by name
    return _problem(request, 403, gettext("不能这样做"), gettext("您没有做这件事的权限。需要时请联系系统管理员。"))


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token has gone stale, say after signing out in another window."""
    del reason  # Django gives it by name
    return _problem(
        request,
        403,
        gettext("页面已过期"),
        gettext("这个页面打开太久了，提交没有被接受，什么也没有改变。请返回、刷新后再试。"),
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: a request that makes no sense."""
    del exception  # Django gives it by name
    return _problem(
        request, 400, gettext("请求有误"), gettext("服务器没有看懂这个请求，什么也没有改变。请返回上一页再试。")
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault. Says so, and that nothing half-done was kept."""
    return _problem(
        request, 500, gettext("系统出错了"), gettext("这是系统的错误，不是您的。没有保存一半的数据。请稍后再试。")
    )


def crowded(request: HttpRequest) -> HttpResponse:
    """503: others were writing for so long that there was no turn for this."""
    return _problem(
        request,
        503,
        gettext("现在很忙"),
        gettext("系统正在处理一批数据，这一次没有轮到，什么也没有改变。请稍等片刻再试。"),
    )


def _problem(request: HttpRequest, status: int, title: str, sentence: str, *, code: str = "") -> HttpResponse:
    context = {
        "title": title,
        "sentence": sentence,
        "code": code,
        "request_id": request_id(request),
        "language": "en" if (get_language() or "").startswith("en") else "zh",
    }
    template = "shell/refusal.html" if "HX-Request" in request.headers else "shell/problem.html"
    return render(request, template, context, status=status)
