"""One's own addresses: registering one, asking for its code, typing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.notifications.actions import ConfirmContact, SendCode, SetContact
from keguan.web.notifications.preferences import context
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from keguan.runtime.access.actions import ViewerAction


@sensitive_post_parameters("address")
@require_POST
@staff_page
def contact(page: Page, kind: str) -> HttpResponse:
    """Register an address, or take it away with an empty one."""
    address = page.request.POST.get("address", "")
    action = SetContact(viewer=page.viewer, staff_id=page.viewer.staff_id or 0, address_kind=kind, address=address)
    return _done(
        page, action, gettext("已保存。请发送验证码，确认这个地址是您的。") if address else gettext("已删除。")
    )


@require_POST
@staff_page
def code(page: Page, kind: str) -> HttpResponse:
    """Send the code."""
    action = SendCode(viewer=page.viewer, address_kind=kind)
    return _done(page, action, gettext("验证码已发出，请在一小时内填写。"))


@require_POST
@staff_page
def confirm(page: Page, kind: str) -> HttpResponse:
    """The code as typed."""
    action = ConfirmContact(viewer=page.viewer, address_kind=kind, code=page.request.POST.get("code", ""))
    return _done(page, action, gettext("已确认，今后可以用它通知您。"))


def _done(page: Page, action: ViewerAction[None], sentence: str) -> HttpResponse:
    try:
        action.run()
    except Refused as refused:
        return page.answer("notifications/preferences.html", context(page, refused.message), status=422)
    messages.success(page.request, sentence, extra_tags="good")
    return HttpResponseRedirect(reverse("notifications:preferences"))
