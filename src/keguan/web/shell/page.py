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
from keguan.runtime.records import queries as records
from keguan.web.shell.problems import refusal
from keguan.web.shell.shell import shell

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
            merged = None if viewer is None else _merged(request, viewer, refused, kwargs)
            if viewer is not None and merged is None:
                note_denied(viewer, refused, kwargs, f"web {request.path}")
            response = merged or refusal(request, refused)
        patch_vary_headers(response, ["HX-Request"])
        return response

    update_wrapper(answer, view)
    return answer


def _merged(
    request: HttpRequest, viewer: Viewer, refused: Refused, asked: Mapping[str, Any]
) -> HttpResponseRedirect | None:
    """To the same page of the record into which the one asked for was merged; None for everything else."""
    if refused.code != "records.not_found" or request.method != "GET" or request.resolver_match is None:
        return None
    if not {"record_type", "record_id"} <= asked.keys():
        return None
    survivor = records.leads_to(viewer, str(asked["record_type"]), int(asked["record_id"]))
    if survivor is None:
        return None
    address = reverse(request.resolver_match.view_name, kwargs={**asked, "record_id": survivor})
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back here afterwards; a fragment's request moves the whole window."""
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("sign-in")})
    return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode({'next': request.get_full_path()})}")
