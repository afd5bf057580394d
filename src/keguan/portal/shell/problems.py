"""Pages for customers on what went wrong: what happened, what to do next; they ask the database nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from keguan.portal.shell.page import PublicPage

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def not_found(request: HttpRequest) -> HttpResponse:
    """404: nothing lives at this address."""
    sentence = gettext("这个地址没有内容。请检查地址，或从首页重新进入。")
    return PublicPage(request).problem(gettext("没有找到"), sentence, status=404)


def forbidden(request: HttpRequest) -> HttpResponse:
    """403 from the framework."""
    return PublicPage(request).problem(
        gettext("不能这样做"), gettext("这件事不能在这里办理。请从首页重新进入。"), status=403
    )


def stale_form(request: HttpRequest) -> HttpResponse:
    """403 for a form whose token has gone stale."""
    sentence = gettext("这个页面打开太久了，提交没有被接受，什么也没有改变。请返回、刷新后再试。")
    return PublicPage(request).problem(gettext("页面已过期"), sentence, status=403)


def bad_request(request: HttpRequest) -> HttpResponse:
    """400: a request that makes no sense."""
    sentence = gettext("服务器没有看懂这个请求，什么也没有改变。请返回上一页再试。")
    return PublicPage(request).problem(gettext("请求有误"), sentence, status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault. Says so, and that nothing half-done was kept."""
    sentence = gettext("这是系统的错误，不是您的。没有保存一半的数据。请稍后再试。")
    return PublicPage(request).problem(gettext("系统出错了"), sentence, status=500)


def crowded(request: HttpRequest) -> HttpResponse:
    """503: others were writing for so long that there was no turn for this."""
    sentence = gettext("系统正在处理一批数据，这一次没有轮到，什么也没有改变。请稍等片刻再试。")
    return PublicPage(request).problem(gettext("现在很忙"), sentence, status=503)


def too_large(request: HttpRequest) -> HttpResponse:
    """413 for more than a form can hold."""
    sentence = gettext("填写的内容太长，没有提交。请返回，写得简短一些再提交；材料可以在办理时另交。")
    return PublicPage(request).problem(gettext("内容太长"), sentence, status=413)
