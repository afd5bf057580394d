"""A survey by its link: the questions, the thanks, and in words why a link does not answer any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from keguan.portal.shell.page import PublicPage, public_page
from keguan.portal.surveys.asking import asked
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.surveys import queries as surveys
from keguan.runtime.surveys.actions import AnswerByLink, OpenLink

if TYPE_CHECKING:
    from django.http import HttpResponse

OURS = frozenset({"by", "csrfmiddlewaretoken"})
"""Fields of the page that are no answers."""

OVER = {"surveys.unknown": 404, "surveys.answered": 410, "surveys.expired": 410}
"""Refusals after which there is nothing to fill in, with the status of the page that says so."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables("secret")
@public_page
def answer(page: PublicPage, secret: str) -> HttpResponse:
    """The survey of a link; sent in, thanks. What was typed is not lost by a mistake in it."""
    request = page.request
    try:
        if request.method != "POST":
            OpenLink(secret=secret).run()
            return _paper(page, secret, request.GET.get("by", ""))
        way = request.POST.get("by", "")
        typed = {name: str(request.POST[name]) for name in request.POST.keys() - OURS}
        try:
            AnswerByLink(secret=secret, values=typed, way=way).run()
        except Refused as refused:
            if refused.code in OVER:
                raise
            return _paper(page, secret, way, refused)
    except Refused as refused:
        return page.problem(_("满意度评价"), str(refused.message), status=OVER[refused.code])
    return page.answer("portal/survey_thanks.html", {})


def _paper(page: PublicPage, secret: str, way: str, refused: Refused | None = None) -> HttpResponse:
    found = surveys.paper(secret, page.language)
    errors = {} if refused is None else refused.fields
    context = {
        "paper": found,
        "questions": asked(found.questions, page.request.POST, errors),
        "by": way,
        "refused": "" if refused is None else refused.message,
    }
    return page.answer("portal/survey.html", context, status=200 if refused is None else 422)
