"""Accounts elsewhere: binding the directory's with its password, and undoing a binding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.org.federation.binding import BindIdentity, UnbindIdentity
from keguan.runtime.org.federation.doors import DIRECTORY, directory_door
from keguan.web.account.again import recently
from keguan.web.account.whose import own
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_POST
@sensitive_post_parameters("password")
@staff_page
@recently
def bind_directory(page: Page) -> HttpResponse:
    """Bind one's entry in the directory: whoever knows its password."""
    staff, door = org.active_staff(own(page)), directory_door()
    subject = None if door is None else door.subject(staff.username, page.request.POST.get("password", ""))
    if subject is None:
        raise Refused("org.directory", gettext("公司目录不认这个用户名和密码，没有绑定。"))
    BindIdentity(actor=page.viewer.actor, staff_id=staff.id, door=DIRECTORY, subject=subject).run()
    messages.success(page.request, gettext("已绑定，以后用公司目录的密码登录。"), extra_tags="good")
    return HttpResponseRedirect(reverse("account:security"))


@require_POST
@staff_page
@recently
def unbind(page: Page, identity: int) -> HttpResponse:
    """Undo a binding."""
    UnbindIdentity(actor=page.viewer.actor, identity_id=identity).run()
    messages.success(page.request, gettext("已解除绑定。"), extra_tags="good")
    return HttpResponseRedirect(reverse("account:security"))
