"""Mobile numbers and e-mail addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.language.model.model import FieldKind
from keguan.runtime.access.normal import normalised
from keguan.runtime.records.validation.digits import long_number
from keguan.runtime.records.validation.invalid import Invalid, Typed

if TYPE_CHECKING:
    from datetime import date

    from keguan.runtime.records.validation.holder import Holder

_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")


def phone(field: Holder, typed: Typed, today: date) -> str:
    """A mainland mobile number as 11 digits."""
    del field, today
    text = normalised(FieldKind.PHONE, long_number(typed))
    if _MOBILE.fullmatch(text):
        return text
    if not (text.isascii() and text.isdigit()):
        raise Invalid(_("手机号只能是数字，例如 13800000000。"))
    if len(text) != 11:
        raise Invalid(_("手机号应为11位，这里是%(count)s位。") % {"count": len(text)})
    raise Invalid(_("手机号应以13至19开头。"))


def email(field: Holder, typed: Typed, today: date) -> str:
    """An e-mail address in lower case."""
    del field, today
    text = normalised(FieldKind.EMAIL, str(typed))
    if not _EMAIL.fullmatch(text):
        raise Invalid(_("邮箱应写成 名称@域名 的样子，例如 lin@example.com。"))
    return text
