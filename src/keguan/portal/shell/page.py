"""The door of every page for customers: nobody signs in, and a refusal is answered in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import get_language, gettext

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org.queries.units import company

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page: the company's name, the language, whether all data are invented."""

    company: str
    language: str
    demo: bool


class PublicPage:
    """What a view is handed: the request of somebody unknown, and a way to answer with a template in the frame.

    Whoever signed in as staff in the same browser is nobody here: these pages never ask who that is.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.language = "en" if get_language() == "en" else "zh"

    def answer(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """A whole page: the template extends ``portal/base.html``. One query: the company's name."""
        top = company()
        return self._framed(top.name if top else gettext("客户服务"), template, context, status)

    def problem(self, title: str, sentence: str, *, status: int) -> HttpResponse:
        """A page that says what went wrong and what to do next. No query: the database itself may be what is wrong."""
        context = {"title": title, "sentence": sentence}
        return self._framed(gettext("客户服务"), "portal/problem.html", context, status)

    def _framed(self, name: str, template: str, context: dict[str, Any], status: int) -> HttpResponse:
        frame = Frame(name, self.language, settings.DEMO)
        return render(self.request, template, {"frame": frame, **context}, status=status)


def public_page(
    view: Callable[Concatenate[PublicPage, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Wrap a view that takes a :class:`PublicPage`: what the runtime refuses becomes a page with status 403."""

    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        page = PublicPage(request)
        try:
            return view(page, *args, **kwargs)
        except Refused as refused:
            return page.problem(gettext("没有受理"), str(refused.message), status=403)

    update_wrapper(answer, view)
    return answer
