"""Who are you, again? Before something that weighs much: whoever left a screen open has not left the keys with it."""

from __future__ import annotations

from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec
from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org.factors.queries import factors_of
from keguan.runtime.org.sessions import browser
from keguan.web.account.house import assertion, house
from keguan.web.account.whose import own
from keguan.web.sessions.views import next_page
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password", "code", "answer")
@staff_page
def again(page: Page) -> HttpResponse:
    """Prove again who you are, and go on where you were."""
    request = page.request
    context: dict[str, Any] = {
        "next": next_page(request),
        "factors": factors_of(own(page)),
        "fit": house(request).fit,
    }
    if request.method == "POST":
        try:
            if "answer" in request.POST:
                browser.confirm(request, assertion=assertion(request))
            else:
                browser.confirm(request, password=request.POST.get("password", ""), code=request.POST.get("code", ""))
        except Refused as refused:
            return page.answer("account/again.html", context | {"refused": refused.message}, status=403)
        return HttpResponseRedirect(context["next"])
    return page.answer("account/again.html", context)


def recently(
    view: Callable[Concatenate[Page, P], HttpResponse],
) -> Callable[Concatenate[Page, P], HttpResponse]:
    """Wrap a view of a staff page: whoever has not proven themselves in the last ten minutes does so first.

    A page that was asked for opens afterwards; a form is not sent by itself: one comes back to where it stood.
    """

    def answer(page: Page, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if browser.recently_authenticated(page.request):
            return view(page, *args, **kwargs)
        return ask(page)

    update_wrapper(answer, view)
    return answer


def ask(page: Page) -> HttpResponse:
    """To the page that asks, and back here."""
    request = page.request
    here = request.get_full_path() if request.method == "GET" else _came_from(page)
    target = f"{reverse('account:again')}?{urlencode({'next': here})}"
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def _came_from(page: Page) -> str:
    """The page of ours that the form stood on."""
    came = urlsplit(page.request.headers.get("Referer", ""))
    return came.path if came.netloc == page.request.get_host() else reverse("account:security")
