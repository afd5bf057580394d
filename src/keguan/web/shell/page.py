"""The door of every staff page: signed in, a viewer made, a refusal answered in words."""

from __future__ import annotations

from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from keguan.runtime.access.denied import note_denied
from keguan.runtime.access.viewer import Viewer, viewer_for
from keguan.runtime.ledger.actions import Refused
from keguan.web.shell.problems import refusal
from keguan.web.shell.shell import shell

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from keguan.web.shell.shell import Shell

P = ParamSpec("P")


class Page:
    """What a view is handed: the request, who looks, and a way to answer with a template in the shell."""

    def __init__(self, request: HttpRequest, viewer: Viewer) -> None:
        self.request = request
        self.viewer = viewer

    @property
    def partial(self) -> bool:
        """Whether htmx asks for a fragment only (a history restore asks for the whole page)."""
        headers = self.request.headers
        return "HX-Request" in headers and "HX-Boosted" not in headers and "HX-History-Restore-Request" not in headers

    def shell(self) -> Shell:
        """The frame around the page for this viewer."""
        return shell(self.request, self.viewer)

    def answer(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """A whole page: the template extends ``shell/page.html``."""
        return self.fragment(template, {"shell": self.shell(), **context}, status=status)

    def fragment(self, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """A piece of a page, without the shell's queries."""
        return render(self.request, template, {"viewer": self.viewer, **context}, status=status)


def staff_page(
    view: Callable[Concatenate[Page, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Wrap a view that takes a :class:`Page`: send strangers to the sign-in page and answer what is refused.

    The policy in force is looked up once per request (``runtime.policies.middleware``).
    """

    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated or request.user.pk is None:
            return _to_sign_in(request)
        viewer = None
        try:
            viewer = viewer_for(request.user.pk, via="web")
            response = view(Page(request, viewer), *args, **kwargs)
        except Refused as refused:
            if viewer is not None:
                note_denied(viewer, refused, kwargs, f"web {request.path}")
            response = refusal(request, refused)
        patch_vary_headers(response, ["HX-Request"])
        return response

    update_wrapper(answer, view)
    return answer


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back here afterwards; a fragment's request moves the whole window."""
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("sign-in")})
    return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode({'next': request.get_full_path()})}")
