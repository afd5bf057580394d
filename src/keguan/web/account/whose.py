"""Whose account a page is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from keguan.web.shell.page import Page


def own(page: Page) -> int:
    """The id of whoever looks: pages are for members of staff only, so there is one."""
    if page.viewer.staff_id is None:
        raise Refused("settings.no_account", gettext("没有可以设置的账号。"))
    return page.viewer.staff_id
