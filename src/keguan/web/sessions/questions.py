"""What the browser is asked before a passkey signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from keguan.runtime.org.factors.presenting import proof_asked
from keguan.runtime.org.sessions import browser
from keguan.web.account.house import PROOF, house

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_POST
def proof(request: HttpRequest) -> HttpResponse:
    """The question for a proof: by a key of whoever is in, or is awaited with a second step; else by any key."""
    staff_id = request.user.pk if request.user.is_authenticated else None
    awaited = browser.awaited(request)
    if staff_id is None and awaited is not None:
        staff_id = awaited["staff"]
    options, kept = proof_asked(house(request), staff_id)
    browser.remember_question(request, PROOF, kept)
    return JsonResponse(options)
