"""People and days as they are typed into a form."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer


def person(text: str, field: str) -> int:
    """The person with this name or sign-in name. Raises ``Refused`` for nobody and for several of the name."""
    found = org.staff_named([text.strip()]) if text.strip() else frozenset()
    if len(found) == 1:
        return next(iter(found))
    sentence = (
        gettext("叫这个名字的不止一人，请填写用户名。") if found else gettext("没有找到这个人，请填写姓名或用户名。")
    )
    raise Refused("settings.person", sentence, {field: sentence})


def day(text: str, field: str) -> date | None:
    """The day in ISO form, None for an empty one. Raises ``Refused`` for anything else."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        sentence = gettext("日期请写成 2026-11-30 这样。")
        raise Refused("settings.day", sentence, {field: sentence}) from None


def staff_id(viewer: Viewer) -> int:
    """Pages are for members of staff only, so there is one."""
    if viewer.staff_id is None:
        raise Refused("settings.no_account", gettext("没有可以设置的账号。"))
    return viewer.staff_id


def number(text: str) -> int:
    """An id from a form; 0, which nobody has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
